import type { PlaybackDriver } from '../../hardware/audio/drivers.js';
import { sleep } from '../../hardware/clock.js';
import { firstAudibleSample } from '../speech/tts/leadingSilence.js';
import type { Voice } from '../speech/tts/voice.js';
import type { WordsAloud } from './interruption/interjection.js';
import { heardText, type SpokenChunk } from './spokenChunk.js';
import type { SpokenReply } from './spokenReply.js';
import { TurnError, type TurnRecord } from './turnRecord.js';

export interface Mouth {
  readonly voice: Voice;
  readonly playback: PlaybackDriver;
  readonly played?: WordsAloud;
}

/** Whoever lets a reply be spoken is told; each is called once at most. */
export interface SpeakingEvents {
  /** The first audible sample is heard. */
  readonly audible: () => void;
  /** Sound has ended, however it ended, and the record says what was heard. Called within the abort when aborted. */
  readonly over?: () => void;
}

/**
 * Plays a reply in order, gapless: a piece is synthesised while the one before it plays, and none cuts another off.
 * Resolves when the last sample has been heard. When `signal` aborts, sound ends at once. When the reply's words or its
 * voice fail, what was made before that is heard to its end. Nothing more is made of the reply afterwards.
 *
 * @throws {TurnError}, and what the reply's pieces throw; the signal's reason
 */
export async function speak(
  reply: SpokenReply,
  playback: PlaybackDriver,
  record: TurnRecord,
  events: SpeakingEvents,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const { timeline } = record;
  timeline.mark('gate');
  const spoken: SpokenChunk[] = [];
  /** Aborted when sound has ended: what is still being made is for nobody. */
  const ended = new AbortController();
  const end = (heardUntilMs: number) => {
    record.heard = heardText(spoken, heardUntilMs);
    ended.abort();
    reply.stop();
    events.over?.();
  };
  const stop = () => {
    if (ended.signal.aborted) return;
    playback.flush();
    record.interrupted = true;
    end(timeline.clock.now());
  };
  signal.addEventListener('abort', stop, { once: true });
  let audible: Promise<void> | undefined;
  const finish = async () => {
    await orSpeakerLost(playback.drained(signal), signal);
    await audible;
    end(Number.POSITIVE_INFINITY);
  };
  try {
    for await (const { chunk, pcm } of reply.pieces) {
      const { heardAtMs } = await orSpeakerLost(playback.play(pcm, signal), signal);
      if (spoken.at(-1) !== chunk) {
        spoken.push(chunk);
        record.queuedMs.push(Math.max(0, Math.round(heardAtMs - timeline.clock.now())));
      }
      chunk.playing(pcm, heardAtMs);
      const offset = firstAudibleSample(pcm);
      if (!audible && offset !== undefined) {
        const atMs = heardAtMs + (offset / pcm.sampleRateHz) * 1000;
        audible = sleep(timeline.clock, Math.max(0, atMs - timeline.clock.now()), ended.signal).then(() => {
          timeline.mark('firstAudio', atMs);
          events.audible();
        });
        audible.catch(() => {}); // ended before it was heard
      }
    }
    await finish();
    timeline.mark('replyEnd');
  } catch (error) {
    if (!signal.aborted && !isSpeakerLost(error)) await finish();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

async function orSpeakerLost<Result>(playing: Promise<Result>, signal: AbortSignal): Promise<Result> {
  try {
    return await playing;
  } catch (error) {
    throw signal.aborted ? error : new TurnError('speakerLost', error);
  }
}

function isSpeakerLost(error: unknown): boolean {
  return error instanceof TurnError && error.reason === 'speakerLost';
}
