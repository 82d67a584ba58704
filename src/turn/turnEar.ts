import type { CaptureDriver, CaptureOptions } from '../../hardware/audio/drivers.js';
import type { PcmFrame } from '../../hardware/audio/pcm.js';
import type { TurnReport, TurnSource } from '../../machines/assistantEvents.js';
import type { Timeline } from '../observability/timeline.js';
import type { HearingOptions } from '../speech/hearing.js';
import { type EarlyWork, type Ears, type Heard, listen } from './listen.js';
import type { TurnControl } from './turnControl.js';

/** The first word is often begun before the button is down. In a follow-up the sound before was our own reply. */
const PRE_ROLL_MS = 500;

/** A shorter sound after the end of a question is a breath or a chair, not the rest of it (ms). */
const GOING_ON_MS = 192;

/** The microphone keeps three seconds: more cannot be had. */
const MOST_PRE_ROLL_MS = 3_000;

/** How much of what was heard before the turn belongs to it (ms). */
export function preRollMs(source: TurnSource, nowMs: number): number {
  switch (source.kind) {
    case 'followUp':
      return 0;
    case 'interruption':
      return Math.min(MOST_PRE_ROLL_MS, Math.max(0, nowMs - source.sinceMs));
    case 'wakeWord':
      return Math.min(MOST_PRE_ROLL_MS, Math.max(0, nowMs - source.wordEndAtMs));
    default:
      return PRE_ROLL_MS;
  }
}

/** What it takes to listen. */
export interface TurnEarParts {
  readonly capture: CaptureDriver;
  readonly ears: Ears;
  readonly timeline: Timeline;
  readonly control: TurnControl;
  readonly report: (event: TurnReport) => void;
}

/** Somebody who was not finished. */
export interface GoingOn {
  /** Aborted when the user speaks again: the reply is not for what they want to say. */
  readonly began: AbortSignal;
  /** What they said then. */
  readonly heard: Promise<Heard>;
  /** Closes the microphone, unless they have begun. */
  stop(): void;
}

/** The microphone of one turn, open until it is closed. */
export class TurnEar {
  readonly #parts: TurnEarParts;
  readonly #signal: AbortSignal;
  readonly #closed = new AbortController();
  readonly #frames: AsyncIterator<PcmFrame>;

  constructor(parts: TurnEarParts, source: TurnSource, signal: AbortSignal) {
    this.#parts = parts;
    // A microphone that gives no frame any more is closed too.
    this.#signal = AbortSignal.any([signal, this.#closed.signal]);
    const options: CaptureOptions = {
      preRollMs: preRollMs(source, parts.timeline.clock.now()),
      // Who talks into the reply is heard from their first word on, the reply with them.
      ...(source.kind === 'interruption' && { ownSpeech: 'heard' }),
    };
    this.#frames = parts.capture.capture(options, this.#signal)[Symbol.asyncIterator]();
  }

  /** What the user says. @throws {TurnError}; the signal's reason */
  listen(work: EarlyWork): Promise<Heard> {
    return this.#listen({}, work, this.#parts.report, this.#signal);
  }

  /**
   * Listens on for `withinMs` after the end of what was said. When the user goes on, the statechart is told that the turn
   * is theirs again, and the timeline begins anew.
   */
  hearOn(withinMs: number, work: EarlyWork): GoingOn {
    const { control, timeline, report } = this.#parts;
    const stopped = new AbortController();
    const began = new AbortController();
    control.again();
    const tell = (event: TurnReport) => {
      if (event.type === 'turn.speechStarted' && !stopped.signal.aborted) {
        timeline.restart();
        began.abort(new Error('the user goes on'));
        report({ type: 'turn.reopened' });
      } else if (began.signal.aborted) report(event);
    };
    const hearing = { noSpeechMs: withinMs, minSpeechMs: GOING_ON_MS };
    const heard = this.#listen(hearing, work, tell, AbortSignal.any([this.#signal, stopped.signal]));
    const stop = () => {
      if (began.signal.aborted) return;
      stopped.abort(new Error('the reply is heard'));
      this.close().catch(() => {}); // whoever closes the ear hears of it
    };
    heard.then(stop, () => {}); // whoever waits for it hears of a failure
    return { began: began.signal, heard, stop };
  }

  async close(): Promise<void> {
    this.#closed.abort(new Error('the turn listens no more'));
    await this.#frames.return?.();
  }

  #listen(
    changes: Partial<HearingOptions>,
    work: EarlyWork,
    report: (event: TurnReport) => void,
    signal: AbortSignal,
  ): Promise<Heard> {
    const { ears, timeline, control } = this.#parts;
    const changed = { ...ears, hearing: { ...ears.hearing, ...changes } };
    return listen(this.#frames, changed, timeline, report, control.hearing, work, signal);
  }
}
