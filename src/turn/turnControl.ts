import type { TurnCommand } from '../../machines/assistantEvents.js';
import type { HearingControl } from '../speech/hearing.js';

/** What the statechart has told a running turn. */
export class TurnControl {
  readonly #letGo = new AbortController();
  #commit = new AbortController();

  /** @param isHeld the button is down: no silence ends what the user says until it is up */
  constructor(isHeld: boolean) {
    if (!isHeld) this.#letGo.abort();
  }

  obey({ type }: TurnCommand): void {
    if (type === 'commit') this.#commit.abort();
    if (type === 'letSilenceEnd') this.#letGo.abort();
  }

  /** For whoever listens until the next `commit`. */
  get hearing(): HearingControl {
    return { commit: this.#commit.signal, letGo: this.#letGo.signal };
  }

  /** The user may go on: from now on another `commit` is waited for. */
  again(): void {
    this.#commit = new AbortController();
  }

  /** Resolves at `commit`. @throws the signal's reason when the turn is stopped instead */
  committed(signal: AbortSignal): Promise<void> {
    const commit = this.#commit.signal;
    return new Promise((resolve, reject) => {
      const either = AbortSignal.any([commit, signal]);
      const settle = () => (signal.aborted ? reject(signal.reason) : resolve());
      if (either.aborted) settle();
      else either.addEventListener('abort', settle, { once: true });
    });
  }
}
