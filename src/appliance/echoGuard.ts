import type { EchoAdvice, EchoMode } from './echoAdvice.js';
import { echoModeOf, type KeptEchoAdvice } from './echoMode.js';
import type { EchoSetup } from './echoSetup.js';

export interface EchoGuardOptions {
  /** `audio.echo`. */
  readonly setting: EchoMode | 'auto';
  readonly inputGainDb: number;
  /** The volume as it is now, which people change. */
  readonly volume: { readonly percent: number };
  /** What `pressel doctor` has kept. */
  readonly kept: () => KeptEchoAdvice | undefined;
  /** Makes the names of open devices exact. @throws only the signal's reason */
  readonly exactly: (setup: EchoSetup, signal: AbortSignal) => Promise<EchoSetup>;
  /** Told whenever another mode holds, and why. */
  readonly onDecided: (advice: EchoAdvice) => void;
}

type Devices = Pick<EchoSetup, 'microphone' | 'speaker'>;

/** Knows how the assistant is to be kept from hearing itself with the devices that are open. */
export class EchoGuard {
  readonly #options: EchoGuardOptions;
  #open: Partial<Devices> = {};
  #exact: Devices | undefined;
  #kept: KeptEchoAdvice | undefined;
  #told: EchoMode | undefined;

  constructor(options: EchoGuardOptions) {
    this.#options = options;
  }

  /** Safe until both devices are known. */
  get mode(): EchoMode {
    return this.#decide();
  }

  /** A device has been opened, the first time or again. */
  opened(device: Partial<Devices>, signal: AbortSignal): void {
    const { inputGainDb, volume, kept, exactly } = this.#options;
    this.#open = { ...this.#open, ...device };
    this.#exact = undefined;
    const { microphone, speaker } = this.#open;
    if (microphone === undefined || speaker === undefined) return;
    const asked = this.#open;
    exactly({ microphone, speaker, inputGainDb, volume: volume.percent }, signal).then(
      (setup) => {
        if (asked !== this.#open) return; // another has been opened meanwhile
        this.#kept = kept();
        this.#exact = setup;
        this.#decide(); // and says so now, not in the middle of the first reply
      },
      () => {}, // it is stopping
    );
  }

  #decide(): EchoMode {
    const { setting, inputGainDb, volume, onDecided } = this.#options;
    if (this.#exact === undefined) return setting === 'auto' ? 'half-duplex' : setting;
    const advice = echoModeOf(setting, this.#kept, { ...this.#exact, inputGainDb, volume: volume.percent });
    if (advice.mode !== this.#told) onDecided(advice);
    this.#told = advice.mode;
    return advice.mode;
  }
}
