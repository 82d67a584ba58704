import type { LlmFailure } from '../llm/chatModel.js';

/** What the user hears when the chat model gave nothing. The remedy in detail is in the log and the terminal. */
export function apologyFor(reason: LlmFailure): string {
  switch (reason) {
    case 'refused':
    case 'connectTimeout':
      return "Sorry, I can't reach my language model right now.";
    case 'notFound':
      return 'Sorry, my language model is not installed yet.';
    case 'busy':
      return 'Sorry, my language model is busy. Please try again in a moment.';
    case 'firstTokenTimeout':
    case 'stalled':
      return 'Sorry, my language model is taking too long.';
    default:
      return 'Sorry, something went wrong with my language model.';
  }
}

/** The model answered, and with nothing that can be said aloud. */
export const NO_ANSWER = 'Sorry, I have no answer to that.';
