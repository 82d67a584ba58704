import type { ChatMessage } from '../llm/chatModel.js';

/**
 * What was said, as the next prompt needs it. Only what the user really heard counts as said; a reply that was cut off
 * ends where it was cut and is marked.
 */
export class Conversation {
  #messages: ChatMessage[] = [];

  /** Question and reply messages, oldest first. */
  get messages(): readonly ChatMessage[] {
    return this.#messages;
  }

  add(question: string, heard: string, interrupted: boolean): void {
    if (question === '' || heard === '') return;
    this.#messages.push(
      { role: 'user', content: question },
      { role: 'assistant', content: interrupted ? `${heard} … (interrupted)` : heard },
    );
  }

  forget(): void {
    this.#messages = [];
  }
}
