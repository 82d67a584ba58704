import type { ChatMessage } from '../llm/chatModel.js';

/**
 * What was said, as the next prompt needs it. Only what the user really heard counts as said; a reply that was cut off
 * ends where it was cut and is marked.
 */
export class Conversation {
  #messages: ChatMessage[] = [];
  /** The chunks of the last reply, whether they were heard or not: for the user who wants it repeated. */
  lastReply: readonly string[] = [];

  /**
   * @param maxMessages questions and replies that are kept; below 2 nothing is. Over it, the older half goes at once: a
   *   server reuses its work on a prompt up to the first difference, so each cut makes it read the whole of it again.
   */
  constructor(readonly maxMessages: number) {}

  /** Question and reply messages, oldest first. */
  get messages(): readonly ChatMessage[] {
    return this.#messages;
  }

  /** @param asked the question as the model was or would be asked it */
  add(asked: string, heard: string, interrupted: boolean): void {
    if (heard === '') return;
    this.#messages.push(
      { role: 'user', content: asked },
      { role: 'assistant', content: interrupted ? `${heard} … (interrupted)` : heard },
    );
    if (this.#messages.length > this.maxMessages)
      this.#messages.splice(0, this.#messages.length - this.#keptMessages());
  }

  forget(): void {
    this.#messages = [];
    this.lastReply = [];
  }

  /** Half of what may be kept, in whole exchanges, and the newest one in any case. */
  #keptMessages(): number {
    if (this.maxMessages < 2) return 0;
    return Math.max(2, 2 * Math.floor(this.maxMessages / 4));
  }
}
