import type { Choice, Dialogue, LiveLine, Tone } from './dialogue.js';

const MARKS = { plain: '  ', good: 'ok', warning: '! ' } as const satisfies Record<Tone, string>;

/** Takes what is recommended, always, and writes plain lines. @param write undefined: says nothing at all */
export function recommendedDialogue(write: ((text: string) => void) | undefined): Dialogue {
  const line = (text: string) => write?.(`${text}\n`);
  const tell = (text: string, tone: Tone = 'plain') => line(`  ${MARKS[tone]} ${text}`);
  const live = (): LiveLine => ({
    room: Number.POSITIVE_INFINITY,
    show: () => {},
    end: (text, tone) => {
      if (text !== undefined) tell(text, tone);
    },
  });
  return {
    isAttended: false,
    title: line,
    tell,
    note: (title, lines) => {
      tell(`${title}:`);
      for (const each of lines) line(`       ${each}`);
    },
    picture: () => false,
    live,
    choose: async <Value>(question: string, choices: readonly Choice<Value>[], recommended: Value) => {
      tell(`${question} ${choices.find(({ value }) => value === recommended)?.label ?? ''}`);
      return recommended;
    },
    confirm: async (question, recommended) => {
      tell(`${question} ${recommended ? 'yes' : 'no'}`);
      return recommended;
    },
    ready: async () => {},
    text: async (question, recommended) => {
      tell(`${question} ${recommended}`);
      return recommended;
    },
  };
}
