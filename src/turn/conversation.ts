import type { ChatMessage } from '../llm/chatModel.js';
import { messageTokens } from '../llm/promptTokens.js';

/** A question and what was heard of the reply to it. Never changed. */
export interface Exchange {
  /** When the reply was over (ms since 1970). */
  readonly atMs: number;
  /** The question as the model was or would be asked it. */
  readonly asked: string;
  /** What the user really heard; never empty. */
  readonly heard: string;
  readonly interrupted: boolean;
}

export interface ConversationOptions {
  /** All questions and replies together are kept within so many tokens. Default: without limit. */
  readonly maxTokens?: number;
  /** What was said before this start, oldest first. Default: nothing. */
  readonly before?: readonly Exchange[];
  /**
   * Given all of it after each change, for the next start; resolves to whether it is kept so. Never rejects. Default: it
   * ends with the program.
   */
  readonly keep?: (exchanges: readonly Exchange[]) => Promise<boolean>;
  /** The time of day (ms since 1970). Default: this computer's. */
  readonly now?: () => number;
}

/** A question of so many tokens, about a minute of speech, has its place beside a full history. */
export const QUESTION_TOKENS = 192;

interface Said {
  readonly exchange: Exchange;
  readonly messages: readonly ChatMessage[];
  readonly tokens: number;
}

/**
 * What was said, as the next prompt needs it. Only what the user really heard counts as said; a reply that was cut off
 * ends where it was cut and is marked.
 */
export class Conversation {
  #said: readonly Said[];
  /** The question that asked to forget: neither it nor the answer becomes part of what is said next. */
  #forgotten: string | undefined;
  readonly #maxTokens: number;
  readonly #keep: (exchanges: readonly Exchange[]) => Promise<boolean>;
  readonly #now: () => number;
  #id = Symbol('conversation');
  #lastReply: readonly string[] = [];
  #lastReplyAtMs = 0;

  /**
   * @param maxMessages questions and replies that are kept; below 2 nothing is. Over this or another limit, the older half
   *   goes at once: a server reuses its work on a prompt up to the first difference, so each cut makes it read the whole
   *   of it again.
   */
  constructor(
    readonly maxMessages: number,
    options: ConversationOptions = {},
  ) {
    this.#maxTokens = options.maxTokens ?? Number.POSITIVE_INFINITY;
    this.#keep = options.keep ?? (async () => true);
    this.#now = options.now ?? Date.now;
    this.#said = this.#cut((options.before ?? []).map(said));
    const last = this.#said.at(-1);
    this.#lastReply = last ? [last.exchange.heard] : [];
    this.#lastReplyAtMs = last?.exchange.atMs ?? 0;
  }

  /** Another one once what was said has been forgotten: for whoever keeps a part of it elsewhere. */
  get id(): symbol {
    return this.#id;
  }

  /** All questions and replies together are kept within so many tokens. */
  get maxTokens(): number {
    return this.#maxTokens;
  }

  /** The chunks of the last reply, whether they were heard or not: for the user who wants it repeated. */
  get lastReply(): readonly string[] {
    return this.#lastReply;
  }

  set lastReply(chunks: readonly string[]) {
    this.#lastReply = chunks;
    this.#lastReplyAtMs = this.#now();
  }

  /** How long ago it was over, or its repetition began (ms). */
  get lastReplyAgeMs(): number {
    return Math.max(0, this.#now() - this.#lastReplyAtMs);
  }

  /** The last reply is being said again. */
  repeating(): void {
    this.#lastReplyAtMs = this.#now();
  }

  /** Oldest first. The same objects as long as they are kept. */
  get exchanges(): readonly Exchange[] {
    return this.#said.map(({ exchange }) => exchange);
  }

  /** Question and reply messages, oldest first. */
  get messages(): readonly ChatMessage[] {
    return messagesOf(this.#said);
  }

  /**
   * The messages that fit a prompt beside this question: all of them, but for a question that is longer than any that is
   * spoken.
   * @param takenTokens what else the prompt must hold
   */
  messagesBeside(asked: string, takenTokens = 0): readonly ChatMessage[] {
    const longerBy = Math.max(0, messageTokens(asked) - QUESTION_TOKENS);
    return messagesOf(newestHalf(this.#said, this.#maxTokens - longerBy - takenTokens));
  }

  /** @param asked the question as the model was or would be asked it */
  add(asked: string, heard: string, interrupted: boolean): void {
    const isForgotten = asked === this.#forgotten;
    this.#forgotten = undefined;
    if (heard === '' || isForgotten) return;
    this.#become(this.#cut([...this.#said, said({ atMs: this.#now(), asked, heard, interrupted })]));
  }

  /**
   * @param asking the question that asks for it, as it will be added when its turn is over
   * @returns whether it will not be there at the next start
   */
  forget(asking?: string): Promise<boolean> {
    this.#forgotten = asking;
    this.#beginAnew();
    return this.#become([]);
  }

  /** Forgets some of it, and how the last reply went. */
  forgetThese(exchanges: readonly Exchange[]): void {
    this.#beginAnew();
    const forgotten = new Set(exchanges);
    this.#become(this.#said.filter(({ exchange }) => !forgotten.has(exchange)));
  }

  #beginAnew(): void {
    this.#id = Symbol('conversation');
    this.lastReply = [];
  }

  #become(next: readonly Said[]): Promise<boolean> {
    this.#said = next;
    return this.#keep(this.exchanges);
  }

  #cut(all: readonly Said[]): readonly Said[] {
    const kept = 2 * all.length > this.maxMessages ? all.slice(all.length - this.#keptExchanges()) : all;
    return newestHalf(kept, this.#maxTokens);
  }

  /** Half of what may be kept, and the newest one in any case. */
  #keptExchanges(): number {
    if (this.maxMessages < 2) return 0;
    return Math.max(1, Math.floor(this.maxMessages / 4));
  }
}

function said(exchange: Exchange): Said {
  const { asked, heard, interrupted } = exchange;
  const reply = interrupted ? `${heard} … (interrupted)` : heard;
  return {
    exchange,
    messages: [
      { role: 'user', content: asked },
      { role: 'assistant', content: reply },
    ],
    tokens: messageTokens(asked) + messageTokens(reply),
  };
}

function messagesOf(all: readonly Said[]): readonly ChatMessage[] {
  return all.flatMap(({ messages }) => messages);
}

/** All, or where that is too much the newest that take half of the room, or the newest one if it fits alone. */
function newestHalf(all: readonly Said[], maxTokens: number): readonly Said[] {
  const total = all.reduce((tokens, one) => tokens + one.tokens, 0);
  if (total <= maxTokens) return all;
  let start = all.length;
  for (let tokens = 0; start > 0; start--) {
    tokens += all[start - 1]?.tokens ?? 0;
    const isNewest = start === all.length;
    if (tokens > (isNewest ? maxTokens : maxTokens / 2)) break;
  }
  return all.slice(start);
}
