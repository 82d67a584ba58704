import type { Clock } from '../../clock.js';
import { type ButtonDriver, type ButtonEdge, GpioError } from '../drivers.js';
import { EdgeQueue } from '../edgeQueue.js';
import { KeyParser, type KeyReport, REPORTS_RELEASES } from './keyParser.js';
import { enterRawMode, type TerminalInput, type TerminalOutput } from './rawTerminal.js';

export interface KeyboardButtonOptions {
  readonly clock: Clock;
  readonly input: TerminalInput;
  /** The terminal itself, to ask it for key releases. Without it every press is a tap. */
  readonly output?: TerminalOutput;
  /** Called for q and Ctrl-C, which raw mode keeps from the system. */
  readonly onQuit: () => void;
}

/** How long a tap is. A plain terminal does not tell when a key goes up. */
const TAP_MS = 90;
/** A held key repeats after 250 to 660 ms (X11's default is the longest), and then at least every 120 ms. */
const FIRST_REPEAT_MS = 660;
const NEXT_REPEAT_MS = 120;

/**
 * The space bar of a terminal. With the kitty keyboard protocol (kitty, foot, Ghostty, WezTerm, Alacritty and others)
 * it is a button that can be held; in any other terminal it can only be tapped: holding it is one tap, and so are two
 * taps within 0.66 s, because nothing tells a second tap from a repeat.
 */
export class KeyboardButton implements ButtonDriver {
  readonly name = 'keyboard space bar';
  readonly #options: KeyboardButtonOptions;

  constructor(options: KeyboardButtonOptions) {
    this.#options = options;
  }

  async *edges(signal: AbortSignal): AsyncGenerator<ButtonEdge, void, void> {
    signal.throwIfAborted();
    const { clock, input, output, onQuit } = this.#options;
    const queue = new EdgeQueue();
    const bar = new SpaceBar(clock, queue);
    const parser = new KeyParser();
    const onData = (data: Buffer | string) => {
      // Only ASCII matters here, so characters that were cut in two do no harm.
      for (const report of parser.feed(data.toString('latin1'))) {
        if (report.kind === 'quit') onQuit();
        else bar.report(report);
      }
    };
    const onGone = () =>
      queue.fail(new GpioError('lost', 'The terminal was closed: the space bar is no button any more.'));
    const restore = enterRawMode(input, output);
    try {
      for (const event of ['end', 'close', 'error']) input.on(event, onGone);
      input.on('data', onData);
      // A listener alone does not start a stream that was paused, as we leave it.
      input.resume();
      yield* queue.edges(signal);
    } finally {
      input.off('data', onData);
      restore();
      // A read that was under way may still fail while the terminal closes: that is nobody's error any more.
      for (const event of ['end', 'close', 'error']) input.off(event, onGone);
      bar.close();
    }
  }
}

type SpaceReport = Exclude<KeyReport, { readonly kind: 'quit' }>;

/** Makes edges of what is reported about the space bar. */
class SpaceBar {
  readonly #clock: Clock;
  readonly #queue: EdgeQueue;
  #pressed = false;
  #releasesReported = false;
  /** Until when a typed space is taken for a repeat of the one before (ms). */
  #repeatsUntilMs = Number.NEGATIVE_INFINITY;
  #tapEnd: unknown;

  constructor(clock: Clock, queue: EdgeQueue) {
    this.#clock = clock;
    this.#queue = queue;
  }

  report(report: SpaceReport): void {
    switch (report.kind) {
      case 'enhancements':
        this.#releasesReported = (report.flags & REPORTS_RELEASES) !== 0;
        return;
      case 'spaceDown':
        this.#change(true);
        return;
      case 'spaceUp':
        this.#change(false);
        return;
      case 'spaceHeld':
        return;
      case 'spaceTyped':
        if (this.#releasesReported) this.#change(true);
        else this.#typed();
    }
  }

  close(): void {
    this.#clock.clearTimeout(this.#tapEnd);
  }

  #typed(): void {
    const nowMs = this.#clock.now();
    const repeats = nowMs <= this.#repeatsUntilMs;
    this.#repeatsUntilMs = nowMs + (repeats ? NEXT_REPEAT_MS : FIRST_REPEAT_MS);
    if (repeats) return;
    this.#change(true);
    this.#tapEnd = this.#clock.setTimeout(() => this.#change(false), TAP_MS);
  }

  #change(pressed: boolean): void {
    if (pressed === this.#pressed) return;
    this.#pressed = pressed;
    this.#queue.push({ pressed, atMs: this.#clock.now() });
  }
}
