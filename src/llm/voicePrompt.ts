import type { ChatMessage } from './chatModel.js';

/** Who the assistant is. */
export interface Persona {
  /** What it is called. */
  readonly name: string;
  /** Sentences for the model about how it speaks and what it likes; may be empty. */
  readonly personality: string;
  /** BCP 47 tag of the language that it speaks where the question does not call for another. */
  readonly language: string;
}

export const PERSONA_DEFAULTS = { name: 'Pressel', personality: '', language: 'en-US' } as const satisfies Persona;

/**
 * What every conversation starts with. The same bytes always for one persona: the server keeps what it computed for a
 * prompt's beginning and reuses it up to the first difference, so anything that changes (the time above all) belongs at
 * the other end.
 */
export function voiceSystemPrompt({ name, personality, language }: Persona = PERSONA_DEFAULTS): string {
  return [
    `You are ${name}, a voice assistant in a home. You are heard, not read: write the way people speak.`,
    'Answer in one to three short sentences, unless you are asked for more. Start with the answer itself.',
    'Use plain sentences only: no lists, no headings, no markdown, no emoji, no links, no code.',
    'Write numbers, units and times so that they can be spoken, for example "twenty degrees" or "half past two".',
    'If you do not know something, say so. Never invent facts, and never claim to have done something that no tool has done.',
    `Answer in the language of the question. If in doubt, speak ${languageName(language)}.`,
    'The note in square brackets before a question is the local date and time. Use it only when the question needs it.',
    ...(personality.trim() === '' ? [] : [personality.trim()]),
  ].join('\n');
}

/** "German" for "de-AT"; the tag where it has no name in English. */
function languageName(tag: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(new Intl.Locale(tag).language) ?? tag;
}

/**
 * The prompt of a turn: system prompt, history, question.
 * @param history what was said before, oldest first; messages of the role `system` in it are left out
 * @param asked as `askedAs` words it; left out for all that comes before a question
 */
export function buildMessages(systemPrompt: string, history: readonly ChatMessage[], asked?: string): ChatMessage[] {
  return [
    { role: 'system', content: systemPrompt },
    ...history.filter(({ role }) => role !== 'system'),
    ...(asked === undefined ? [] : [{ role: 'user' as const, content: asked }]),
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

/** The question alone, of what `askedAs` made of it. */
export function questionOf(asked: string): string {
  return asked.replace(/^\[[^\]\n]*\]\n/, '');
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
