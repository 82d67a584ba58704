export type DayPart = 'morning' | 'afternoon' | 'evening' | 'night' | 'am' | 'pm';

/** Nobody says "six at night" of the morning, or "five at night" of the evening. */
const NIGHT_BEGINS = 6;

/**
 * The hour of the day, 0 to 23, of an hour as it was said; undefined where they do not fit: "15 in the morning".
 * @param hour 0 to 23
 */
export function hourOfDay(hour: number, part: DayPart | undefined): number | undefined {
  if (part === undefined) return hour;
  const onTheFace = hour % 12;
  const isLate = hour > 12;
  switch (part) {
    case 'am':
    case 'morning':
      return isLate ? undefined : onTheFace;
    case 'pm':
    case 'afternoon':
    case 'evening':
      return hour === 0 ? undefined : onTheFace + 12;
    case 'night':
      if (isLate) return hour >= 12 + NIGHT_BEGINS ? hour : undefined;
      return onTheFace >= NIGHT_BEGINS ? onTheFace + 12 : onTheFace;
  }
}
