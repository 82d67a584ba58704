import { closeSync, writeSync } from 'node:fs';
import type { Clock } from '../../clock.js';
import { type ButtonDriver, type ButtonEdge, DEFAULT_DEBOUNCE_MS, type LineBias } from '../drivers.js';
import { LINE_FLAG, pollFds } from './abi.js';
import { findLine, type LineChoice } from './findLine.js';
import { HeldLine } from './heldLine.js';
import { type Libc, openLibc } from './libc.js';

export interface ChardevButtonOptions extends LineChoice {
  /** The line's name: "GPIO17". */
  readonly line: string;
  readonly clock: Clock;
  /** The button pulls the line to ground when it is down. Default true. */
  readonly activeLow?: boolean;
  /** Default "pullUp". */
  readonly bias?: LineBias;
  /** How long the contact must be still before its state counts; the kernel does it. Default 15. */
  readonly debounceMs?: number;
}

const BIAS_FLAG: Readonly<Record<LineBias, bigint>> = {
  pullUp: LINE_FLAG.pullUp,
  pullDown: LINE_FLAG.pullDown,
  none: LINE_FLAG.biasDisabled,
};

/**
 * How long one wait in the kernel lasts. An abort ends it at once; this bounds how long `process.exit` has to wait for
 * the thread, and how late a lost chip is noticed on kernels before 6.5, which do not wake those who wait for it.
 */
const WAIT_STEP_MS = 200;

/** A button on a line of the Linux GPIO character device, found by the line's name: works on every Raspberry Pi. */
export class ChardevButton implements ButtonDriver {
  readonly name: string;
  readonly #options: ChardevButtonOptions;

  constructor(options: ChardevButtonOptions) {
    this.#options = options;
    this.name = `chardev ${options.line}`;
  }

  async *edges(signal: AbortSignal): AsyncGenerator<ButtonEdge, void, void> {
    signal.throwIfAborted();
    const { line: name, clock, activeLow = true, bias = 'pullUp', debounceMs = DEFAULT_DEBOUNCE_MS } = this.#options;
    const libc = openLibc();
    const line = new HeldLine(libc, findLine(libc, name, this.#options), {
      flags:
        LINE_FLAG.input |
        LINE_FLAG.edgeRising |
        LINE_FLAG.edgeFalling |
        BIAS_FLAG[bias] |
        (activeLow ? LINE_FLAG.activeLow : 0n),
      debounceUs: debounceMs * 1000,
    });
    try {
      let pressed = line.active;
      if (pressed) yield { pressed, atMs: clock.now() };
      for await (const _ of readable(libc, line.descriptor, signal)) {
        for (const event of line.readEvents()) {
          // An edge between the request and the first look, or after events were dropped, tells nothing new.
          if (event.active === pressed) continue;
          pressed = event.active;
          yield { pressed, atMs: clock.now() - ageMs(event.timestampNs) };
        }
      }
    } finally {
      line.close();
    }
  }
}

/** Both the kernel's time stamps and Node's `hrtime` are CLOCK_MONOTONIC. */
function ageMs(timestampNs: bigint): number {
  return Math.max(0, Number(process.hrtime.bigint() - timestampNs) / 1e6);
}

/**
 * Tells each time that `descriptor` can be read or has failed, until `signal` aborts. The descriptor may be closed as
 * soon as this has ended: no thread waits for it any more.
 * @throws the signal's reason
 */
async function* readable(libc: Libc, descriptor: number, signal: AbortSignal): AsyncGenerator<void, void, void> {
  const waker = libc.eventfd();
  const wake = () => writeSync(waker, new BigUint64Array([1n]));
  signal.addEventListener('abort', wake, { once: true });
  try {
    const fds = pollFds.waitingForInput(descriptor, waker);
    for (;;) {
      signal.throwIfAborted();
      await libc.poll(fds, WAIT_STEP_MS);
      signal.throwIfAborted();
      if (pollFds.found(fds, 0) !== 0) yield;
    }
  } finally {
    signal.removeEventListener('abort', wake);
    closeSync(waker);
  }
}
