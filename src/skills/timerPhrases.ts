import { durationOf } from './slots/durationOf.js';
import { asOrder, WANTED } from './slots/requestFrame.js';
import { type DescribedTimer, describedTimerOf, timerNameOf } from './slots/timerName.js';
import type { TimerArgs } from './timerSkill.js';

const THE = '(?:the |my |our |this |that |a |an )?';
const DESC = '(?:(?<desc>.+?) )?';
const BY_NAME = '(?: (?:for|called|named) (?<behind>.+))?';

const START_VERB = `(?:put on|(?:set|start|make|create|begin|run|get|give|put)(?: me)?|add|need|have|${WANTED})`;
const START = [
  new RegExp(
    `^(?:${START_VERB} )?(?:up )?(?:a |an |another |the |my )?(?:new )?(?:(?<desc>.+?) )?timer(?: (?:on|going))?(?: (?<behind>.+))?$`,
  ),
  /^(?:set|give me) an alarm (?:in|for) (?<length>.+?)(?: from now)?$/,
  /^(?:wake me(?: up)?|time me|ring|beep) (?:in|for) (?<length>.+?)(?: from now)?$/,
  /^(?:(?:remind|tell|alert|warn|call|ping) me|let me know) (?:in|after) (?<length>.+?)(?: from now)?$/,
  /^(?:(?:remind|alert|warn|call) me )?(?:when|after|once) (?<length>.+) (?:are|is|have|has) (?:up|over|passed|gone by|elapsed)$/,
  /^(?:count ?down|start counting down|(?:start|begin|set|do|give me|run) a count ?down)(?: from| for| of)? (?<length>.+)$/,
  /^(?:(?:start|begin|set|do|give me|run) )?(?:a |the )?(?<length>.+) count ?down$/,
];
/** What stands behind "timer": the duration, the name or both. */
const BEHIND = [
  /^(?:(?:for|of|to|with|at) )?(?<length>.+)$/,
  /^(?:(?:for|of|to|with) )?(?<length>.+?) (?:for|called|named|labelled) (?<name>.+)$/,
  /^(?:for|called|named|labelled) (?<name>.+?) (?:for|of|with|to|at) (?<length>.+)$/,
];

const CANCEL = new RegExp(
  `^(?:cancel|stop|delete|remove|clear|end|kill|dismiss|abort|turn off|switch off|get rid of) ${THE}${DESC}timer${BY_NAME}$`,
);
const CANCEL_ALL =
  /^(?:cancel|stop|delete|remove|clear|end|kill|dismiss|turn off|switch off|get rid of) (?:(?:all|both|every)(?: of)? ?)?(?:the |my |our )?(?:running )?timers?$/;

const HOW_LONG = 'how (?:much (?:more )?time|much longer|much|long|many (?:more )?(?:minutes|seconds|hours))';
const LEFT = [
  new RegExp(
    `^${HOW_LONG}(?: is| are|'s)?(?: there| still)?(?: do i have| have i got)?(?: left| remaining| to go)(?: (?:on|in|for|with|of) ${THE}${DESC}timers?)?$`,
  ),
  new RegExp(
    `^${HOW_LONG}(?: is| are|'s)?(?: there)?(?: do i have)? (?:on|for) ${THE}${DESC}timer(?: left| remaining)?$`,
  ),
  new RegExp(
    `^${HOW_LONG} (?:does|has|will|is) ${THE}${DESC}timer(?: still)?(?: have| got| run| going to run| take)?(?: left| remaining| to go)?$`,
  ),
  new RegExp(`^(?:how's|how is|check|check on) ${THE}${DESC}timer(?: doing| going)?$`),
  new RegExp(`^what(?:'s| is) (?:left on|on|the time (?:left )?on|the status of|remaining on) ${THE}${DESC}timer$`),
  new RegExp(`^when (?:does|will|is) ${THE}${DESC}timer (?:ring|go off|end|finish|over|done|up|be done|be over)$`),
  new RegExp(`^what(?:'s| is) ${THE}${DESC}timer at$`),
  new RegExp(
    `^${HOW_LONG} (?:until|till|before) ${THE}${DESC}timer (?:rings|goes off|ends|is up|is over|is done|finishes)$`,
  ),
  /^(?:time|timer) (?:left|remaining|status)$/,
  /^(?:what|which|how many) timers (?:are|do i have|have i got|do we have)(?: there)?(?: set| running| on| active| going)*$/,
  /^(?:do i have|have i got|are there|is there) (?:any timers?|a timer)(?: set| running| on| active| going)*$/,
  /^(?:list|show|show me|read|what are) (?:all )?(?:of )?(?:the|my) timers$/,
];

const ORDERED = new RegExp(`^(?:set|start|give me|make|create|${WANTED}) `);

