import { plainWords } from '../plainWords.js';
import { asOrder } from '../slots/requestFrame.js';
import { spellSymbols } from '../slots/spellSymbols.js';
import { BoundedExpression } from './boundedExpression.js';

/** What the parts of an utterance said, by the name of the slot. */
export type SpokenSlots = Readonly<Record<string, string>>;

/** Reads whole utterances, as `IntentSkill.understand` gets them. */
export interface UtterancePattern {
  /** As it was written. */
  readonly source: string;
  /** Names of its slots; none is optional unless it stands in an optional part. */
  readonly slots: readonly string[];
  /** An utterance that it reads, reduced as `match` gets it; undefined where none is known: of an expression. */
  readonly example?: string;
  /** @throws {SlowExpressionError} where an expression takes too long */
  match(words: string): SpokenSlots | undefined;
}

/** A pattern that cannot be used. `message` says why and what to write. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

/** Longer than any request; a pattern with several slots takes longer with each word. */
const MAX_WORDS_LENGTH = 300;

/** What stands for a slot in an example utterance: no word that is taken away. */
const EXAMPLE = 'something';

/** No request has anything in common with both. Whatever reads them reads everything. */
const ANYTHING = ['why is the sky blue', 'tell a long story about seven old friends'];

const SLOT = /^\{([a-z][a-z0-9_]*)\}/;

/**
 * A pattern in words: "water the {plant}", "[please] (water|feed) the {plant}". `{name}` is a slot of one or more words,
 * `[...]` may be left out, `(a|b)` is one of several. Capitals and punctuation do not count.
 * @throws {PatternError} when it cannot be read, or when no utterance can ever match it
 */
export function wordPattern(source: string): UtterancePattern {
  const reader = new PatternReader(source);
  const whole = reader.alternatives();
  if (reader.rest !== '') throw new PatternError(`"${source}": nothing opens the "${reader.rest[0]}"`);
  const expression = new RegExp(`^(?:${whole.expression})$`, 'u');
  const example = wordsOf(whole.example);
  const heard = plainWords(spellSymbols(example), '');
  const groups: GroupsOf = (words) => {
    const match = expression.exec(words);
    return match === null ? undefined : (match.groups ?? {});
  };
  if (example === '') throw new PatternError(`"${source}" has no words`);
  if (!matchOf(groups, heard)) {
    throw new PatternError(
      `"${source}" can never match: polite and filling words are taken away before, and signs are spelled out; "${example}" becomes "${heard}"`,
    );
  }
  const pattern = { source, slots: reader.slots, example: heard, match: (words: string) => matchOf(groups, words) };
  return choosy(pattern);
}

/**
 * A pattern as a regular expression with named groups; it has to cover the whole utterance, whether it says so or not.
 * @throws {PatternError} when it reads everything
 */
export function expressionPattern({ source, flags }: RegExp): UtterancePattern {
  const expression = new RegExp(`^(?:${source})$`, flags.replaceAll(/[gy]/g, ''));
  const slots = [...source.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].flatMap(([, name]) => name ?? []);
  const bounded = new BoundedExpression(expression);
  const groups: GroupsOf = (words) => bounded.groupsOf(words);
  return choosy({ source: `/${source}/`, slots: [...new Set(slots)], match: (words) => matchOf(groups, words) });
}

/** @throws {PatternError} for a pattern that leaves nothing to the language model, or that answers who has said nothing */
function choosy(pattern: UtterancePattern): UtterancePattern {
  const reads = (words: string) => {
    try {
      return pattern.match(words) !== undefined;
    } catch {
      return false; // too slow: told when it happens
    }
  };
  const { source } = pattern;
  if (ANYTHING.every(reads)) {
    throw new PatternError(`${source} matches whatever is said, and nothing would reach the language model`);
  }
  if (reads('')) throw new PatternError(`${source} matches who says nothing`);
  return pattern;
}

/** The named groups of an utterance, or undefined where it does not match. */
type GroupsOf = (words: string) => Readonly<Record<string, string>> | undefined;

function matchOf(groupsOf: GroupsOf, words: string): SpokenSlots | undefined {
  if (words.length > MAX_WORDS_LENGTH) return undefined;
  const groups = groupsOf(words) ?? groupsOf(asOrder(words));
  return groups && Object.fromEntries(Object.entries(groups).filter(([, value]) => value !== undefined));
}

/** Words as a recogniser's are after `plainWords`, with single spaces. */
function wordsOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[’‘`]/g, "'")
    .replaceAll(/[^\p{L}\p{N}'\s]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** A piece of a pattern as a regular expression, where each word brings its own space, and as an utterance. */
interface Piece {
  readonly expression: string;
  readonly example: string;
}

class PatternReader {
  readonly slots: string[] = [];
  rest: string;

  constructor(private readonly source: string) {
    this.rest = source;
  }

  /** `a|b`, up to a closing bracket. */
  alternatives(): Piece {
    const pieces = [this.sequence()];
    while (this.take('|')) pieces.push(this.sequence());
    const [{ example }] = pieces as [Piece, ...Piece[]];
    return { expression: pieces.map(({ expression }) => expression).join('|'), example };
  }

  /** Each piece ends where a space or the end is, and begins with that space: a part that is left out leaves none behind. */
  private sequence(): Piece {
    const pieces: Piece[] = [];
    while (this.rest !== '' && !/^[|)\]]/.test(this.rest)) pieces.push(this.one());
    return {
      expression: pieces.map(({ expression }) => expression).join(''),
      example: pieces.map(({ example }) => example).join(' '),
    };
  }

  private one(): Piece {
    if (this.take('[')) {
      const inner = this.alternatives();
      this.close(']');
      return { expression: `(?:${inner.expression})?`, example: inner.example };
    }
    if (this.take('(')) {
      const inner = this.alternatives();
      this.close(')');
      return { expression: `(?:${inner.expression})`, example: inner.example };
    }
    const slot = SLOT.exec(this.rest);
    if (slot?.[1] !== undefined) {
      this.rest = this.rest.slice(slot[0].length);
      if (this.slots.includes(slot[1])) throw new PatternError(`"${this.source}" has the slot {${slot[1]}} twice`);
      this.slots.push(slot[1]);
      return { expression: ` ?(?<${slot[1]}>\\S.*?)(?=$| )`, example: EXAMPLE };
    }
    if (/^[{}]/.test(this.rest)) {
      throw new PatternError(`"${this.source}": expected a slot such as {plant}, in small letters`);
    }
    const text = /^[^[\](){}|]+/.exec(this.rest)?.[0] ?? '';
    this.rest = this.rest.slice(text.length);
    const words = wordsOf(text);
    return { expression: words === '' ? '' : words.split(' ').map(wordExpression).join(''), example: words };
  }

  private take(sign: string): boolean {
    if (!this.rest.startsWith(sign)) return false;
    this.rest = this.rest.slice(sign.length);
    return true;
  }

  private close(sign: string): void {
    if (!this.take(sign)) throw new PatternError(`"${this.source}": a "${sign}" is missing`);
  }
}

/** Letters, figures and apostrophes only: nothing to escape. */
function wordExpression(word: string): string {
  return ` ?${word}(?=$| )`;
}
