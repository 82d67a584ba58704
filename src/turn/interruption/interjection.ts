import { asksBack } from '../asksBack.js';
import { isNonsense, type Loudness } from '../nonsense.js';
import { interjectionKind, mayBecomeBackchannel } from './interjections.js';
import { foreignWords } from './ownWords.js';
import { type PlayedChunk, spokenWindow } from './spokenWindow.js';

/** What the assistant has said aloud and is saying. */
export interface WordsAloud {
  readonly chunks: readonly PlayedChunk[];
  /** What was being heard then. */
  textAt(nowMs: number): string;
}

/**
 * What words that were heard during a reply do to it: they interrupt it, they pass ("mm-hm", a cough, its own echo), or it
 * cannot be told yet.
 */
export type Verdict = 'interrupts' | 'passes' | 'unclear';

/** So many words that are not ours are no accident of the recogniser. */
const CERTAIN_WORDS = 2;

/** One stretch of speech that was heard while the assistant was speaking. */
export class Interjection {
  readonly #aloud: WordsAloud;
  readonly #fromMs: number;
  #before: readonly string[] = [];

  /** @param fromMs when it began, on the clock of the playback */
  constructor(aloud: WordsAloud, fromMs: number) {
    this.#aloud = aloud;
    this.#fromMs = fromMs;
  }

  /** Judges what was understood so far; the end of it is often wrong. */
  soFar(transcript: string, nowMs: number): Verdict {
    const words = this.#foreign(transcript, nowMs);
    const before = this.#before;
    this.#before = words;
    const said = words.join(' ');
    const kind = interjectionKind(said);
    if (kind === 'stop') return 'interrupts';
    if (kind !== 'speech' || mayBecomeBackchannel(said)) return 'unclear';
    const isSure = words.length >= CERTAIN_WORDS || (before.length > 0 && before[0] === words[0]);
    return isSure ? 'interrupts' : 'unclear';
  }

  /** Judges what may be all of it: whether the reply can go on at once. */
  paused(transcript: string, nowMs: number): Verdict {
    const said = this.#foreign(transcript, nowMs).join(' ');
    const kind = interjectionKind(said);
    return kind === 'noise' || (kind === 'backchannel' && !this.#isAnswer()) ? 'passes' : 'unclear';
  }

  /** Judges all of it. */
  whole(transcript: string, loudness: Loudness, nowMs: number): Verdict {
    const said = this.#foreign(transcript, nowMs).join(' ');
    switch (interjectionKind(said)) {
      case 'stop':
        return 'interrupts';
      case 'speech':
        return isNonsense(said, loudness) ? 'passes' : 'interrupts';
      case 'backchannel':
        return this.#isAnswer() ? 'interrupts' : 'passes';
      default:
        return 'passes';
    }
  }

  /** Who is asked and says "yes" answers. */
  #isAnswer(): boolean {
    return asksBack(this.#aloud.textAt(this.#fromMs));
  }

  #foreign(transcript: string, nowMs: number): string[] {
    return foreignWords(transcript, spokenWindow(this.#aloud.chunks, this.#fromMs, nowMs));
  }
}
