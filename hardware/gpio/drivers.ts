/** A change of the button, after debouncing. */
export interface ButtonEdge {
  readonly pressed: boolean;
  /** When the new state was taken for real, which is when the debounce time was over (ms, on the driver's `Clock`). */
  readonly atMs: number;
}

/** Where presses come from: a GPIO line, a keyboard, or a test. */
export interface ButtonDriver {
  /** Shown to people: "chardev GPIO17", "keyboard space bar". */
  readonly name: string;
  /**
   * Opens the line; gives the state found if the button is down already, then each debounced edge, alternately pressed
   * and released, until `signal` aborts. The line is released when the iteration ends, however it ends, and can then
   * be opened again.
   * @throws {GpioError} when the line cannot be opened, or is lost while it is watched
   * @throws the signal's reason when aborted
   */
  edges(signal: AbortSignal): AsyncIterable<ButtonEdge>;
}

/** A line that is driven: an LED. */
export interface OutputLine {
  readonly name: string;
  /**
   * Takes effect before it returns. After `close` it does nothing.
   * @throws {GpioError} lost, when the chip is gone
   */
  set(on: boolean): void;
  /** Turns the line off and releases it. Never throws, safe to call twice. */
  close(): void;
}

/** The resistor in the chip that holds a line while the button is up. */
export type LineBias = 'pullUp' | 'pullDown' | 'none';

/** Why a line could not be used. */
export type GpioFailure =
  | 'chipMissing'
  | 'lineUnknown'
  | 'lineBusy'
  | 'permissionDenied'
  | 'notSupported'
  | 'libraryMissing'
  | 'lost';

/** A GPIO line failed. The message says what, where and what to do about it. */
export class GpioError extends Error {
  override readonly name = 'GpioError';
  constructor(
    readonly reason: GpioFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** How long a contact must be still before its state counts: mechanical buttons bounce for 1 to 10 ms. */
export const DEFAULT_DEBOUNCE_MS = 15;
