import type { Clock } from '../clock.js';
import { LedError, type LedOutput } from './drivers.js';
import type { LedPatterns } from './ledPatterns.js';
import { quantised, type Rgb } from './rgb.js';
import { composeScene, renderScene, type Scene, sceneStillForMs } from './scene.js';
import { type LedSignals, sameSignals } from './signals.js';

/** 25 pictures a second at most, whatever the patterns ask for. */
const FRAME_MS = 40;

export interface LedShowOptions {
  readonly output: LedOutput;
  readonly clock: Clock;
  readonly patterns: LedPatterns;
  /** The LEDs stopped working. Told once; the next change of signals tries them again. */
  readonly onFailed: (error: LedError) => void;
}

/** What LEDs are to show, whether or not there are any. */
export interface ShownSignals {
  readonly signals: LedSignals;
  /** When they began to be shown, on the clock: patterns are counted from then. */
  readonly beganMs: number;
}

/**
 * Keeps LEDs showing what the assistant does. Sends only pictures that look different from the one before, and has no
 * timer while nothing changes. The output belongs to whoever opened it.
 */
export class LedShow {
  #scene: Scene = [];
  #signals: LedSignals | undefined;
  #beganMs = 0;
  /** When the LEDs were last looked after. */
  #drawnMs = -Infinity;
  /** As the output shows it; undefined when that is not known. */
  #shown: readonly Rgb[] | undefined;
  #timer: unknown;
  #state: 'working' | 'failed' | 'closed' = 'working';
  readonly #listeners = new Set<() => void>();

  constructor(private readonly options: LedShowOptions) {}

  /** Undefined: nothing yet. */
  get shown(): ShownSignals | undefined {
    return this.#signals && { signals: this.#signals, beganMs: this.#beganMs };
  }

  get patterns(): LedPatterns {
    return this.options.patterns;
  }

  /** Of the LEDs that there are. */
  get pixels(): number {
    return this.options.output.pixels;
  }

  /** Tells when other signals are shown. Returns how to stop listening. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Shows these signals from now on: at once, unless one was sent within the last 40 ms. */
  show(signals: LedSignals): void {
    const { clock, output, patterns } = this.options;
    if (this.#state === 'closed' || (this.#signals && sameSignals(this.#signals, signals))) return;
    this.#signals = signals;
    this.#scene = composeScene(signals, patterns, output.pixels);
    this.#beganMs = clock.now();
    this.#drawIn(this.#drawnMs + FRAME_MS - this.#beganMs);
    for (const listener of [...this.#listeners]) listener();
  }

  /** Turns the LEDs off and leaves no timer behind. Safe to call twice. */
  close(): void {
    if (this.#state === 'closed') return;
    this.options.clock.clearTimeout(this.#timer);
    this.#send(Array.from({ length: this.options.output.pixels }, () => [0, 0, 0]));
    this.#state = 'closed';
  }

  #drawIn(delayMs: number): void {
    const { clock } = this.options;
    clock.clearTimeout(this.#timer);
    if (delayMs > 0) this.#timer = clock.setTimeout(() => this.#draw(), delayMs);
    else this.#draw();
  }

  #draw(): void {
    const { clock, output } = this.options;
    this.#drawnMs = clock.now();
    const timeMs = this.#drawnMs - this.#beganMs;
    this.#send(renderScene(this.#scene, timeMs).map((pixel) => quantised(pixel, output.levels)));
    const stillMs = sceneStillForMs(this.#scene, timeMs);
    // One more millisecond: a timer that fires a little early would otherwise find the picture just not changed yet.
    if (stillMs !== Infinity && this.#state === 'working') this.#drawIn(Math.max(FRAME_MS, Math.ceil(stillMs) + 1));
  }

  #send(picture: readonly Rgb[]): void {
    if (this.#shown && samePicture(this.#shown, picture)) return;
    try {
      this.options.output.show(picture);
      this.#shown = picture;
      this.#state = 'working';
    } catch (error) {
      this.#shown = undefined;
      const wasWorking = this.#state === 'working';
      this.#state = 'failed';
      if (wasWorking) this.options.onFailed(asLedError(error, this.options.output.name));
    }
  }
}

function samePicture(a: readonly Rgb[], b: readonly Rgb[]): boolean {
  return (
    a.length === b.length && a.every((pixel, index) => pixel.every((value, channel) => value === b[index]?.[channel]))
  );
}

function asLedError(error: unknown, name: string): LedError {
  if (error instanceof LedError) return error;
  const what = error instanceof Error ? error.message : String(error);
  return new LedError('deviceLost', `The LEDs "${name}" failed: ${what}.`, 'Check that they are still connected.', {
    cause: error,
  });
}
