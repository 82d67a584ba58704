import type { Clock } from '../../../hardware/clock.js';

/** What a read found. `late`: nothing yet; the token is still awaited and the next read goes on waiting for it. */
export type TokenRead =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'late' }
  | { readonly kind: 'over' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Waits that the median is taken over: the pace of the model now, not at its start. */
const rememberedWaits = 32;

/** Reads a token stream one token ahead, knows its pace, and can give up waiting without losing the token. */
export class TokenReader {
  readonly #iterator: AsyncIterator<string>;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #waitsMs: number[] = [];
  #awaited: Promise<TokenRead> | undefined;
  #isFirst = true;
  #isOver = false;

  constructor(tokens: AsyncIterable<string>, clock: Clock, signal: AbortSignal) {
    this.#iterator = tokens[Symbol.asyncIterator]();
    this.#clock = clock;
    this.#signal = signal;
  }

  /** Median of the last waits between tokens, 0 before there are any. The first token's wait is not pace: the model reads. */
  get medianWaitMs(): number {
    return [...this.#waitsMs].sort((a, b) => a - b)[Math.floor(this.#waitsMs.length / 2)] ?? 0;
  }

  /**
   * The next token; `late` if it has not come within `lateMs`, when given.
   * @throws the signal's reason as soon as it is aborted
   */
  async read(lateMs?: number): Promise<TokenRead> {
    this.#signal.throwIfAborted();
    this.#awaited ??= this.#pull();
    const read = await this.#race(this.#awaited, lateMs);
    if (read.kind === 'late') return read;
    this.#awaited = read.kind === 'token' ? this.#pull() : undefined;
    return read;
  }

  /** Returns the token stream. Does not wait for a token that is under way: a stalled stream would never let go. */
  async close(): Promise<void> {
    if (this.#isOver) return;
    const returned = Promise.resolve(this.#iterator.return?.()).catch(() => undefined);
    if (this.#awaited === undefined) await returned;
  }

  async #pull(): Promise<TokenRead> {
    const askedMs = this.#clock.now();
    try {
      const { done, value } = await this.#iterator.next();
      if (done) {
        this.#isOver = true;
        return { kind: 'over' };
      }
      if (!this.#isFirst) this.#waitsMs.push(this.#clock.now() - askedMs);
      this.#isFirst = false;
      if (this.#waitsMs.length > rememberedWaits) this.#waitsMs.shift();
      return { kind: 'token', token: value };
    } catch (error) {
      this.#isOver = true;
      return { kind: 'failed', error };
    }
  }

  #race(awaited: Promise<TokenRead>, lateMs: number | undefined): Promise<TokenRead> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        this.#signal.removeEventListener('abort', onAbort);
        if (timer !== undefined) this.#clock.clearTimeout(timer);
        act();
      };
      const onAbort = () => settle(() => reject(this.#signal.reason));
      const onLate = () => settle(() => resolve({ kind: 'late' }));
      const timer = lateMs === undefined ? undefined : this.#clock.setTimeout(onLate, lateMs);
      this.#signal.addEventListener('abort', onAbort, { once: true });
      void awaited.then((read) => settle(() => resolve(read)));
    });
  }
}
