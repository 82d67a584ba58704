import type { AlarmArgs } from './alarmSkill.js';
import { type ClockTime, clockTimeOf, DAYS } from './slots/clockTimeOf.js';
import { asksToRepeat } from './slots/repetition.js';
import { asOrder, WANTED } from './slots/requestFrame.js';
import { timerNameOf } from './slots/timerName.js';

const SET_VERB = `(?:(?:set|make|create|schedule|give)(?: me)?|add|put on|put|start|${WANTED})`;
const SET = new RegExp(
  `^(?<verb>${SET_VERB} )?(?:up )?(?:a |an |another |the |my )?(?:new )?(?:(?<desc>.+?) )?alarm(?: clock)?(?: on)?(?: (?<behind>.+))?$`,
);
const WAKE = /^(?<before>.+ )?(?:wake me(?: up)?|get me up) (?:(?:at|by|for) )?(?<time>.+)$/;
const CANCEL_VERB = '(?:cancel|stop|delete|remove|clear|dismiss|turn off|switch off|get rid of|unset)';
const CANCEL = new RegExp(
  `^${CANCEL_VERB} (?:the |my |our |that |this )?(?:next )?(?:(?<desc>.+?) )?alarm(?: clock)?(?: (?<behind>.+))?$`,
);
const CANCEL_ALL = new RegExp(`^${CANCEL_VERB} (?:(?:all|both|every)(?: of)? ?)?(?:the |my |our )?alarms?$`);
const DO_NOT_WAKE = /^(?:don't|do not|dont) wake me(?: up)?(?: tomorrow| today)?$/;
const LIST = [
  /^(?:what|which|how many) alarms? (?:are|is|do i have|have i got|did i set|have i set)(?: there)?(?: set| on| active)*(?: for (?:today|tomorrow))?$/,
  /^(?:do i have|have i got|are there|is there) (?:any alarms?|an alarm)(?: set| on| active)*(?: for (?:today|tomorrow))?$/,
  /^(?:list|show|show me|read|what are) (?:all )?(?:of )?(?:the|my) alarms$/,
  /^(?:when|what time|for when|at what time|what time for) (?:is|are|does|will) (?:the|my) (?:next )?alarms?(?: clock)?(?: set| ring| go off| going off)?(?: for| to)?$/,
  /^(?:when|what time) (?:will you|are you going to|do you) wake me(?: up)?(?: tomorrow)?$/,
  /^(?:is|are) (?:the|my) alarms? (?:set|on)(?: for (?:today|tomorrow))?$/,
];

/** What asks for an alarm in words that may not be understood any further. */
const REQUESTS = [
  new RegExp(
    `^${SET_VERB} (?:me )?(?:up )?(?:a |an |another |the |my )?(?:(?!about|of|with)\\S+ ){0,3}alarms?(?: clock)?(?!.* list$)(?: (?:for|at|on|to|that|which|every|each|from|and|called|named) .+| daily| weekly)?$`,
  ),
  /^(?:please )?(?:wake me|get me up) (?!to |up$)(?!.* list$).+$/,
  /^repeat (?:the|my|this|that) (?:\S+ )?alarm(?: (?:for|every|each|on) .+)?$/,
  /^make (?:the|my|this|that) (?:\S+ )?alarm (?:repeat|ring|go off|recurring|daily|weekly)(?: .+)?$/,
  /^(?:every|each|on) .+ (?:wake me(?: up)?|set an alarm)(?: (?:at|for|by) .+)?$/,
];

/** What an utterance asks of the alarms. */
export function alarmRequest(words: string): AlarmArgs | undefined {
  const order = asOrder(words);
  if (LIST.some((pattern) => pattern.test(order))) return { action: 'list' };
  if (CANCEL_ALL.test(order) && /alarms$|\b(?:all|both|every)\b/.test(order)) return { action: 'cancel-all' };
  if (DO_NOT_WAKE.test(order)) return { action: 'cancel' };
  const asked = wake(order) ?? cancel(order) ?? set(order);
  const wantsOne = asked ? asked.action === 'set' : REQUESTS.some((pattern) => pattern.test(order));
  return wantsOne && asksToRepeat(order) ? { action: 'set', repeats: true } : asked;
}

/** Whoever is to be woken at seven sleeps at night. */
function wake(order: string): AlarmArgs | undefined {
  const { before = '', time: said = '' } = WAKE.exec(order)?.groups ?? {};
  const time = clockTimeOf(`${before}${said}`);
  return (
    time && { action: 'set', ...timeArgs(time.hour >= 4 && time.hour < 12 ? { ...time, isTwelveHour: false } : time) }
  );
}

function cancel(order: string): AlarmArgs | undefined {
  const match = CANCEL.exec(order) ?? undefined;
  const described = match && describedAlarm(match.groups?.['desc'], match.groups?.['behind']);
  return described && { action: 'cancel', ...described };
}

function set(order: string): AlarmArgs | undefined {
  const match = SET.exec(order) ?? undefined;
  const described = match && describedAlarm(match.groups?.['desc'], match.groups?.['behind']);
  if (!described) return undefined;
  // Without a time only a request is one: "set an alarm", and not "fire alarm".
  return described.time !== undefined || match?.groups?.['verb'] ? { action: 'set', ...described } : undefined;
}

/** Where "alarm" has the time or the name before it, behind it, or both. */
function describedAlarm(desc = '', behind = ''): Omit<AlarmArgs, 'action'> | undefined {
  const before = desc === '' ? {} : partOf(desc);
  const after = behind === '' ? {} : behindOf(behind);
  if (!before || !after || (before.time && after.time) || (before.name && after.name)) return undefined;
  return { ...before, ...after };
}

function behindOf(text: string): Omit<AlarmArgs, 'action'> | undefined {
  const day = DAYS.find((name) => text === name || text === `for ${name}` || text === `on ${name}`);
  if (day) return { day };
  const time = clockTimeOf(text.replace(/^(?:for|at|to|on) (?:at )?/, ''));
  if (time) return timeArgs(time);
  const [, when = '', name = ''] = /^(?:(?:for|at) (.+?) )?(?:called|named|labelled|for) (.+)$/.exec(text) ?? [];
  const called = timerNameOf(name);
  const at = when === '' ? undefined : clockTimeOf(when);
  if (called === undefined || (when !== '' && !at)) return undefined;
  return { name: called, ...(at && timeArgs(at)) };
}

function partOf(text: string): Omit<AlarmArgs, 'action'> | undefined {
  const time = clockTimeOf(text);
  if (time) return timeArgs(time);
  const name = timerNameOf(text);
  return name === undefined ? undefined : { name };
}

function timeArgs({ hour, minute, isTwelveHour, day }: ClockTime): Omit<AlarmArgs, 'action'> {
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    time: `${two(hour)}:${two(minute)}`,
    ...(isTwelveHour && { eitherHalf: true }),
    ...(day !== undefined && { day }),
  };
}
