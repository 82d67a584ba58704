import type { PcmAudio } from '../../../hardware/audio/pcm.js';
import { type Clause, splitClauses } from './clauses.js';
import { SilenceTrim } from './silenceTrim.js';

/** Silence after a clause, in milliseconds; the next one begins with up to 60 more. What the voice itself leaves is counted. */
export interface Pauses {
  /** After a sentence. */
  readonly sentencePauseMs: number;
  /** After a comma, semicolon, colon, dash or line break. */
  readonly clausePauseMs: number;
}

/** With the onset, 0.4 s between sentences and 0.2 s within one: about what people leave who read aloud briskly. */
export const PAUSES = { sentencePauseMs: 350, clausePauseMs: 150 } as const satisfies Pauses;

/** Where a text is cut, or ends, without a mark it goes on: only as much as a breath between two words. */
const CUT_PAUSE_MS = 40;

/** Sound of a clause, or of its beginning. */
export interface ClauseSound extends PcmAudio {
  /** Makes what follows. Absent at the end of the clause. Called once at most. */
  readonly rest?: () => Promise<ClauseSound>;
}

/** Makes the sound of one clause; empty when there is nothing to hear. Rejects as soon as `signal` is aborted. */
export type RenderClause = (text: string, signal: AbortSignal) => Promise<ClauseSound>;

/**
 * Speaks `text` clause by clause: each piece of sound is one clause, or a part of one, and the last of a clause has the
 * silence that follows it; what else the voice leaves around a clause is cut off. While the consumer holds a piece the next one is being made, but no more than that one; it is
 * cancelled when the consumer leaves or `signal` is aborted.
 * @throws the signal's reason; what `render` throws
 */
export async function* speakClauses(
  text: string,
  render: RenderClause,
  pauses: Pauses,
  signal: AbortSignal,
): AsyncGenerator<PcmAudio, void, undefined> {
  signal.throwIfAborted();
  const leaving = new AbortController();
  const onAbort = () => leaving.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  const make = (trim: SilenceTrim, sound: Promise<ClauseSound>) => {
    sound.catch(() => {}); // it may fail while nobody waits for it yet; whoever awaits it hears of it
    return { trim, sound };
  };
  const begin = (clause: Clause | undefined) =>
    clause && make(new SilenceTrim(pauseMs(clause, pauses)), render(clause.text, leaving.signal));
  try {
    const clauses = splitClauses(text)[Symbol.iterator]();
    let current = begin(clauses.next().value);
    while (current) {
      const { trim, sound } = current;
      const { rest, ...pcm } = await sound;
      signal.throwIfAborted();
      current = rest ? make(trim, rest()) : begin(clauses.next().value);
      const piece = trim.take(pcm, rest === undefined);
      if (piece.samples.length > 0) yield piece;
      signal.throwIfAborted();
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    leaving.abort(new DOMException('the listener has left', 'AbortError'));
  }
}

function pauseMs(clause: Clause, pauses: Pauses): number {
  if (clause.ends === 'cut') return CUT_PAUSE_MS;
  return clause.ends === 'sentence' ? pauses.sentencePauseMs : pauses.clausePauseMs;
}
