import { z } from 'zod';
import { plainEvent } from './eventWords.js';
import type { RecordedEvent, RecordedState } from './flightRecorder.js';

/** Of the format: a number for `pressel replay` to know it by. */
export const EVENT_LOG_VERSION = 1;

const stateSchema = z.object({
  value: z.record(z.string(), z.unknown()),
  context: z.record(z.string(), z.unknown()),
});

/** The first line. */
const headerSchema = z.object({
  pressel: z.literal('events'),
  version: z.literal(EVENT_LOG_VERSION),
  /** When the first event came, ISO 8601. */
  at: z.iso.datetime(),
  /** The statechart before the first event; null: it begins with it. */
  from: stateSchema.nullable(),
});

/** Each further line. */
const lineSchema = z.object({
  /** Since the first event. */
  ms: z.number(),
  event: z.looseObject({ type: z.string() }),
  taken: z.array(z.string()),
  after: stateSchema,
});

export type EventLogHeader = z.output<typeof headerSchema>;
export type EventLogLine = z.output<typeof lineSchema>;

export interface EventLog {
  readonly header: EventLogHeader;
  readonly lines: readonly EventLogLine[];
}

/**
 * Events as text for `pressel replay`: JSON Lines, the first says where the statechart stood.
 * @param entries without a gap, at least one
 * @param at when the first of them came
 */
export function writeEventLog(entries: readonly RecordedEvent[], at: Date, showWords: boolean): string {
  const [first] = entries;
  if (first === undefined) throw new RangeError('there is no event to write');
  const header: EventLogHeader = {
    pressel: 'events',
    version: EVENT_LOG_VERSION,
    at: at.toISOString(),
    from: plainState(first.before) ?? null,
  };
  const lines = entries.map(({ atMs, event, taken, after }) => ({
    ms: Math.round(atMs - first.atMs),
    event: plainEvent(event, showWords),
    taken,
    after,
  }));
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** A file is not an event log, or one of another version. The message says what and where. */
export class EventLogError extends Error {
  override readonly name = 'EventLogError';
}

/** @throws {EventLogError} */
export function readEventLog(text: string): EventLog {
  const lines = text.split(/\r?\n/);
  while (lines.at(-1)?.trim() === '') lines.pop();
  const [first = '', ...rest] = lines;
  const header = parsed(first, 1, headerSchema, 'the first line of an event log of this version');
  return { header, lines: rest.map((line, index) => parsed(line, index + 2, lineSchema, 'an event')) };
}

function parsed<T>(text: string, line: number, schema: z.ZodType<T>, expected: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new EventLogError(`line ${line} is not JSON; expected ${expected}`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue && issue.path.length > 0 ? ` ("${issue.path.join('.')}": ${issue.message})` : '';
  throw new EventLogError(`line ${line} is not ${expected}${where}`);
}

function plainState(state: RecordedState | undefined): EventLogHeader['from'] | undefined {
  return state && stateSchema.parse(state);
}