const ADD = [
  new RegExp(
    `^(?:add|put|give me|give it|i need) (?:another |an extra |an additional )?(?<length>.+?)(?: more)?(?: (?:to|on|onto|for) ${THE}${DESC}timer)?$`,
  ),
  new RegExp(`^(?:extend|increase|lengthen|prolong) ${THE}${DESC}timer by (?:another )?(?<length>.+)$`),
  new RegExp(`^make ${THE}${DESC}timer (?<length>.+) longer$`),
  new RegExp(`^give ${THE}${DESC}timer (?:another|an extra|an additional) (?<length>.+)$`),
  new RegExp(`^give ${THE}${DESC}timer (?<length>.+) more$`),
];
const SHORTEN = [
  new RegExp(`^(?:take|remove|subtract|cut) (?<length>.+) (?:off|from|off of) ${THE}${DESC}timer$`),
  new RegExp(`^(?:shorten|reduce|decrease) ${THE}${DESC}timer by (?<length>.+)$`),
  new RegExp(`^make ${THE}${DESC}timer (?<length>.+) shorter$`),
];
const PAUSE = new RegExp(`^(?:pause|hold|freeze|halt) ${THE}${DESC}timer$`);
const RESUME = new RegExp(`^(?:resume|continue|unpause|un pause|restart|carry on with) ${THE}${DESC}timer$`);

/** What an utterance asks of the timers. */
export function timerRequest(words: string): TimerArgs | undefined {
  const order = asOrder(words);
  if (CANCEL_ALL.test(order) && /timers$|\b(?:all|both|every)\b/.test(order)) return { action: 'cancel-all' };
  return (
    aboutOne('cancel', [CANCEL], order) ??
    aboutOne('pause', [PAUSE], order) ??
    aboutOne('resume', [RESUME], order) ??
    aboutOne('left', LEFT, order) ??
    longer(ADD, order, 1) ??
    longer(SHORTEN, order, -1) ??
    start(order)
  );
}

function aboutOne(action: TimerArgs['action'], patterns: readonly RegExp[], order: string): TimerArgs | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(order);
    if (!match) continue;
    const which = whichOf(match.groups);
    if (which) return { action, ...which };
  }
  return undefined;
}

function whichOf(groups: Record<string, string> | undefined): Pick<TimerArgs, 'name' | 'ofSeconds'> | undefined {
  const described = describedTimerOf(groups?.['desc'] ?? '');
  const behind = groups?.['behind'];
  const named = behind === undefined ? {} : describedTimerOf(behind);
  if (!described || !named) return undefined;
  const { name, seconds } = { ...described, ...named };
  return { ...(name !== undefined && { name }), ...(seconds !== undefined && { ofSeconds: seconds }) };
}

function longer(patterns: readonly RegExp[], order: string, sign: 1 | -1): TimerArgs | undefined {
  for (const pattern of patterns) {
    const groups = pattern.exec(order)?.groups;
    const length = groups?.['length']?.replace(/^(.+) more (minutes?|seconds?|hours?)$/, '$1 $2') ?? '';
    const seconds = durationOf(length) ?? durationOf(`a ${length}`);
    const which = seconds === undefined ? undefined : whichOf(groups);
    if (seconds !== undefined && which) return { action: 'add', seconds: sign * seconds, ...which };
  }
  return undefined;
}

function start(order: string): TimerArgs | undefined {
  for (const pattern of START) {
    const groups = pattern.exec(order)?.groups;
    if (!groups) continue;
    const { length } = groups;
    const seconds = length === undefined ? undefined : durationOf(length);
    if (length !== undefined && seconds === undefined) continue;
    const described = seconds === undefined ? fromParts(groups['desc'], groups['behind'], order) : { seconds };
    if (described) return { action: 'start', ...described };
  }
  return undefined;
}

function fromParts(desc: string | undefined, behind: string | undefined, order: string): DescribedTimer | undefined {
  const before = describedTimerOf(desc ?? '');
  if (!before) return undefined;
  if (behind !== undefined) {
    const after = behindOf(behind) ?? (before.seconds === undefined ? undefined : whatForOf(behind));
    const isDouble =
      after && ((after.seconds !== undefined && before.seconds !== undefined) || (after.name && before.name));
    return after && !isDouble ? { ...before, ...after } : undefined;
  }
  // Without a duration only a request is one: "set a pasta timer", and not "egg timer".
  return before.seconds !== undefined || ORDERED.test(order) ? before : undefined;
}

/** "For the chicken", where the duration has been said. */
function whatForOf(text: string): DescribedTimer | undefined {
  const name = timerNameOf(/^for ((?:the|my|our) .+)$/.exec(text)?.[1] ?? '');
  return name === undefined ? undefined : { name };
}

function behindOf(text: string): DescribedTimer | undefined {
  for (const pattern of BEHIND) {
    const groups = pattern.exec(text)?.groups;
    const seconds = durationOf(groups?.['length'] ?? '');
    const name = groups?.['name'] === undefined ? undefined : timerNameOf(groups['name']);
    if (seconds !== undefined && (groups?.['name'] === undefined || name !== undefined)) {
      return { seconds, ...(name !== undefined && { name }) };
    }
  }
  const name = timerNameOf(/^(?:called|named|labelled) (.+)$/.exec(text)?.[1] ?? '');
  return name === undefined ? undefined : { name };
}
