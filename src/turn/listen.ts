import { CAPTURE_RATE_HZ, type PcmFrame } from '../../hardware/audio/pcm.js';
import type { TurnReport } from '../../machines/assistantEvents.js';
import type { Timeline } from '../observability/timeline.js';
import type { SpeechRecognizer, Transcript } from '../speech/asr/recognizer.js';
import type { Pause } from '../speech/endpointer.js';
import type { EndOfTurnModel } from '../speech/endpointing/endOfTurn.js';
import type { PatienceSource } from '../speech/endpointing/patience.js';
import { type HearingControl, type HearingOptions, hear } from '../speech/hearing.js';
import type { Utterance } from '../speech/utterance.js';
import type { VoiceActivityDetector } from '../speech/vad/sileroVad.js';
import type { PausedSpeech } from './speculation.js';
import { TurnError } from './turnRecord.js';

export interface Ears {
  readonly vad: VoiceActivityDetector;
  readonly recognizer: SpeechRecognizer;
  readonly hearing: HearingOptions;
  /** How long a silence ends an utterance. Default: as `hearing.silence` says. */
  readonly patience?: PatienceSource;
  /** Tells the patience by the sound whether the user has finished. Default: the words tell. */
  readonly endOfTurn?: EndOfTurnModel;
}

/** Work on what may be the whole utterance, while the user is silent. */
export interface PauseWork {
  paused(speech: PausedSpeech): void;
  /** The user goes on: it was not the whole. */
  abandon(): void;
}

/**
 * Hears one utterance and returns its transcript, empty when nobody spoke. Recognition begins at the first pause and
 * is thrown away if the user goes on: when a pause turns out to be the end, its transcript is already there.
 *
 * @param report tells the statechart what is heard
 * @param work is told what the transcript at a pause is, as long as that pause goes on
 * @throws {TurnError}; the signal's reason
 */
export async function listen(
  frames: AsyncIterator<PcmFrame>,
  ears: Ears,
  timeline: Timeline,
  report: (event: TurnReport) => void,
  control: HearingControl,
  work: PauseWork,
  signal: AbortSignal,
): Promise<string> {
  let early: EarlyTranscript | undefined;
  const patience = ears.patience?.();
  const hearing = patience ? { ...ears.hearing, silence: (pause: Pause) => patience.silenceMs(pause) } : ears.hearing;
  const recognise = (utterance: Utterance) => {
    const mine = new EarlyTranscript(ears.recognizer, utterance, signal);
    mine.transcript.then(
      ({ text, asrMs }) => {
        if (early !== mine) return; // the user has gone on
        patience?.recognised(text);
        work.paused({ transcript: text.trim(), speechMs: durationMs(utterance), asrMs });
      },
      () => {}, // whoever needs it hears of it
    );
    ears.endOfTurn?.completeness(utterance.samples, mine.abandoned).then(
      (completeness) => early === mine && patience?.judged(completeness),
      () => {}, // the words tell
    );
    return mine;
  };
  try {
    for await (const event of heardEvents(frames, { ...ears, hearing }, control, signal)) {
      switch (event.type) {
        case 'speechStarted':
          report({ type: 'turn.speechStarted' });
          break;
        case 'paused':
          early = recognise(event.soFar);
          report({ type: 'turn.paused' });
          break;
        case 'resumed':
          early?.abandon();
          early = undefined;
          patience?.resumed(event.pauseMs);
          work.abandon();
          report({ type: 'turn.resumed' });
          break;
        case 'ended': {
          if (!event.utterance) return '';
          timeline.mark('speechEnd', event.utterance.speechEndAtMs);
          timeline.mark('endpoint');
          report({ type: 'turn.endpoint' });
          const isReady = early?.utterance === event.utterance;
          if (!isReady) early?.abandon();
          const last = isReady && early ? early : new EarlyTranscript(ears.recognizer, event.utterance, signal);
          early = undefined; // no longer a pause
          const { text } = await last.transcript;
          timeline.mark('transcript');
          return text.trim();
        }
      }
    }
    return '';
  } finally {
    early?.abandon();
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

/** A recognition under way, of what may or may not be the whole utterance. */
class EarlyTranscript {
  readonly transcript: Promise<Transcript>;
  /** Aborted when the user goes on or the turn is over. */
  readonly abandoned: AbortSignal;
  readonly #abandon = new AbortController();

  constructor(
    recognizer: SpeechRecognizer,
    readonly utterance: Utterance,
    signal: AbortSignal,
  ) {
    const abandoned = AbortSignal.any([signal, this.#abandon.signal]);
    this.abandoned = abandoned;
    this.transcript = recognizer.transcribe(utterance.samples, abandoned).catch((error: unknown) => {
      throw abandoned.aborted ? error : new TurnError('recognizerFailed', error);
    });
  }

  abandon(): void {
    this.#abandon.abort();
  }
}

function durationMs({ samples }: Utterance): number {
  return (samples.length / CAPTURE_RATE_HZ) * 1000;
}
