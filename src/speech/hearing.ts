import { CAPTURE_RATE_HZ, FRAME_MS, FRAME_SAMPLES, type PcmFrame } from '../../hardware/audio/pcm.js';
import { Endpointer, type EndpointerOptions, type EndpointReason } from './endpointer.js';
import { GrowingSound } from './growingSound.js';
import type { Utterance } from './utterance.js';
import type { VoiceActivityDetector } from './vad/sileroVad.js';

export interface HearingOptions extends EndpointerOptions {
  /** Audio kept from before the first voiced frame (ms): the VAD notices soft onsets late. */
  readonly preRollMs: number;
}

/** How the user, and not silence, ends the utterance. */
export interface HearingControl {
  /** Ends the utterance at once when aborted (button released, time over). */
  readonly commit: AbortSignal;
  /** Until it is aborted the button is held, and no silence is the end. Absent: nobody holds a button. */
  readonly letGo?: AbortSignal;
}

/** `commanded`: the statechart ended the turn. `sourceEnded`: the recording is over. */
export type HearingEnd = EndpointReason | 'commanded' | 'sourceEnded';

export type HearingEvent =
  | { readonly type: 'speechStarted' }
  /** One more frame of speech. `soFar` gives all that was said up to it, of `lengthMs`; asked at once or not at all. */
  | { readonly type: 'voiced'; readonly lengthMs: number; readonly soFar: () => Utterance | undefined }
  /** A first moment of silence; `soFar` is the utterance if nothing follows, so work on it can begin. */
  | { readonly type: 'dipped'; readonly soFar: Utterance }
  /** The silence is longer than the gap between two words; `soFar` is the very utterance of the dip that led to it. */
  | { readonly type: 'paused'; readonly soFar: Utterance }
  | { readonly type: 'resumed'; readonly pauseMs: number }
  | {
      readonly type: 'ended';
      readonly reason: HearingEnd;
      /** Undefined when nobody spoke; it is the very `soFar` of the dip that led to it. */
      readonly utterance: Utterance | undefined;
      /** What was taken from the source after the utterance, in order: a listener that goes on begins with it. */
      readonly rest: readonly PcmFrame[];
    };

/**
 * Listens to `frames` until the user has finished one utterance: capture -> VAD -> endpointer. Ends with exactly one
 * `ended`, unless it fails or `signal` aborts. Takes no more frames than it needs: the rest is the next listener's.
 *
 * @throws whatever the source or the VAD throws; the signal's reason
 */
export async function* hear(
  frames: AsyncIterator<PcmFrame>,
  vad: VoiceActivityDetector,
  options: HearingOptions,
  { commit, letGo }: HearingControl,
  signal: AbortSignal,
): AsyncGenerator<HearingEvent, void, undefined> {
  const endpointer = new Endpointer(options);
  const preRollFrames = Math.ceil(options.preRollMs / FRAME_MS);
  const heard = new HeardFrames();
  /** What was said before the silence that goes on. */
  let beforeSilence: Utterance | undefined;
  let lastVoiced = -1;
  const ended = (reason: HearingEnd, lastVoicedFrame: number): HearingEvent => {
    const utterance = beforeSilence ?? heard.utterance(lastVoicedFrame);
    return { type: 'ended', reason, utterance, rest: heard.after(utterance) };
  };
  signal.throwIfAborted();
  await vad.reset(signal);

  for (;;) {
    const next = await nextUnlessInterrupted(frames, [commit, signal]);
    signal.throwIfAborted();
    if (next === 'interrupted' || next.done) {
      yield ended(next === 'interrupted' ? 'commanded' : 'sourceEnded', lastVoiced);
      return;
    }
    heard.push(next.value);
    const heardSpeech = await vad.probability(next.value, signal);
    const probability = next.value.ownSignal && !heard.started ? 0 : heardSpeech;
    if (heard.started && probability >= options.negativeThreshold) lastVoiced = heard.newest;
    const event = endpointer.push(probability, letGo !== undefined && !letGo.aborted);
    const silentFrames = heard.newest - endpointer.lastVoicedFrame;
    if (silentFrames === 0) beforeSilence = undefined;
    if (heard.started && silentFrames === 1) {
      beforeSilence = heard.utterance(endpointer.lastVoicedFrame);
      if (beforeSilence) yield { type: 'dipped', soFar: beforeSilence };
    }
    switch (event?.type) {
      case undefined:
        if (!heard.started) heard.keepLast(preRollFrames + Math.ceil(options.minSpeechMs / FRAME_MS));
        else if (silentFrames === 0)
          yield { type: 'voiced', lengthMs: heard.lengthMs, soFar: () => heard.utterance(heard.newest) };
        break;
      case 'speechStarted':
        heard.start(event.firstVoicedFrame - preRollFrames);
        lastVoiced = heard.newest;
        yield { type: 'speechStarted' };
        break;
      case 'paused':
        beforeSilence ??= heard.utterance(event.lastVoicedFrame);
        if (beforeSilence) yield { type: 'paused', soFar: beforeSilence };
        break;
      case 'resumed':
        yield event;
        break;
      case 'ended':
        yield ended(event.reason, event.lastVoicedFrame);
        return;
    }
  }
}

