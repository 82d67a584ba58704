import type { ChatMessage } from '../chatModel.js';

/** The model name under which the demo's scripted server offers the responder. */
export const SCRIPTED_MODEL = 'scripted';

const REPLY = [
  'I am the built-in scripted responder, standing in for a language model.',
  'I heard your question, but I say the same thing to everyone.',
  'For real answers, install Ollama on this machine, pull a small model, and ask me again.',
].join(' ');

/** Answers any question with the same three sentences, which say what answers and how to get a real model. */
export function scriptedResponder(_messages: readonly ChatMessage[]): string {
  return REPLY;
}
