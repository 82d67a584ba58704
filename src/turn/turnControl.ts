import type { TurnCommand } from '../../machines/assistantEvents.js';
import type { HearingControl } from '../speech/hearing.js';

/** Whoever is speaking while the user may talk into it. */
export interface Duckable {
  /** Softer, until it is known what that was. */
  duck(): void;
  /** As loud as before, from the word at which it became softer. */
  resume(): void;
}

/** What the statechart has told a running turn. */
export class TurnControl {
  readonly #letGo = new AbortController();
  #commit = new AbortController();
  #speaking: Duckable | undefined;

  /** @param isHeld the button is down: no silence ends what the user says until it is up */
  constructor(isHeld: boolean) {
    if (!isHeld) this.#letGo.abort();
  }

  obey({ type }: TurnCommand): void {
    if (type === 'commit') this.#commit.abort();
    if (type === 'letSilenceEnd') this.#letGo.abort();
    if (type === 'duck') this.#speaking?.duck();
    if (type === 'resume') this.#speaking?.resume();
  }

  /** For whoever listens until the next `commit`. */
  get hearing(): HearingControl {
    return { commit: this.#commit.signal, letGo: this.#letGo.signal };
  }

  /** From now on `speaking` is told of `duck` and `resume`. @returns ends that */
  whileSpeaking(speaking: Duckable): () => void {
    this.#speaking = speaking;
    return () => {
      if (this.#speaking === speaking) this.#speaking = undefined;
    };
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
