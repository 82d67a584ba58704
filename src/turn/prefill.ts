/** Lets the chat model read a prompt that ends with the question so far. Resolves when it has. */
export type ReadPrompt = (question: string, signal: AbortSignal) => Promise<void>;

/**
 * Has the chat model read what is known of the question while the user still speaks, so that only the last words are
 * left to read at the end. One request at a time; what has become known meanwhile comes next. Its failures are nobody's:
 * the reply meets the same trouble and reports it.
 */
export class Prefill {
  readonly #read: ReadPrompt;
  #running: AbortController | undefined;
  #asked: string | undefined;
  #next: string | undefined;
  #count = 0;

  constructor(read: ReadPrompt) {
    this.#read = read;
  }

  /** Requests so far. */
  get count(): number {
    return this.#count;
  }

  /** The question is known up to here. */
  known(question: string): void {
    if (question === this.#asked) return;
    if (this.#running) {
      this.#next = question;
      return;
    }
    const running = new AbortController();
    this.#running = running;
    this.#asked = question;
    this.#count += 1;
    const over = () => {
      if (this.#running !== running) return;
      this.#running = undefined;
      const next = this.#next;
      this.#next = undefined;
      if (next !== undefined) this.known(next);
    };
    this.#read(question, running.signal).then(over, over);
  }

  /** The model is needed for the reply: what it has read so far it keeps. */
  stop(): void {
    this.#next = undefined;
    this.#running?.abort(new Error('the reply is asked for'));
    this.#running = undefined;
  }
}
