import type { PlaybackDriver } from '../../hardware/audio/drivers.js';
import { durationMs, type PcmAudio } from '../../hardware/audio/pcm.js';
import { sleep } from '../../hardware/clock.js';
import type { Voice } from '../speech/tts/voice.js';
import { readAhead } from '../streams/readAhead.js';
import { TurnError, type TurnRecord } from './turnRecord.js';

/** A sample counts as audible from 1 % of full scale. */
const AUDIBLE = 0.01;

export interface Mouth {
  readonly voice: Voice;
  readonly playback: PlaybackDriver;
}

/** A chunk on its way to the user's ears: what it says and, once the speaker has it, when it is heard. */
interface SpokenChunk {
  readonly text: string;
  fromMs: number;
  untilMs: number;
}

/**
 * Speaks `chunks` in order, gapless: a piece is synthesised while the one before it plays, and none cuts another off.
 * Resolves when the last sample has been heard. When `signal` aborts, sound ends at once.
 *
 * @param onAudible called when the first audible sample is heard
 * @throws {TurnError}; the signal's reason
 */
export async function speak(
  chunks: AsyncIterable<string>,
  { voice, playback }: Mouth,
  record: TurnRecord,
  onAudible: () => void,
  signal: AbortSignal,
): Promise<void> {
  const { timeline } = record;
  const spoken: SpokenChunk[] = [];
  const silence = () => playback.flush();
  signal.addEventListener('abort', silence, { once: true });
  let audible: Promise<void> | undefined;
  try {
    for await (const { chunk, pcm } of readAhead(synthesised(chunks, voice, record, signal), 1)) {
      const { heardAtMs } = await orSpeakerLost(playback.play(pcm, signal), signal);
      if (spoken.at(-1) !== chunk) {
        chunk.fromMs = heardAtMs;
        spoken.push(chunk);
      }
      chunk.untilMs = heardAtMs + durationMs(pcm);
      const offset = firstAudibleSample(pcm);
      if (!audible && offset !== undefined) {
        const atMs = heardAtMs + (offset / pcm.sampleRateHz) * 1000;
        timeline.mark('firstAudio', atMs);
        audible = sleep(timeline.clock, Math.max(0, atMs - timeline.clock.now()), signal).then(onAudible);
        audible.catch(() => {}); // aborted before it was heard
      }
    }
    await orSpeakerLost(playback.drained(signal), signal);
    await audible;
    timeline.mark('replyEnd');
  } finally {
    signal.removeEventListener('abort', silence);
    record.interrupted = signal.aborted;
    record.heard = heardText(spoken, signal.aborted ? timeline.clock.now() : Number.POSITIVE_INFINITY);
  }
}

async function* synthesised(chunks: AsyncIterable<string>, voice: Voice, record: TurnRecord, signal: AbortSignal) {
  for await (const text of chunks) {
    record.timeline.mark('firstChunk');
    record.chunks.push(text);
    try {
      const chunk: SpokenChunk = { text, fromMs: 0, untilMs: 0 };
      for await (const pcm of voice.synthesize(text, signal)) {
        record.timeline.mark('firstPcm');
        yield { chunk, pcm };
      }
    } catch (error) {
      throw signal.aborted ? error : new TurnError('voiceFailed', error);
    }
  }
}

async function orSpeakerLost<Result>(playing: Promise<Result>, signal: AbortSignal): Promise<Result> {
  try {
    return await playing;
  } catch (error) {
    throw signal.aborted ? error : new TurnError('speakerLost', error);
  }
}

/** Index of the first sample that can be heard, undefined in silence. */
export function firstAudibleSample({ samples }: PcmAudio): number | undefined {
  const index = samples.findIndex((sample) => Math.abs(sample) > AUDIBLE);
  return index < 0 ? undefined : index;
}

/** What had been heard at `nowMs`: whole chunks, and of the one that was playing the words up to the same share of its time. */
function heardText(spoken: readonly SpokenChunk[], nowMs: number): string {
  return spoken
    .map(({ text, fromMs, untilMs }) => {
      if (nowMs >= untilMs) return text;
      const words = text.split(/\s+/);
      const share = Math.max(0, nowMs - fromMs) / (untilMs - fromMs);
      return words.slice(0, Math.floor(share * words.length)).join(' ');
    })
    .filter((text) => text !== '')
    .join(' ');
}
