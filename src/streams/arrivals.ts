/**
 * The items of a source in order, up to `capacity` of them fetched before they are asked for, so that a consumer can see
 * whether another one is there already. Whoever leaves early closes it and aborts what makes the items.
 */
export class Arrivals<Item> {
  readonly #source: AsyncIterator<Item>;
  readonly #waiting: Item[] = [];
  #fetching = false;
  #end: { readonly error?: unknown } | undefined;
  #tell = () => {};

  constructor(
    source: AsyncIterable<Item>,
    readonly capacity: number,
  ) {
    this.#source = source[Symbol.asyncIterator]();
    this.#fetch();
  }

  /** The next item if it has come already. It stays the next. */
  get waiting(): Item | undefined {
    return this.#waiting[0];
  }

  /** The next item as soon as it has come; undefined at the end. @throws what the source throws, behind its items */
  async next(): Promise<Item | undefined> {
    while (this.#waiting.length === 0 && !this.#end) {
      await new Promise<void>((resolve) => {
        this.#tell = resolve;
      });
    }
    if (this.#waiting.length === 0 && this.#end && 'error' in this.#end) throw this.#end.error;
    const item = this.#waiting.shift();
    this.#fetch();
    return item;
  }

  /** Closes the source. An item under way is not waited for: a stalled source would never let go. */
  async close(): Promise<void> {
    this.#end ??= {};
    const closed = Promise.resolve(this.#source.return?.());
    if (this.#fetching) closed.catch(() => {});
    else await closed;
  }

  #fetch(): void {
    if (this.#fetching || this.#end || this.#waiting.length >= this.capacity) return;
    this.#fetching = true;
    const settled = (arrived: () => void) => {
      this.#fetching = false;
      arrived();
      this.#tell();
      this.#fetch();
    };
    this.#source.next().then(
      (next) =>
        settled(() => {
          if (next.done) this.#end ??= {};
          else this.#waiting.push(next.value);
        }),
      (error: unknown) =>
        settled(() => {
          this.#end ??= { error };
        }),
    );
  }
}
