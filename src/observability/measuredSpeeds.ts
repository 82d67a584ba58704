import { median } from '../bench/median.js';
import type { ChatUsage } from '../llm/chatUsage.js';
import type { SpeechMeasurement } from '../speech/measureSpeech.js';

/** How fast the models run on this computer; null for what has not been measured yet. */
export interface MeasuredSpeeds {
  /** Time to recognise a second of speech, in seconds. */
  readonly asrRealTimeFactor: number | null;
  /** Time to make a second of speech, in seconds. */
  readonly ttsRealTimeFactor: number | null;
  /** From a sentence to the first sound of it (ms). */
  readonly ttsFirstPieceMs: number | null;
  /** Reading of a prompt that the server does not know yet, in tokens per second. */
  readonly promptTokensPerSecond: number | null;
  /** Writing of replies, in tokens per second: the median of the last few. */
  readonly generatedTokensPerSecond: number | null;
}

export const NOTHING_MEASURED: MeasuredSpeeds = {
  asrRealTimeFactor: null,
  ttsRealTimeFactor: null,
  ttsFirstPieceMs: null,
  promptTokensPerSecond: null,
  generatedTokensPerSecond: null,
};

/** Of fewer, the work around the tokens would be measured. */
const MIN_PROMPT_TOKENS = 32;
const MIN_REPLY_TOKENS = 8;

/** So many replies count: one that was slowed down by other work does not. */
const REPLIES = 5;

/** Collects what the models' work has cost into speeds. Nothing is run for it. */
export class SpeedMeter {
  #speeds = NOTHING_MEASURED;
  #repliesPerSecond: readonly number[] = [];
  readonly #listeners = new Set<(speeds: MeasuredSpeeds) => void>();

  get speeds(): MeasuredSpeeds {
    return this.#speeds;
  }

  /** Hears the speeds whenever one has changed. Returns how to stop listening. */
  onChange(listener: (speeds: MeasuredSpeeds) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  spoken({ synthesis, recognition }: SpeechMeasurement): void {
    this.#now({
      asrRealTimeFactor: recognition.tookMs / Math.max(recognition.audioMs, 1),
      ttsRealTimeFactor: synthesis.tookMs / Math.max(synthesis.audioMs, 1),
      ttsFirstPieceMs: synthesis.firstPieceMs,
    });
  }

  chatted({ purpose, promptTokens, promptMs, promptIsNew, replyTokens, replyMs }: ChatUsage): void {
    if (promptIsNew && promptTokens >= MIN_PROMPT_TOKENS && promptMs > 0) {
      this.#now({ promptTokensPerSecond: (promptTokens / promptMs) * 1000 });
    }
    if (purpose === 'reply' && replyTokens >= MIN_REPLY_TOKENS && replyMs > 0) {
      this.#repliesPerSecond = [...this.#repliesPerSecond, (replyTokens / replyMs) * 1000].slice(-REPLIES);
      this.#now({ generatedTokensPerSecond: median(this.#repliesPerSecond) });
    }
  }

  #now(news: Partial<MeasuredSpeeds>): void {
    this.#speeds = { ...this.#speeds, ...news };
    for (const listener of [...this.#listeners]) listener(this.#speeds);
  }
}
