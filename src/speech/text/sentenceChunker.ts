import { type Ending, isUnambiguous, judge } from './boundaryRules.js';
import {
  dashes,
  emphasis,
  isAttached,
  isLineBreak,
  isPicture,
  isSpace,
  type Terminator,
  terminator,
} from './characters.js';
import type { Chunker } from './chunker.js';
import { CodeRegion } from './codeRegion.js';
import { OpenMarks } from './openMarks.js';
import { ReadingPosition } from './readingPosition.js';

/** What follows a terminator is understood by then. */
const longestLookAhead = 24;

/** An ending that waits for the text after it. */
interface OpenEnding extends Ending {
  terminator: Terminator;
  closed: boolean;
  aside: boolean;
  spaced: boolean;
  /** The word, the terminators and what closes them: the word goes on with it if the ending turns out to be none. */
  written: string;
  /** What has arrived after the ending. Read again once the verdict is known. */
  next: string;
}

/**
 * Cuts streamed markdown into sentences, in one pass over its characters. It is always in one of three states:
 * in text; in code, which `CodeRegion` reads; or behind a terminator, collecting what follows until
 * `boundaryRules.judge` can tell whether the sentence ended there. A line break ends a chunk in any state but code.
 *
 * A sentence is released by the first letter of the next one, or by the end of that word where only it can tell.
 * The chunks do not depend on how the text is cut into tokens, as long as `idle` is not called.
 */
export class SentenceChunker implements Chunker {
  #released: string[] = [];
  #text = '';
  #at = ReadingPosition.atTextStart();
  #marks = new OpenMarks();
  #ending: OpenEnding | undefined;
  #code: CodeRegion | undefined;
  /** The first half of a surrogate pair whose second half is in the next token. */
  #half = '';
  #charactersRead = 0;

  /** The measure of its work: characters read so far, those read again behind an ending that was none included. */
  get charactersRead(): number {
    return this.#charactersRead;
  }

  push(token: string): string[] {
    const text = this.#half + token;
    const last = text.charCodeAt(text.length - 1);
    const whole = last >= 0xd800 && last <= 0xdbff ? text.length - 1 : text.length;
    this.#half = text.slice(whole);
    for (const ch of text.slice(0, whole)) this.#read(ch);
    return this.#take();
  }

  idle(): string[] {
    const ending = this.#ending;
    const sentenceIsOver =
      ending !== undefined && ending.next === '' && isUnambiguous(ending) && this.#mayEnd() && !this.#marks.anyOpen;
    if ((sentenceIsOver || this.#code?.isClosedBlock) && this.#half === '') this.#endChunk();
    return this.#take();
  }

  flush(): string[] {
    const rest = this.cut();
    this.clear();
    return rest;
  }

  /** Releases all that is pending although its sentence goes on: the text continues in the same line. */
  cut(): string[] {
    if (this.#ending) this.#text += this.#ending.next;
    this.#text += this.#half;
    this.#half = '';
    this.#endChunk();
    return this.#take();
  }

  clear(): void {
    this.#released = [];
    this.#text = this.#half = '';
    this.#at = ReadingPosition.atTextStart();
    this.#marks = new OpenMarks();
    this.#ending = this.#code = undefined;
  }

  /** Something is pending that must not be cut: code, open brackets or quotes, a terminator not yet understood. */
  get isInside(): boolean {
    return this.#code !== undefined || this.#ending !== undefined || this.#marks.anyOpen || this.#half !== '';
  }

  #take(): string[] {
    const released = this.#released;
    this.#released = [];
    return released;
  }

  #read(ch: string): void {
    this.#charactersRead++;
    if (this.#code) this.#readCode(this.#code, ch);
    else if (this.#ending) this.#readEnding(this.#ending, ch);
    else this.#readText(ch);
  }

  #readText(ch: string): void {
    const at = this.#at;
    const kind = at.lineIsTable ? undefined : terminator(ch, at.last);
    if (kind !== undefined) {
      this.#ending = this.#endingAt(ch, kind);
    } else if (ch === '`' ? !/\p{L}/u.test(at.last) : ch === '~' && at.lineIsBlank) {
      this.#code = new CodeRegion(ch as '`' | '~', at.lineIsBlank);
    } else if (isSpace(ch)) {
      at.endWord();
    } else {
      at.readInWord(ch);
    }
    this.#append(ch);
    if (isLineBreak(ch)) this.#endLine();
  }

  #append(ch: string): void {
    this.#text += ch;
    this.#marks.read(ch, this.#at.last, this.#at.hasContent);
    this.#at.readCharacter(ch);
  }

  #readCode(code: CodeRegion, ch: string): void {
    const step = code.take(ch);
    if (step === 'outside') {
      this.#code = undefined;
      this.#at.readCode();
      this.#readText(ch);
      return;
    }
    if (step === 'chunkEndsBefore') {
      this.#endChunk();
      this.#readText(ch);
      return;
    }
    this.#text += ch;
    if (step === 'chunkEndsAfter') this.#endLine();
  }

