import { asksBack } from '../asksBack.js';
import type { Understood } from '../listen.js';
import { isNonsense, type Loudness } from '../nonsense.js';
import { PhraseBook } from '../phraseBook.js';
import { type InterjectionKind, interjectionKind, isFiller, mayBecomeBackchannel } from './interjections.js';
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

/**
 * A recogniser is so sure of words that were said (log-probability of a token), though it has heard only half a second of
 * them: of 40 recordings 90 % are above -0.75 after 600 ms, and -1.6 after 450. What it makes of 40 coughs, bumps and barks is
 * below -3 however long they are.
 */
const SURE = -1.2;
/** All of what was said has the recogniser surer than a cough of any length, also where our own voice was in it. */
const SURE_OF_ALL = -1.4;

/** So many words are no accident of the recogniser. */
const CERTAIN_WORDS = 2;

/** Words that are said alone. Others that are heard alone are what recognisers make of a cough or of a slammed door. */
const ALONE = new PhraseBook({
  alone: `what, why, who, whose, where, when, how, which, really, again, repeat, pardon, sorry, hello, hey, help, please, next,
    skip, more, less, back, continue, louder, quieter, softer, slower, faster, volume, mute, pressel, computer, assistant,
    thanks, thank you, goodbye, bye`,
});

/** One stretch of speech that was heard while the assistant was speaking. */
export class Interjection {
  readonly #aloud: WordsAloud;
  readonly #fromMs: number;

  /** @param fromMs when it began, on the clock of the playback */
  constructor(aloud: WordsAloud, fromMs: number) {
    this.#aloud = aloud;
    this.#fromMs = fromMs;
  }

  /** Judges what was understood so far; the end of it is often wrong. */
  soFar({ text, logProbability }: Understood, nowMs: number): Verdict {
    const words = this.#foreign(text, nowMs);
    const said = words.join(' ');
    const kind = kindOf(said);
    if (!isSure(logProbability)) return 'unclear';
    if (kind === 'stop') return 'interrupts';
    const isCertain = kind === 'speech' && words.length >= CERTAIN_WORDS && !mayBecomeBackchannel(said);
    return isCertain ? 'interrupts' : 'unclear';
  }

  /** Judges what may be all of it: whether the reply can go on at once. */
  paused({ text, logProbability }: Understood, nowMs: number): Verdict {
    const kind = kindOf(this.#foreign(text, nowMs).join(' '));
    const isNothing = kind === 'noise' || !isSure(logProbability);
    return isNothing || (kind === 'backchannel' && !this.#isAnswer()) ? 'passes' : 'unclear';
  }

  /** Judges all of it. */
  whole({ text, logProbability }: Understood, loudness: Loudness, nowMs: number): Verdict {
    const words = this.#foreign(text, nowMs);
    const said = words.join(' ');
    if (logProbability !== undefined && logProbability < SURE_OF_ALL) return 'passes';
    if (isNonsense(said, loudness)) return 'passes';
    switch (kindOf(said)) {
      case 'stop':
        return isSure(logProbability) ? 'interrupts' : 'passes';
      case 'speech':
        return words.length >= CERTAIN_WORDS || (isSure(logProbability) && ALONE.kindsIn(said))
          ? 'interrupts'
          : 'passes';
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

/** A recogniser that does not tell is believed. */
function isSure(logProbability = 0): boolean {
  return logProbability >= SURE;
}

function kindOf(said: string): InterjectionKind {
  return isFiller(said) ? 'noise' : interjectionKind(said);
}
