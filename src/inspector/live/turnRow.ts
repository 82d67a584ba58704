import type { PastTurn } from '../../turn/turnHistory.js';
import { sameWord, wordsSaidBy } from '../../turn/wordsSaid.js';
import type { TurnRow } from '../protocol.js';
import type { WallTime } from './wallTime.js';

/** A turn as the page is told of it. @param showWords whether what was said may be seen */
export function turnRow(turn: PastTurn, time: WallTime, showWords: boolean): TurnRow {
  const { recordedAs, endedAtMs, queuedMs, transcript, why, chunks, ...rest } = turn;
  return {
    id: recordedAs,
    at: time.of(endedAtMs),
    source: rest.source,
    outcome: rest.outcome,
    route: rest.route,
    why: showWords ? why : null,
    transcript: showWords ? transcript : null,
    chunks: chunks.map((text, index) => ({
      text: showWords ? text : null,
      chars: text.length,
      queuedMs: queuedMs[index] ?? null,
    })),
    heardChars: heardChars(turn),
    interrupted: rest.interrupted,
    timeline: rest.timeline,
    problem: rest.problem,
    tools: rest.tools,
    tokens: rest.tokens,
    wastedTokens: rest.wastedTokens,
    anticipated: rest.anticipated,
  };
}

/**
 * How much of the chunks, joined by blanks, was heard. The record has what was heard as it is written ("3.5 kg"), and the
 * chunks as they were said: words that are the same in both tie them together, beyond the last such word is one for each.
 */
export function heardChars({
  chunks,
  heard,
  interrupted,
  problem,
}: Pick<PastTurn, 'chunks' | 'heard' | 'interrupted' | 'problem'>): number {
  const whole = chunks.join(' ');
  const written = heard.match(/\S+/g) ?? [];
  if (written.length === 0) return 0;
  if (!interrupted && problem === null) return whole.length;
  const said = [...whole.matchAll(/\S+/g)];
  const saidWords = said.map(([word]) => word);
  const saidBy = wordsSaidBy(written, saidWords);
  const tied = written.findLastIndex((word, index) => sameWord(word, saidWords[(saidBy[index] ?? 0) - 1] ?? ''));
  const heardWords = (saidBy[tied] ?? 0) + (written.length - 1 - tied);
  const last = said[Math.min(heardWords, said.length) - 1];
  return last === undefined ? 0 : last.index + last[0].length;
}