  #endingAt(ch: string, kind: Terminator): OpenEnding {
    const { word, previous, lineHasContent, lastItem } = this.#at;
    const firstInChunk = previous[0] === '';
    return {
      terminator: kind,
      word,
      previous,
      lastItem,
      firstInChunk,
      firstInLine: firstInChunk && !lineHasContent,
      closed: false,
      aside: false,
      spaced: false,
      written: word + ch,
      next: '',
    };
  }

  /** Behind a terminator: more of it, what closes it, white space, and then the text that tells what it was. */
  #readEnding(ending: OpenEnding, ch: string): void {
    if (ending.next === '' && this.#belongsTo(ending, ch)) {
      this.#append(ch);
      if (isLineBreak(ch)) this.#endLine();
      return;
    }
    const isWhole = isSpace(ch) && !(dashes.has(ending.next) && !isLineBreak(ch));
    if (!isWhole) ending.next += ch;
    const verdict = judge(ending, ending.next, isWhole || ending.next.length >= longestLookAhead);
    const { next } = ending;
    if (verdict === 'part') {
      ending.next = '';
      this.#text += next;
    } else if (verdict !== 'unclear') {
      if (verdict === 'end' && this.#mayEnd()) this.#endChunk();
      else this.#resume(ending);
      for (const again of next) this.#read(again);
      if (isWhole) this.#read(ch);
    }
  }

  /** Takes `ch` into the ending if it is part of it. */
  #belongsTo(ending: OpenEnding, ch: string): boolean {
    if (isSpace(ch)) {
      ending.spaced = true;
      return true;
    }
    const kind = terminator(ch, this.#at.last);
    const isMore =
      kind !== undefined && (!ending.spaced || (kind !== 'exclamation' && ending.terminator !== 'exclamation'));
    if (isMore) {
      ending.terminator = strongest(ending.terminator, kind);
    } else if (this.#marks.closes(ch, ending.spaced)) {
      ending.closed = true;
      if (')]）】'.includes(ch) && this.#marks.insideBrackets) ending.aside = true;
      ending.spaced = false;
    } else if (ending.spaced || !(emphasis.has(ch) || isAttached(ch) || isPicture(ch))) {
      return false;
    }
    ending.written += ch;
    return true;
  }

  #mayEnd(): boolean {
    return this.#at.hasContent && !this.#marks.insideBrackets;
  }

  #resume(ending: OpenEnding): void {
    this.#ending = undefined;
    this.#at.resumeWord(ending.written, ending.spaced);
  }

  #endLine(): void {
    if (this.#text.trim() !== '') this.#endChunk();
    this.#at = this.#at.atLineStart();
  }

  #endChunk(): void {
    if (this.#text !== '') this.#released.push(this.#text);
    this.#text = '';
    this.#at = this.#at.atChunkStart();
    this.#marks = new OpenMarks();
    this.#ending = this.#code = undefined;
  }
}

const strength: readonly Terminator[] = ['stop', 'ellipsis', 'exclamation', 'fullStop'];

/** Of a run of terminators, the strongest decides; two stops are an ellipsis. */
function strongest(one: Terminator, other: Terminator): Terminator {
  if (one === 'stop' && other === 'stop') return 'ellipsis';
  return strength.indexOf(one) >= strength.indexOf(other) ? one : other;
}