/** A microphone that has stalled must not hold back the end of the turn. The listeners go with each frame. */
function nextUnlessInterrupted(
  frames: AsyncIterator<PcmFrame>,
  interrupts: readonly AbortSignal[],
): Promise<IteratorResult<PcmFrame> | 'interrupted'> {
  return new Promise((resolve, reject) => {
    if (interrupts.some((interrupt) => interrupt.aborted)) {
      resolve('interrupted');
      return;
    }
    const onAbort = () => resolve('interrupted');
    for (const interrupt of interrupts) interrupt.addEventListener('abort', onAbort, { once: true });
    frames
      .next()
      .finally(() => {
        for (const interrupt of interrupts) interrupt.removeEventListener('abort', onAbort);
      })
      .then(resolve, reject);
  });
}

/** The frames that may become the utterance, numbered as the endpointer numbers them. */
class HeardFrames {
  #frames: PcmFrame[] = [];
  /** That of the frames kept, once the user has started: from then on none is dropped. */
  readonly #sound = new GrowingSound();
  /** Number of the first frame kept. */
  #first = 0;
  started = false;

  get newest(): number {
    return this.#first + this.#frames.length - 1;
  }

  get lengthMs(): number {
    return this.#frames.length * FRAME_MS;
  }

  push(frame: PcmFrame): void {
    this.#frames.push(frame);
    if (this.started) this.#sound.push(frame.samples);
  }

  keepLast(count: number): void {
    this.#dropBefore(this.newest + 1 - count);
  }

  start(fromFrame: number): void {
    this.started = true;
    this.#dropBefore(fromFrame);
    for (const { samples } of this.#frames) this.#sound.push(samples);
  }

  /** All that is kept, when the voice has not ended before it begins. */
  utterance(lastVoicedFrame: number): Utterance | undefined {
    if (!this.started || lastVoicedFrame < this.#first) return undefined;
    const count = (lastVoicedFrame - this.#first + 1) * FRAME_SAMPLES;
    const voicedMs = (this.#sound.voiced(count) / CAPTURE_RATE_HZ) * 1000;
    const last = this.#frames[lastVoicedFrame - this.#first];
    const speechEndAtMs = (last?.capturedAtMs ?? Number.NaN) - ((count / CAPTURE_RATE_HZ) * 1000 - voicedMs);
    return { samples: this.#sound.samples, speechEndAtMs, voicedMs };
  }

  /** The frames that follow `utterance`; all that are kept when there is none. */
  after(utterance: Utterance | undefined): readonly PcmFrame[] {
    return this.#frames.slice(utterance ? utterance.samples.length / FRAME_SAMPLES : 0);
  }

  #dropBefore(frame: number): void {
    const count = Math.max(0, frame - this.#first);
    this.#frames.splice(0, count);
    this.#first += count;
  }
}
