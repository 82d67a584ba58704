import type { ChatMessage } from './chatModel.js';

/**
 * What every conversation starts with. The same bytes always: the server keeps what it computed for a prompt's beginning
 * and reuses it up to the first difference, so anything that changes (the time above all) belongs at the other end.
 */
export const VOICE_SYSTEM_PROMPT = [
  'You are a voice assistant in a home. Everything you write is read aloud, so write the way people speak.',
  'Answer in one to three short sentences, unless you are asked for more. Start with the answer itself.',
  'Use plain sentences only: no lists, no headings, no markdown, no emoji, no links, no code.',
  'Write numbers, units and times so that they can be spoken, for example "twenty degrees" or "half past two".',
  'If you do not know something, say so. Never invent facts, and never claim to have done something in the house.',
  'Answer in the language of the question.',
  'The note in square brackets before a question is the local date and time. Use it only when the question needs it.',
].join('\n');

/** How much of a conversation goes into a prompt. */
export interface HistoryLimits {
  /** In UTF-16 code units, over all messages. */
  readonly maxHistoryChars: number;
}

/** About 1000 tokens of English: with the system prompt, a question and a reply it fits a context of 2048 tokens. */
export const HISTORY_DEFAULTS = { maxHistoryChars: 4_000 } as const satisfies HistoryLimits;

/**
 * The prompt of a turn: system prompt, history, question.
 * @param history what was said before, oldest first; messages of the role `system` in it are left out
 * @param asked as `askedAs` words it
 */
export function buildMessages(
  history: readonly ChatMessage[],
  asked: string,
  limits: HistoryLimits = HISTORY_DEFAULTS,
): ChatMessage[] {
  return [
    { role: 'system', content: VOICE_SYSTEM_PROMPT },
    ...trimHistory(history, limits),
    { role: 'user', content: asked },
  ];
}

/**
 * A question as the model is asked it, and as the history keeps it: byte for byte the same, so that the server has read it
 * already. The time stands before the question, of which the model can then read the beginning before the end is known.
 * @param question of any length; limiting it is the caller's
 * @param now told to the model as local time
 */
export function askedAs(question: string, now: Date): string {
  return `[${clockNote(now)}]\n${question}`;
}

/**
 * The newest part of a history. When the history grows over its limit its older half goes at once, and not one message a
 * turn: each cut changes the beginning of the prompt, and the server then reads the whole of it again. Where the cuts are
 * depends only on the messages before them, so a longer history has the same ones.
 */
export function trimHistory(history: readonly ChatMessage[], { maxHistoryChars }: HistoryLimits): ChatMessage[] {
  let kept: ChatMessage[] = [];
  let chars = 0;
  for (const message of history) {
    // A reply whose question was cut is cut with it.
    if (message.role === 'system' || (kept.length === 0 && message.role === 'assistant')) continue;
    kept.push(message);
    chars += message.content.length;
    if (chars <= maxHistoryChars) continue;
    kept = newestWithin(kept, maxHistoryChars / 2);
    chars = lengthOf(kept);
  }
  return kept;
}

/** The longest end of `messages` that fits and starts with a question. */
function newestWithin(messages: readonly ChatMessage[], maxChars: number): ChatMessage[] {
  let start = messages.length;
  let chars = 0;
  for (let i = messages.length - 1; i >= 0; i--) {
    const message = messages[i];
    if (message === undefined) break;
    chars += message.content.length;
    if (chars > maxChars) break;
    if (message.role === 'user') start = i;
  }
  return messages.slice(start);
}

function lengthOf(messages: readonly ChatMessage[]): number {
  return messages.reduce((chars, { content }) => chars + content.length, 0);
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** "Tuesday, 3 March 2026, 14:05", in the machine's time zone. Not from `Intl`, whose bytes differ between versions. */
function clockNote(now: Date): string {
  const time = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
  return `${WEEKDAYS[now.getDay()]}, ${now.getDate()} ${MONTHS[now.getMonth()]} ${now.getFullYear()}, ${time}`;
}
