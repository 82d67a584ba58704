import type { Rgb } from './rgb.js';

/** LEDs that can be lit. */
export interface LedOutput {
  /** Shown to people: "apa102 /dev/spidev0.0". */
  readonly name: string;
  /** How many LEDs; 0 when there are none. */
  readonly pixels: number;
  /** How many brightnesses a colour has, dark included; 2: on and off. */
  readonly levels: number;
  /**
   * Lights the LEDs, linear light, the first pixel first. Pixels that are missing are dark, surplus ones are left out,
   * values beyond 0 to 1 are brought into that range. Does nothing after `close`.
   * @throws {LedError} deviceLost when the LEDs no longer take it
   */
  show(pixels: readonly Rgb[]): void;
  /** Turns the LEDs off and releases them. Never throws for LEDs that are gone; safe to call twice. */
  close(): Promise<void>;
}

/** Why LEDs cannot be used. */
export type LedFailure = 'deviceMissing' | 'permissionDenied' | 'deviceBusy' | 'deviceLost' | 'unsupported';

/** LEDs failed. The message says which, what happened and, where that is known, what to do about it. */
export class LedError extends Error {
  override readonly name = 'LedError';
  /**
   * @param what happened, to which device
   * @param remedy what the owner can do, a sentence of its own
   */
  constructor(
    readonly reason: LedFailure,
    what: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${what} ${remedy}`, options);
  }
}
