import { CAPTURE_RATE_HZ } from '../../../hardware/audio/pcm.js';
import { textTokens } from '../../llm/promptTokens.js';
import type { SpeechRecognizer, Transcript } from '../../speech/asr/recognizer.js';
import { jobOf, type PiBoard } from './piBoard.js';
import type { AsrSpeeds } from './piSpeeds.js';
import { type SimulatedUser, stretchOf } from './simulatedUser.js';
import type { SpokenWord } from './spokenUtterance.js';

/**
 * In steps of the decoder, as measured on x64: the first step, and the one that checks a draft of n tokens, which is
 * 1.35 + 0.04 n.
 */
const FIRST_STEPS = 1.4;
const CHECK_STEPS = 1.35;
const CHECK_STEPS_PER_TOKEN = 0.04;

/** So much of a word has to be heard for it to be recognised. */
const HEARD_SHARE = 0.6;

/** A recogniser ends what begins like this with a question mark, whether or not it is all. */
const ASKS =
  /^(?:what|who|whose|which|where|when|why|how|is|are|do|does|did|can|could|will|would|should|have|has)(?:'s|'re)?\b/;

/** Knows what the user says, and returns the words that lie in the sound it is given, after the time that it takes. */
export class SimulatedRecognizer implements SpeechRecognizer {
  readonly name = 'simulated moonshine-tiny';

  constructor(
    readonly board: PiBoard,
    readonly user: SimulatedUser,
    readonly speeds: AsrSpeeds,
  ) {}

  async warmUp(): Promise<void> {}

  async transcribe(samples: Float32Array, signal: AbortSignal, draft?: Transcript): Promise<Transcript> {
    const words = this.user.heard?.utterance.words ?? [];
    const { startMs, endMs } = stretchOf(samples);
    const heard = words.filter((word) => isHeard(word, startMs, endMs)).map(({ text }) => text);
    const text = written(heard.join(' '));
    const beganAtMs = this.board.clock.now();
    await this.#encode(samples.length / CAPTURE_RATE_HZ, signal);
    await this.#decode(textTokens(text), textTokens(draft?.text ?? ''), signal);
    return { text, asrMs: this.board.clock.now() - beganAtMs };
  }

  #encode(seconds: number, signal: AbortSignal): Promise<void> {
    return this.board.run(jobOf(seconds * this.speeds.encodeMsPerSecond, 1), signal);
  }

  /**
   * The first step gives the first token. Where that is the draft's, all of the draft is checked in one step; from where
   * it differs on a token takes a step, and so does the end of the text.
   */
  #decode(tokens: readonly string[], draft: readonly string[], signal: AbortSignal): Promise<void> {
    const differs = draft.findIndex((token, i) => token !== tokens[i]);
    const known = differs < 0 ? draft.length : differs;
    const checking = known === 0 ? 0 : CHECK_STEPS + CHECK_STEPS_PER_TOKEN * draft.length;
    const steps = FIRST_STEPS + checking + tokens.length - known;
    return this.board.run(jobOf(steps * this.speeds.stepMs, 1), signal);
  }

  async close(): Promise<void> {}
}

function isHeard(word: SpokenWord, fromMs: number, toMs: number): boolean {
  const heardMs = Math.min(word.endMs, toMs) - Math.max(word.startMs, fromMs);
  return heardMs >= HEARD_SHARE * (word.endMs - word.startMs);
}

/** With the capital and the mark that a recogniser writes. */
function written(text: string): string {
  if (text === '') return '';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${ASKS.test(text) ? '?' : '.'}`;
}
