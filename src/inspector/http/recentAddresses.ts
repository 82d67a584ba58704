/** So many addresses are remembered: the oldest is forgotten for a new one, so that no flood of them fills the memory. */
const ADDRESSES = 1_000;

/** Something known of each of the addresses that were last heard of. */
export class RecentAddresses<Known> {
  /** In the order in which they were heard of. */
  readonly #known = new Map<string, Known>();

  get(address: string): Known | undefined {
    return this.#known.get(address);
  }

  /** It was heard of just now. */
  set(address: string, known: Known): void {
    this.#known.delete(address);
    this.#known.set(address, known);
    if (this.#known.size > ADDRESSES) this.#known.delete([...this.#known.keys()][0] ?? '');
  }

  delete(address: string): void {
    this.#known.delete(address);
  }
}
