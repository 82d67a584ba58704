import { writeEventLog } from '../observability/eventLog.js';
import type { FlightRecorder } from '../observability/flightRecorder.js';
import type { Metrics } from '../observability/metrics.js';
import { turnEvents } from '../observability/turnEvents.js';
import type { Answer } from './http/answers.js';
import type { WallTime } from './live/wallTime.js';

export interface AnswerSources {
  readonly recorder: Pick<FlightRecorder, 'entries'>;
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  readonly time: WallTime;
}

/** What is made when it is asked for: "/metrics", and the events of a turn that is remembered. Undefined: nothing else is. */
export function madeAnswer(url: URL, sources: AnswerSources): Promise<Answer | undefined> | undefined {
  if (url.pathname === '/metrics') return metricsAnswer(sources);
  const turn = /^\/turns\/(\d+-\d+)\.jsonl$/.exec(url.pathname)?.[1];
  if (turn === undefined) return undefined;
  return Promise.resolve(turnAnswer(turn, url.searchParams.get('words') === '1', sources));
}

async function metricsAnswer({ metrics }: AnswerSources): Promise<Answer> {
  return { status: 200, type: metrics.contentType, body: await metrics.text() };
}

/** For `pressel replay`. @param showWords whether what was said may be in it */
function turnAnswer(turn: string, showWords: boolean, { recorder, time }: AnswerSources): Answer | undefined {
  const events = turnEvents(recorder.entries, turn);
  const [first] = events;
  if (first === undefined) return undefined;
  return {
    status: 200,
    type: 'application/jsonl; charset=utf-8',
    body: writeEventLog(events, new Date(time.of(first.atMs)), showWords),
    headers: { 'content-disposition': `attachment; filename="pressel-turn-${turn}.jsonl"` },
  };
}
