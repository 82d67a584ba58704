import { CAPTURE_RATE_HZ, type PcmFrame } from '../../hardware/audio/pcm.js';
import type { TurnReport } from '../../machines/assistantEvents.js';
import type { Timeline } from '../observability/timeline.js';
import { GrowingTranscript } from '../speech/asr/growingTranscript.js';
import type { SpeechRecognizer, Transcript } from '../speech/asr/recognizer.js';
import type { Pause } from '../speech/endpointer.js';
import type { EndOfTurnModel } from '../speech/endpointing/endOfTurn.js';
import type { PatienceSource } from '../speech/endpointing/patience.js';
import { type HearingControl, type HearingEnd, type HearingOptions, hear } from '../speech/hearing.js';
import type { Utterance } from '../speech/utterance.js';
import type { VoiceActivityDetector } from '../speech/vad/sileroVad.js';
import type { PausedSpeech } from './speculation.js';
import { TurnError } from './turnRecord.js';

/** When recognition begins: when the turn is over, at each silence that may be its end, or from the first words on. */
export type RecognitionTime = 'atEnd' | 'atPause' | 'whileSpeaking';

export interface Ears {
  readonly vad: VoiceActivityDetector;
  readonly recognizer: SpeechRecognizer;
  readonly hearing: HearingOptions;
  /** How long a silence ends an utterance. Default: as `hearing.silence` says. */
  readonly patience?: PatienceSource;
  /** Default: "atPause". */
  readonly recognition?: RecognitionTime;
  /** While the user speaks, a recognition begins when so much was said since the last one began (ms). Default: 200. */
  readonly newSpeechMs?: number;
  /** Tells the patience by the sound whether the user has finished. Default: the words tell. */
  readonly endOfTurn?: EndOfTurnModel;
}

/** What was said, and how it ended. */
export interface Heard {
  /** Empty when nobody spoke. */
  readonly transcript: string;
  /** As in `Transcript`. */
  readonly logProbability: number | undefined;
  readonly end: HearingEnd;
  /** Its sound, 16 kHz in [-1, 1]. */
  readonly samples: Float32Array;
  /** When the last voiced sample was captured (ms); NaN when nobody spoke. */
  readonly speechEndAtMs: number;
}

function nothing(end: HearingEnd): Heard {
  return { transcript: '', logProbability: undefined, end, samples: new Float32Array(0), speechEndAtMs: Number.NaN };
}

/** What was understood, and how surely. */
export type Understood = Pick<Transcript, 'text'> & { readonly logProbability: number | undefined };

/** Work on what has been said so far, before it is known to be all. */
export interface EarlyWork {
  /** All that was said so far, as it was understood. */
  recognised?(transcript: Understood): void;
  /** The words up to here will not change any more. */
  understood(stable: string): void;
  /** The user is silent, and it may be the whole. */
  paused(speech: PausedSpeech): void;
  /** A reply is being made that cannot be heard yet: as long as that is so, waiting costs nothing. */
  readonly isPreparing: boolean;
  /** The user goes on: it was not the whole. */
  abandon(): void;
}

/**
 * Hears one utterance. Recognition keeps up with the speaker: when a
 * silence turns out to be the end, the transcript of what was said before it is under way or already there.
 *
 * @param report tells the statechart what is heard
 * @param work is told what is known so far, and what the transcript at a pause is as long as that pause goes on
 * @throws {TurnError}; the signal's reason
 */
