import type { CaptureDriver } from '../../../hardware/audio/drivers.js';
import type { Clock } from '../../../hardware/clock.js';
import type { TurnReport } from '../../../machines/assistantEvents.js';
import { Timeline } from '../../observability/timeline.js';
import { fixedSilence } from '../../speech/endpointer.js';
import { EchoAwareVad } from '../../speech/vad/echoAwareVad.js';
import { type EarlyWork, type Ears, listen } from '../listen.js';
import { loudnessOf } from '../nonsense.js';
import { HeardFrames } from './heardFrames.js';
import { Interjection, type Verdict, type WordsAloud } from './interjection.js';

/**
 * How the assistant is kept from hearing itself while it speaks. `half-duplex`: it does not listen. `text-guard`: it listens,
 * and knows its own voice by its loudness and its words. `aec`: the device or the sound server removes its voice.
 */
export type EchoMode = 'half-duplex' | 'text-guard' | 'aec';

export interface InterruptionParts {
  readonly capture: CaptureDriver;
  readonly ears: Ears;
  readonly clock: Clock;
  readonly mode: Exclude<EchoMode, 'half-duplex'>;
  readonly aloud: WordsAloud;
  readonly report: (event: TurnReport) => void;
}

/** Sound that is heard before the detector notices speech: less than for a question, for it is our own voice (ms). */
const PRE_ROLL_MS = 96;
/** So much silence ends an interjection: it is judged as a whole then, and the next one is waited for (ms). */
const SILENCE_MS = 320;
/** The detector notices speech late; and a recogniser needs a breath before the first word (ms). */
const BEFORE_SPEECH_MS = 300;

/** Half a second is enough for two words: it is looked for them often (ms). */
const NEW_SPEECH_MS = 100;

const NEVER = new AbortController().signal;

/**
 * Listens while a reply is heard, and reports when somebody talks into it and what comes of that. Resolves when `signal` aborts
 * or nothing can be heard any more; the reply is not the worse for that.
 */
export async function listenForInterruptions(parts: InterruptionParts, signal: AbortSignal): Promise<void> {
  const frames = new HeardFrames(parts.capture.capture({ ownSpeech: 'heard' }, signal)[Symbol.asyncIterator]());
  try {
    while (!signal.aborted && !frames.isOver) await hearUnlessEcho(parts, frames, signal);
  } catch {
    // A microphone or a recogniser that fails says so in the turn that needs it.
    if (!signal.aborted) parts.report({ type: 'turn.interjectionOver' });
  } finally {
    await frames.return();
  }
}

/** Hears one interjection, or the beginning of what turns out to be our own voice. */
async function hearUnlessEcho(parts: InterruptionParts, frames: HeardFrames, signal: AbortSignal): Promise<void> {
  const isEcho = frames.untilCorrected();
  try {
    await hearInterjection(parts, frames, AbortSignal.any([signal, isEcho]));
  } catch (error) {
    if (signal.aborted || !isEcho.aborted) throw error;
    parts.report({ type: 'turn.interjectionOver' });
  }
}

async function hearInterjection(parts: InterruptionParts, frames: HeardFrames, signal: AbortSignal): Promise<void> {
  const { aloud, clock, report } = parts;
  const ears = interruptionEars(parts);
  let interjection: Interjection | undefined;
  let sinceMs = Number.NaN;
  const judged = (verdict: Verdict | undefined) => {
    if (verdict === 'interrupts') report({ type: 'turn.interrupted', sinceMs });
    if (verdict === 'passes') report({ type: 'turn.interjectionOver' });
  };
  const hear = (event: TurnReport) => {
    if (event.type === 'turn.speechStarted') {
      const beganMs = frames.newestAtMs - ears.hearing.minSpeechMs;
      sinceMs = beganMs - BEFORE_SPEECH_MS;
      interjection = new Interjection(aloud, beganMs - PRE_ROLL_MS);
      report({ type: 'turn.interjected' });
    }
  };
  const work: EarlyWork = {
    recognised: (heard) => judged(interjection?.soFar(heard, clock.now())),
    understood: () => {},
    paused: ({ transcript: text, logProbability }) =>
      judged(interjection?.paused({ text, logProbability }, clock.now())),
    isPreparing: false,
    abandon: () => {},
  };
  const timeline = new Timeline(clock);
  const ended = await listen(frames, ears, timeline, hear, { commit: NEVER }, work, signal);
  const understood = { text: ended.transcript, logProbability: ended.logProbability };
  judged(interjection?.whole(understood, loudnessOf(ended.samples), clock.now()));
}

/** They hear at once, again and again, and judge by the sound alone when somebody has finished. */
function interruptionEars({ ears, mode }: InterruptionParts): Ears {
  const { patience: _patience, endOfTurn: _endOfTurn, ...rest } = ears;
  return {
    ...rest,
    vad: earsDetector(ears, mode),
    recognition: 'whileSpeaking',
    newSpeechMs: NEW_SPEECH_MS,
    hearing: {
      ...ears.hearing,
      preRollMs: PRE_ROLL_MS,
      silence: fixedSilence(SILENCE_MS),
      noSpeechMs: Number.POSITIVE_INFINITY,
    },
  };
}

/** The detector for frames in which our own voice may be. */
export function earsDetector({ vad }: Ears, mode: EchoMode): Ears['vad'] {
  return mode === 'text-guard' ? new EchoAwareVad(vad) : vad;
}
