import { CAPTURE_RATE_HZ } from '../../../hardware/audio/pcm.js';
import type { SpeechRecognizer, Transcript } from '../../speech/asr/recognizer.js';
import { jobOf, type PiBoard } from './piBoard.js';
import { type SimulatedUser, stretchOf } from './simulatedUser.js';
import type { SpokenWord } from './spokenUtterance.js';

/** So much of a word has to be heard for it to be recognised. */
const HEARD_SHARE = 0.6;

/** A recogniser ends what begins like this with a question mark, whether or not it is all. */
const ASKS =
  /^(?:what|who|whose|which|where|when|why|how|is|are|do|does|did|can|could|will|would|should|have|has)(?:'s|'re)?\b/;

/** Knows what the user says, and returns the words that lie in the sound it is given, after the time that it takes. */
export class SimulatedRecognizer implements SpeechRecognizer {
  readonly name = 'simulated moonshine-tiny';

  /** @param msPerSecond time on one core per second of sound (ms) */
  constructor(
    readonly board: PiBoard,
    readonly user: SimulatedUser,
    readonly msPerSecond: number,
  ) {}

  async warmUp(): Promise<void> {}

  async transcribe(samples: Float32Array, signal: AbortSignal): Promise<Transcript> {
    const words = this.user.heard?.utterance.words ?? [];
    const { startMs, endMs } = stretchOf(samples);
    const beganAtMs = this.board.clock.now();
    await this.board.run(jobOf((samples.length / CAPTURE_RATE_HZ) * this.msPerSecond, 1), signal);
    const heard = words.filter((word) => isHeard(word, startMs, endMs)).map(({ text }) => text);
    return { text: written(heard.join(' ')), asrMs: this.board.clock.now() - beganAtMs };
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
