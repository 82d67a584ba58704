/** The tokens whose evaluation a slot holds: a new prompt is evaluated only from where it differs from them. */
export class PromptCache {
  #held: readonly string[] = [];

  /** The index of the first token of `prompt` to evaluate. Its last one always is: the reply begins with it. */
  firstNew(prompt: readonly string[]): number {
    const differs = prompt.findIndex((token, i) => token !== this.#held[i]);
    return Math.max(0, Math.min(differs === -1 ? prompt.length : differs, prompt.length - 1));
  }

  /** From now on these, and nothing behind them. */
  hold(tokens: readonly string[]): void {
    this.#held = tokens;
  }
}
