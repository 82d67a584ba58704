/** What became of the kills of one kind. */
export class Tally {
  kills = 0;
  acknowledged = 0;
  lost = 0;
  /** Lines or files of which a part was there. */
  torn = 0;
  readonly notes: string[] = [];
  readonly faults: string[] = [];
  readonly #phases = new Map<string, number>();

  constructor(readonly name: string) {}

  fellIn(phase: string): void {
    this.kills++;
    this.#phases.set(phase, (this.#phases.get(phase) ?? 0) + 1);
  }

  /** Notes a fault when `isTrue` is not. */
  demand(isTrue: boolean, what: string): void {
    if (!isTrue) this.faults.push(what);
  }

  toString(): string {
    const phases = [...this.#phases].sort(([, a], [, b]) => b - a).map(([phase, count]) => `${phase} ${count}`);
    return [
      `${this.name}: ${this.kills} kills; acknowledged ${this.acknowledged}, lost ${this.lost}, torn ${this.torn}, faults ${this.faults.length}`,
      `  fell in: ${phases.join(', ')}`,
      ...this.notes.map((note) => `  ${note}`),
      ...this.faults.map((fault) => `  FAULT ${fault}`),
    ].join('\n');
  }
}
