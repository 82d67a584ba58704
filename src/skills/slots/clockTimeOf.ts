import { type DayPart, hourOfDay } from './dayPart.js';
import { asNumberWord, wholeNumberOf } from './numberOf.js';

export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export const DAYS = ['today', 'tomorrow', 'day after tomorrow', ...WEEKDAYS] as const;
export type Day = (typeof DAYS)[number];

/** A time of day as it was said. */
export interface ClockTime {
  /** 0 to 23; on the face of a clock, 1 to 12, where `isTwelveHour`. */
  readonly hour: number;
  /** 0 to 59. */
  readonly minute: number;
  /** Nothing says which half of the day is meant: "seven". */
  readonly isTwelveHour: boolean;
  /** Absent: the next time that it is so late. */
  readonly day?: Day;
}

const DAY = `(?:the )?(?<day>${DAYS.join('|')})s?`;
const PART = '(?<part>morning|afternoon|evening|night)';
/** Each may stand before or behind the time. */
const WHEN = [
  `(?:on )?${DAY} ${PART}`,
  `(?<tonight>tonight|this evening)`,
  `this ${PART}`,
  `in the ${PART}`,
  `(?:on )?${DAY}`,
  `(?:at )(?<part>night)`,
];
const BEFORE = WHEN.map((when) => new RegExp(`^${when}(?: at| for)? (?=.)`));
const BEHIND = WHEN.map((when) => new RegExp(` ${when}$`));

/**
 * The time of day that a text says and nothing else: "seven", "7 30 pm", "half past seven", "quarter to eight in the
 * morning", "noon", "seven thirty tomorrow morning", "monday at six", "0730".
 */
export function clockTimeOf(text: string): ClockTime | undefined {
  let core = text.replace(/^(?:at|for) /, '').replace(/(?<=\d) point (?=[0-5]\d)/, ' '); // "7.30" is a time here
  let day: Day | undefined;
  let part: DayPart | undefined;
  let isTonight = false;
  for (let taken = true; taken; ) {
    taken = false;
    for (const when of [...BEFORE, ...BEHIND]) {
      const groups = when.exec(core)?.groups;
      if (!groups) continue;
      if ((groups['day'] && day) || (groups['part'] && part) || (groups['tonight'] && (day || part))) return undefined;
      day = (groups['day'] as Day | undefined) ?? day;
      part = (groups['part'] as DayPart | undefined) ?? part;
      if (groups['tonight']) [isTonight, part] = [true, 'night'];
      core = core.replace(when, '').replace(/^(?:at|for) /, '');
      taken = true;
      break;
    }
  }
  const time = timeOf(core, part);
  if (!time) return undefined;
  if (isTonight && time.hour >= 12) day = 'today';
  return day === undefined ? time : { ...time, day };
}

function timeOf(core: string, part: DayPart | undefined): ClockTime | undefined {
  if (/^(?:(?:twelve|12) )?(?:noon|midday)$/.test(core)) return { hour: 12, minute: 0, isTwelveHour: false };
  if (/^(?:(?:twelve|12) )?midnight$/.test(core)) return { hour: 0, minute: 0, isTwelveHour: false };
  const [, body = core, half] = /^(.*?) ?\b(am|pm|a m|p m)$/.exec(apart(core)) ?? [];
  const isAfternoon = half?.startsWith('p');
  const said = half === undefined ? part : isAfternoon ? 'pm' : 'am';
  if (half !== undefined && part !== undefined && (part === 'morning') !== !isAfternoon && part !== 'night')
    return undefined;
  const face = faceOf(body.replace(/ o ?'?clock$/, ''));
  if (!face) return undefined;
  // "In the morning" of "twenty to twelve in the morning" is about the eleventh hour.
  const isBefore = face.minute < 0;
  const hour = hourOfDay(isBefore ? (face.hour === 1 ? 12 : face.hour - 1) : face.hour, said);
  if (hour === undefined) return undefined;
  const isTwelveHour = said === undefined && face.hour >= 1 && face.hour <= 12 && !face.is24h;
  return { hour, minute: isBefore ? face.minute + 60 : face.minute, isTwelveHour };
}

/** "7pm" as "7 pm". */
function apart(core: string): string {
  return core.replace(/(\d)(am|pm)$/, '$1 $2');
}

interface Face {
  readonly hour: number;
  /** Negative before the hour. */
  readonly minute: number;
  /** Written as one writes hours from 0 to 23: "07 30". */
  readonly is24h?: boolean;
}

function faceOf(text: string): Face | undefined {
  const [, amount, direction, hourText] = /^(.+?)(?: minutes?)? (past|after|to|before|of|till) (.+)$/.exec(text) ?? [];
  if (amount !== undefined && hourText !== undefined) {
    const hour = hourOf(hourText);
    const minute = /^(?:a )?quarter$/.test(amount) ? 15 : amount === 'half' ? 30 : wholeNumberOf(amount);
    const isPast = direction === 'past' || direction === 'after';
    if (!hour || !minute || minute >= 60 || (amount === 'half' && !isPast)) return undefined;
    return { hour, minute: isPast ? minute : -minute };
  }
  const halfHour = hourOf(/^half (.+)$/.exec(text)?.[1] ?? ''); // "half seven" is half past seven in Britain
  if (halfHour) return { hour: halfHour, minute: 30 };
  const [, figuresHour, figuresMinute] = /^(\d{1,2}) ?([0-5]\d)$/.exec(text) ?? [];
  if (figuresHour !== undefined && Number(figuresHour) < 24) {
    return { hour: Number(figuresHour), minute: Number(figuresMinute), is24h: figuresHour.startsWith('0') };
  }
  const hour = hourOf(text);
  return hour === undefined ? spokenFace(text.split(' ')) : { hour, minute: 0 };
}

/** "seven thirty", "seven oh five". */
function spokenFace(words: readonly string[]): Face | undefined {
  for (let split = 1; split < words.length; split++) {
    const hour = hourOf(words.slice(0, split).join(' '));
    const after = words.slice(split);
    const minute =
      after[0] === 'oh' || after[0] === 'o' || after[0] === 'zero'
        ? single(after.slice(1).join(' '))
        : wholeNumberOf(after.join(' '));
    if (hour === undefined || minute === undefined || minute >= 60) continue;
    if (minute >= 10 || after.length === 2) return { hour, minute };
  }
  return undefined;
}

function single(text: string): number | undefined {
  const value = wholeNumberOf(text);
  return value !== undefined && value >= 1 && value <= 9 ? value : undefined;
}

function hourOf(text: string): number | undefined {
  if (/^(?:a|half|quarter|couple)/.test(text)) return undefined;
  const value = wholeNumberOf(asNumberWord(text));
  return value !== undefined && value < 24 ? value : undefined;
}
