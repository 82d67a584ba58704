/** A minute of a calendar, wherever that calendar hangs. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
  /** 0 to 23. */
  readonly hour: number;
  /** 0 to 59. */
  readonly minute: number;
}

/** No zone is further from Greenwich, and no clock is put on by more, with room to spare. */
const DAY_MS = 86_400_000;

/** What clocks and calendars in a zone show. @throws {RangeError} no such zone */
export function localTimeOf(instantMs: number, zone: string): LocalTime {
  const shown = new Date(shownMs(instantMs, formatOf(zone)));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
  };
}

/**
 * When clocks in a zone show a time. Where they do so twice, because they are put back, the first; where they never do,
 * because they are put forward over it, the moment at which they are.
 * @returns ms since 1970
 * @throws {RangeError} no such zone
 */
export function instantOf(local: LocalTime, zone: string): number {
  const format = formatOf(zone);
  const wantedMs = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute);
  const offsets = [wantedMs - DAY_MS, wantedMs + DAY_MS].map((ms) => shownMs(ms, format) - ms);
  const candidates = offsets.map((offsetMs) => wantedMs - offsetMs);
  const shown = candidates.filter((ms) => shownMs(ms, format) === wantedMs);
  if (shown.length > 0) return Math.min(...shown);
  return firstNotBefore(wantedMs, Math.min(...candidates), Math.max(...candidates), format);
}

/** The same date `days` later, at the same time of day. */
export function daysLater(local: LocalTime, days: number): LocalTime {
  const date = new Date(Date.UTC(local.year, local.month - 1, local.day + days));
  return { ...local, year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** 0: Sunday. */
export function weekdayOf({ year, month, day }: LocalTime): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** Bisects to the second in which clocks are put forward past `wantedMs`. */
function firstNotBefore(wantedMs: number, beforeMs: number, afterMs: number, format: Intl.DateTimeFormat): number {
  let [low, high] = [beforeMs / 1000 - 1, afterMs / 1000];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (shownMs(middle * 1000, format) < wantedMs) low = middle;
    else high = middle;
  }
  return high * 1000;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}

/** What clocks show, as if it were Greenwich's. To the second. */
function shownMs(instantMs: number, format: Intl.DateTimeFormat): number {
  const part = Object.fromEntries(format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