export async function listen(
  frames: AsyncIterator<PcmFrame>,
  ears: Ears,
  timeline: Timeline,
  report: (event: TurnReport) => void,
  control: HearingControl,
  work: EarlyWork,
  signal: AbortSignal,
): Promise<Heard> {
  const { recognition = 'atPause' } = ears;
  const patience = ears.patience?.();
  const silence = (pause: Pause) => patience?.silenceMs(pause, work.isPreparing) ?? ears.hearing.silence(pause);
  let stable = '';
  const understood = () => {
    if (stable !== '') work.understood(stable);
  };
  const growing = new GrowingTranscript(
    ears.recognizer,
    timeline.clock,
    ({ text, logProbability, ...partial }) => {
      timeline.mark('firstPartial', growing.madeAtMs);
      stable = partial.stable;
      report({ type: 'transcript.partial', text, stable });
      work.recognised?.({ text, logProbability });
      // In a pause, and at the end, the reply comes first: the model would begin to read only to be stopped.
      if (!paused && !isOver) understood();
    },
    signal,
    ears.newSpeechMs,
  );
  /** What was said before the pause that goes on. */
  let paused: Utterance | undefined;
  let isOver = false;
  /** Aborted when the user goes on. */
  let pause = new AbortController();
  const whenRecognised = (utterance: Utterance, { text, asrMs, logProbability }: Transcript) => {
    if (paused !== utterance) return; // the user has gone on
    patience?.recognised(text);
    work.paused({ transcript: text.trim(), logProbability, speechMs: durationMs(utterance), asrMs });
    understood();
  };
  try {
    for await (const event of heardEvents(
      frames,
      { ...ears, hearing: { ...ears.hearing, silence } },
      control,
      signal,
    )) {
      switch (event.type) {
        case 'speechStarted':
          report({ type: 'turn.speechStarted' });
          break;
        case 'voiced':
          growing.voiced();
          if (recognition === 'whileSpeaking') growing.grown(event.lengthMs, event.soFar);
          break;
        case 'dipped':
          if (recognition !== 'atEnd') growing.silent(event.soFar);
          break;
        case 'paused':
          paused = event.soFar;
          if (recognition !== 'atEnd') {
            growing.whole(paused).then(
              (transcript) => whenRecognised(event.soFar, transcript),
              () => {}, // met again at the end
            );
          }
          pause = new AbortController();
          ears.endOfTurn?.completeness(paused.samples, AbortSignal.any([signal, pause.signal])).then(
            (completeness) => paused === event.soFar && patience?.judged(completeness),
            () => {}, // the words tell
          );
          report({ type: 'turn.paused' });
          break;
        case 'resumed':
          paused = undefined;
          pause.abort();
          growing.voiced();
          patience?.resumed(event.pauseMs);
          work.abandon();
          report({ type: 'turn.resumed' });
          break;
        case 'ended': {
          isOver = true;
          if (!event.utterance) return nothing(event.reason);
          timeline.mark('speechEnd', event.utterance.speechEndAtMs);
          timeline.mark('endpoint');
          report({ type: 'turn.endpoint' });
          paused = undefined;
          const { text, logProbability } = await orRecognizerFailed(growing.whole(event.utterance), signal);
          timeline.mark('recognition', growing.begunAtMs);
          timeline.mark('transcript', growing.madeAtMs);
          const { samples, speechEndAtMs } = event.utterance;
          return { transcript: text.trim(), end: event.reason, samples, speechEndAtMs, logProbability };
        }
      }
    }
    return nothing('sourceEnded');
  } finally {
    pause.abort();
    growing.abandon();
  }
}

async function orRecognizerFailed(transcript: Promise<Transcript>, signal: AbortSignal): Promise<Transcript> {
  try {
    return await transcript;
  } catch (error) {
    throw signal.aborted ? error : new TurnError('recognizerFailed', error);
  }
}

async function* heardEvents(frames: AsyncIterator<PcmFrame>, ears: Ears, control: HearingControl, signal: AbortSignal) {
  try {
    yield* hear(frames, ears.vad, ears.hearing, control, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    throw new TurnError(
      error instanceof Error && error.name === 'AudioError' ? 'microphoneLost' : 'recognizerFailed',
      error,
    );
  }
}

function durationMs({ samples }: Utterance): number {
  return (samples.length / CAPTURE_RATE_HZ) * 1000;
}
