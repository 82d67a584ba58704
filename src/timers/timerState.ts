import { z } from 'zod';
import type { LocalTime } from './zonedTime.js';

const kind = z.enum(['timer', 'alarm']);
const name = z.string().max(80).optional();
const instantMs = z.number().int().min(-8.64e15).max(8.64e15);

const local = z.object({
  year: z.number().int().min(1970).max(9999),
  month: z.number().int().min(1).max(12),
  day: z.number().int().min(1).max(31),
  hour: z.number().int().min(0).max(23),
  minute: z.number().int().min(0).max(59),
}) satisfies z.ZodType<LocalTime>;

const due = z.discriminatedUnion('by', [
  /** Counts elapsed time. Absolute, because no monotonic clock outlives the computer's start. */
  z.object({ by: z.literal('elapsed'), atMs: instantMs }),
  z.object({ by: z.literal('paused'), leftMs: z.number().min(0) }),
  /** Follows the clocks of a zone. */
  z.object({ by: z.literal('wall'), local, zone: z.string().refine(isZone, 'no such time zone') }),
]);

const kept = z.object({
  kind,
  name,
  lengthMs: z.number().positive().optional(),
  due,
});

/** What a file of timers holds. */
export const timerState = z.object({
  version: z.literal(1),
  /** By the clock on the wall (ms since 1970). */
  savedAtMs: instantMs,
  timers: z.array(kept).max(1000),
  missed: z.array(z.object({ kind, name, dueMs: instantMs, why: z.enum(['off', 'unheard']) })).max(1000),
});

export type TimerState = z.infer<typeof timerState>;
export type KeptTimer = z.infer<typeof kept>;

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
