import type { PcmAudio } from '../../../hardware/audio/pcm.js';
import { type Clause, splitClauses } from './clauses.js';

/** Silence after a clause, in milliseconds. It comes on top of what the voice itself leaves. */
export interface Pauses {
  /** After a sentence, and after a text that ends without a mark. */
  readonly sentencePauseMs: number;
  /** After a comma, semicolon, colon, dash or line break. */
  readonly clausePauseMs: number;
}

export const PAUSES = { sentencePauseMs: 200, clausePauseMs: 80 } as const satisfies Pauses;

/** Sound of a clause, or of its beginning. */
export interface ClauseSound extends PcmAudio {
  /** Makes what follows. Absent at the end of the clause. Called once at most. */
  readonly rest?: () => Promise<ClauseSound>;
}

/** Makes the sound of one clause; empty when there is nothing to hear. Rejects as soon as `signal` is aborted. */
export type RenderClause = (text: string, signal: AbortSignal) => Promise<ClauseSound>;

/**
 * Speaks `text` clause by clause: each piece of sound is one clause, or a part of one, and the last of a clause has the
 * silence that follows it. While the consumer holds a piece the next one is being made, but no more than that one; it is
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
  const make = (clause: Clause, sound: Promise<ClauseSound>) => {
    sound.catch(() => {}); // it may fail while nobody waits for it yet; whoever awaits it hears of it
    return { clause, sound };
  };
  const begin = (clause: Clause | undefined) => clause && make(clause, render(clause.text, leaving.signal));
  try {
    const clauses = splitClauses(text)[Symbol.iterator]();
    let current = begin(clauses.next().value);
    while (current) {
      const { clause, sound } = current;
      const { rest, ...pcm } = await sound;
      signal.throwIfAborted();
      current = rest ? make(clause, rest()) : begin(clauses.next().value);
      if (pcm.samples.length > 0) yield rest ? pcm : withSilence(pcm, pauseMs(clause, pauses));
      signal.throwIfAborted();
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    leaving.abort(new DOMException('the listener has left', 'AbortError'));
  }
}

function pauseMs(clause: Clause, pauses: Pauses): number {
  if (clause.ends === 'cut') return 0;
  return clause.ends === 'sentence' ? pauses.sentencePauseMs : pauses.clausePauseMs;
}

function withSilence({ samples, sampleRateHz }: PcmAudio, silenceMs: number): PcmAudio {
  const longer = new Float32Array(samples.length + Math.round((silenceMs / 1000) * sampleRateHz));
  longer.set(samples);
  return { samples: longer, sampleRateHz };
}
