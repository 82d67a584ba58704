import type { PcmFrame } from '../../hardware/audio/pcm.js';
import type { TurnReport } from '../../machines/assistantEvents.js';
import type { Timeline } from '../observability/timeline.js';
import type { SpeechRecognizer } from '../speech/asr/recognizer.js';
import { type HearingControl, type HearingOptions, hear } from '../speech/hearing.js';
import type { Utterance } from '../speech/utterance.js';
import type { VoiceActivityDetector } from '../speech/vad/sileroVad.js';
import { TurnError } from './turnRecord.js';

export interface Ears {
  readonly vad: VoiceActivityDetector;
  readonly recognizer: SpeechRecognizer;
  readonly hearing: HearingOptions;
}

/**
 * Hears one utterance and returns its transcript, empty when nobody spoke. Recognition begins at the first pause and
 * is thrown away if the user goes on: when a pause turns out to be the end, its transcript is already there.
 *
 * @param report tells the statechart what is heard
 * @throws {TurnError}; the signal's reason
 */
export async function listen(
  frames: AsyncIterator<PcmFrame>,
  ears: Ears,
  timeline: Timeline,
  report: (event: TurnReport) => void,
  control: HearingControl,
  signal: AbortSignal,
): Promise<string> {
  let early: EarlyTranscript | undefined;
  try {
    for await (const event of heardEvents(frames, ears, control, signal)) {
      switch (event.type) {
        case 'speechStarted':
          report({ type: 'turn.speechStarted' });
          break;
        case 'paused':
          early = new EarlyTranscript(ears.recognizer, event.soFar, signal);
          report({ type: 'turn.paused' });
          break;
        case 'resumed':
          early?.abandon();
          early = undefined;
          report({ type: 'turn.resumed' });
          break;
        case 'ended': {
          if (!event.utterance) return '';
          timeline.mark('speechEnd', event.utterance.speechEndAtMs);
          timeline.mark('endpoint');
          report({ type: 'turn.endpoint' });
          if (early?.utterance !== event.utterance) {
            early?.abandon();
            early = new EarlyTranscript(ears.recognizer, event.utterance, signal);
          }
          const text = (await early.text).trim();
          timeline.mark('transcript');
          return text;
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
  readonly text: Promise<string>;
  readonly #abandon = new AbortController();

  constructor(
    recognizer: SpeechRecognizer,
    readonly utterance: Utterance,
    signal: AbortSignal,
  ) {
    const either = AbortSignal.any([signal, this.#abandon.signal]);
    this.text = recognizer.transcribe(utterance.samples, either).then(
      (transcript) => transcript.text,
      (error) => {
        throw either.aborted ? error : new TurnError('recognizerFailed', error);
      },
    );
    this.text.catch(() => {}); // an abandoned one is nobody's business
  }

  abandon(): void {
    this.#abandon.abort();
  }
}
