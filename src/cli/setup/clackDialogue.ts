import type { Readable, Writable } from 'node:stream';
import { confirm, isCancel, log, type Option, S_BAR, select, text } from '@clack/prompts';
import { type Choice, type Dialogue, type LiveLine, SetupStopped, type Tone } from '../../setup/dialogue.js';

interface Terminal {
  readonly input: Readable;
  /** stderr: stdout belongs to the result. */
  readonly output: Writable & { readonly columns?: number };
  readonly signal: AbortSignal;
}

const CLEAR_LINE = '\r\x1b[2K';
const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';

/** A dialogue with whoever sits at the terminal. Ctrl-C in a question ends setup. */
export function clackDialogue(terminal: Terminal): Dialogue {
  const { input, output, signal } = terminal;
  /** @param ask the signal is the question's own: clack leaves its listener behind, and draws once more when it is told */
  const answered = async <Answer>(ask: (common: Terminal) => Promise<Answer>): Promise<Exclude<Answer, symbol>> => {
    signal.throwIfAborted();
    const question = new AbortController();
    const onAbort = () => question.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const answer = await ask({ input, output, signal: question.signal });
      signal.throwIfAborted();
      if (isCancel(answer)) throw new SetupStopped();
      return answer as Exclude<Answer, symbol>;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  };
  const tell = (said: string, tone: Tone = 'plain') => {
    const write = { plain: log.message, good: log.success, warning: log.warn }[tone];
    write(wrapped(said, output), { output, spacing: 0 });
  };
  return {
    isAttended: true,
    title: (said) => log.step(bold(said), { output }),
    tell,
    // Not in a box: what may be copied must not have its frame in between.
    note: (title, lines) => {
      const body = [`${title}:`, ...lines.map((line) => wrapped(`  ${line}`, output, '    '))];
      log.message(body.join('\n'), { output, spacing: 0 });
    },
    live: () => liveLine(output, tell),
    choose: async <Value>(question: string, choices: readonly Choice<Value>[], recommended: Value) => {
      // By their places: a value may be anything, and clack compares them.
      const options: Option<number>[] = choices.map(({ label, hint }, value) => ({
        value,
        label,
        ...(hint === undefined ? {} : { hint }),
      }));
      const initialValue = Math.max(
        0,
        choices.findIndex(({ value }) => value === recommended),
      );
      const place = await answered((common) =>
        select<number>({ ...common, message: question, options, initialValue, showInstructions: false }),
      );
      const choice = choices[place];
      if (choice === undefined) throw new Error(`there is no choice ${place} for "${question}"`);
      return choice.value;
    },
    confirm: (question, recommended) =>
      answered((common) => confirm({ ...common, message: question, initialValue: recommended })),
    ready: async (said) => {
      await answered((common) =>
        select<number>({
          ...common,
          message: said,
          options: [{ value: 0, label: 'Ready' }],
          showInstructions: false,
        }),
      );
    },
    text: (question, recommended, problem) =>
      answered((common) =>
        text({
          ...common,
          message: question,
          initialValue: recommended,
          validate: (given) =>
            problem?.(given ?? '') ?? ((given ?? '').trim() === '' ? 'Please write something.' : undefined),
        }),
      ),
  };
}

function liveLine(output: Terminal['output'], tell: Dialogue['tell']): LiveLine {
  let isShown = false;
  return {
    show: (said) => {
      const room = (output.columns ?? 80) - 4;
      output.write(`${isShown ? '' : HIDE_CURSOR}${CLEAR_LINE}${S_BAR}  ${said.slice(0, room)}`);
      isShown = true;
    },
    end: (said, tone) => {
      if (isShown) output.write(CLEAR_LINE + SHOW_CURSOR);
      isShown = false;
      if (said !== undefined) tell(said, tone);
    },
  };
}

/** Broken between words, so that the frame at the left goes on: clack leaves this to the terminal. */
function wrapped(said: string, { columns = 80 }: Terminal['output'], indent = ''): string {
  const width = Math.max(30, Math.min(columns, 110) - 5);
  return said
    .split('\n')
    .flatMap((line) => {
      const lines: string[] = [];
      let rest = line;
      while (rest.length > width) {
        const space = rest.lastIndexOf(' ', width);
        // A link or a command is not cut: the terminal wraps it, and it can still be copied.
        if (space <= indent.length + 2) break;
        lines.push(rest.slice(0, space));
        rest = indent + rest.slice(space + 1);
      }
      return [...lines, rest];
    })
    .join('\n');
}

function bold(said: string): string {
  return `\x1b[1m${said}\x1b[22m`;
}
