import type { ChatResponse } from 'ollama';

/** What one whole exchange with a chat model has cost the server, as the server itself counts and times it. */
export interface ChatUsage {
  readonly purpose: 'warmUp' | 'prefill' | 'reply';
  /** Length of the prompt. From 0.30 on, Ollama counts what it still knew of it too, though that costs no time. */
  readonly promptTokens: number;
  /** Reading what it did not know of the prompt (ms). */
  readonly promptMs: number;
  /** Whether it surely knew nothing of the prompt: only then do its tokens and its time belong together. */
  readonly promptIsNew: boolean;
  readonly replyTokens: number;
  /** Writing the reply (ms). */
  readonly replyMs: number;
}

/** Which exchange it was: what the server does not tell. */
export type ChatOccasion = Pick<ChatUsage, 'purpose' | 'promptIsNew'>;

/** The counts in the last piece of an Ollama chat. Whatever is 0 is left out of it, and durations are in nanoseconds. */
export function chatUsage(last: Partial<ChatResponse>, occasion: ChatOccasion): ChatUsage {
  return {
    ...occasion,
    promptTokens: amount(last.prompt_eval_count),
    promptMs: amount(last.prompt_eval_duration) / 1e6,
    replyTokens: amount(last.eval_count),
    replyMs: amount(last.eval_duration) / 1e6,
  };
}

/** The library passes on what the server sent, whatever its types say. */
function amount(sent: unknown): number {
  return typeof sent === 'number' && Number.isFinite(sent) && sent > 0 ? sent : 0;
}
