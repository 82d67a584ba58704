import { FRAME_MS, FRAME_SAMPLES, type PcmFrame } from '../../hardware/audio/pcm.js';
import type { SpeechRecognizer } from './asr/recognizer.js';
import { type HearingEvent, type HearingOptions, hear } from './hearing.js';
import type { VoiceActivityDetector } from './vad/sileroVad.js';

/** What was said between two silences of a recording. */
export interface TranscribedSegment {
  readonly text: string;
  /** Where the segment lies in the recording (ms), with the quiet kept around the speech. */
  readonly startMs: number;
  readonly endMs: number;
  readonly asrMs: number;
}

export interface FileTranscript {
  /** The texts of the segments that have one, joined with spaces. */
  readonly text: string;
  /** Time of the recognition alone (ms). */
  readonly asrMs: number;
  readonly segments: readonly TranscribedSegment[];
}

export interface TranscribingEars {
  readonly vad: VoiceActivityDetector;
  readonly recognizer: SpeechRecognizer;
  /** `noSpeechMs` has no meaning here: a recording may be silent for as long as it likes. */
  readonly hearing: HearingOptions;
}

/**
 * All that is said in a recording, utterance by utterance. Holds one utterance at a time, so that the recording may be
 * of any length; what was taken beyond the end of one utterance is heard again for the next, so that nothing is lost
 * between two. Whoever talks on is cut at `maxUtteranceMs`. Closes `frames` when it fails.
 *
 * @throws whatever the source, the VAD or the recogniser throws; the signal's reason
 */
export async function transcribeFrames(
  frames: AsyncIterable<PcmFrame>,
  ears: TranscribingEars,
  signal: AbortSignal,
): Promise<FileTranscript> {
  const options: HearingOptions = { ...ears.hearing, noSpeechMs: Number.POSITIVE_INFINITY };
  const never = new AbortController().signal;
  const source = new RewindableFrames(frames[Symbol.asyncIterator]());
  const segments: TranscribedSegment[] = [];
  try {
    for (;;) {
      const { reason, utterance, rest } = await endOf(hear(source, ears.vad, options, { commit: never }, signal));
      source.putBack(rest);
      if (utterance) {
        const endMs = source.position * FRAME_MS;
        const startMs = endMs - (utterance.samples.length / FRAME_SAMPLES) * FRAME_MS;
        segments.push({ ...(await ears.recognizer.transcribe(utterance.samples, signal)), startMs, endMs });
      }
      if (reason === 'sourceEnded') break;
    }
  } finally {
    await source.return();
  }
  return {
    text: segments.flatMap(({ text }) => (text === '' ? [] : [text])).join(' '),
    asrMs: segments.reduce((sum, { asrMs }) => sum + asrMs, 0),
    segments,
  };
}

async function endOf(events: AsyncIterable<HearingEvent>): Promise<Extract<HearingEvent, { type: 'ended' }>> {
  for await (const event of events) if (event.type === 'ended') return event;
  throw new Error('listening ends with "ended"');
}

/** A source of frames that takes some back. */
class RewindableFrames implements AsyncIterator<PcmFrame> {
  #returned: readonly PcmFrame[] = [];
  /** Frames given and not put back. */
  position = 0;

  constructor(private readonly source: AsyncIterator<PcmFrame>) {}

  async next(): Promise<IteratorResult<PcmFrame, undefined>> {
    const [first, ...others] = this.#returned;
    this.#returned = others;
    const next = first ? { done: false as const, value: first } : await this.source.next();
    if (next.done) return { done: true, value: undefined };
    this.position += 1;
    return next;
  }

  /** @param frames the last ones given, in order */
  putBack(frames: readonly PcmFrame[]): void {
    this.#returned = [...frames, ...this.#returned];
    this.position -= frames.length;
  }

  async return(): Promise<IteratorResult<PcmFrame, undefined>> {
    await this.source.return?.();
    return { done: true, value: undefined };
  }
}
