import type { PlaybackDriver } from '../../hardware/audio/drivers.js';
import type { Voice } from '../speech/tts/voice.js';
import { FirstAudible } from './firstAudible.js';
import type { PlayedWords } from './interruption/playedWords.js';
import { ReplyPlayer } from './replyPlayer.js';
import { heardText } from './spokenChunk.js';
import type { SpokenReply } from './spokenReply.js';
import type { TurnControl } from './turnControl.js';
import { TurnError, type TurnRecord } from './turnRecord.js';

export interface Mouth {
  readonly voice: Voice;
  readonly playback: PlaybackDriver;
  /** Is told what is said. Absent where nobody asks. */
  readonly played?: PlayedWords;
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
 * @param control says when it becomes softer, which it does not end with, and when it goes on from where it did
 * @throws {TurnError}, and what the reply's pieces throw; the signal's reason
 */
export async function speak(
  reply: SpokenReply,
  { playback, played }: Mouth,
  record: TurnRecord,
  events: SpeakingEvents,
  control: TurnControl,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const { timeline } = record;
  const { clock } = timeline;
  timeline.mark('gate');
  let isAudible = false;
  const heardAs = (stage: 'filler' | 'firstAudio') =>
    new FirstAudible(clock, (atMs) => {
      timeline.mark(stage, atMs);
      if (!isAudible) events.audible();
      isAudible = true;
    });
  const [audible, fillerAudible] = [heardAs('firstAudio'), heardAs('filler')];
  const onChunk = (heardAtMs: number) => record.queuedMs.push(Math.max(0, Math.round(heardAtMs - clock.now())));
  const player = new ReplyPlayer({ playback, clock, audible, fillerAudible, ...(played && { played }), onChunk });
  const unfollow = control.whileSpeaking(player);
  const end = (heardUntilMs: number) => {
    unfollow();
    player.end(heardUntilMs);
    record.heard = heardText(player.chunks, heardUntilMs);
    reply.stop();
    events.over?.();
  };
  const stop = () => {
    playback.flush();
    record.interrupted = true;
    end(clock.now());
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    await player.play(reply.pieces, signal);
    signal.throwIfAborted();
  } catch (error) {
    if (!signal.aborted) isSpeakerLost(error) ? stop() : end(Number.POSITIVE_INFINITY);
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  end(Number.POSITIVE_INFINITY);
  timeline.mark('replyEnd');
}

function isSpeakerLost(error: unknown): boolean {
  return error instanceof TurnError && error.reason === 'speakerLost';
}
