import type { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { confirm, isCancel, log, type Option, S_BAR, select, text } from '@clack/prompts';
import type { TerminalInput } from '../../../hardware/gpio/keyboard/rawTerminal.js';
import { type Choice, type Dialogue, type LiveLine, SetupStopped, type Tone } from '../../setup/dialogue.js';
import { QuietKeys } from './quietKeys.js';
import { wrappedText } from './wrappedText.js';

interface Terminal {
  readonly input: TerminalInput;
  /** stderr: stdout belongs to the result. */
  readonly output: Writable & { readonly columns?: number };
  readonly signal: AbortSignal;
}

/** A dialogue that has the terminal until it is closed. */
export interface TerminalDialogue extends Dialogue {
  close(): void;
}

/** Of a live line: the bar at its left, and one that stays free, as some terminals wrap when it is written. */
const FRAME_COLUMNS = 4;

const CLEAR_LINE = '\r\x1b[2K';
const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';

/**
 * A dialogue with whoever sits at the terminal. Ctrl-C in a question ends setup.
 * @param interrupt what Ctrl-C does while nothing is asked: it aborts the signal
 */
export function clackDialogue(terminal: Terminal, interrupt: () => void): TerminalDialogue {
  const { input, output, signal } = terminal;
  const columns = () => output.columns ?? 80;
  const keys = new QuietKeys(input, interrupt);
  keys.begin();
  /** @param ask the signal is the question's own: clack leaves its listener behind, and draws once more when it is told */
  const answered = async <Answer>(ask: (common: Terminal) => Promise<Answer>): Promise<Exclude<Answer, symbol>> => {
    signal.throwIfAborted();
    const question = new AbortController();
    const onAbort = () => question.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    keys.end();
    try {
      const answer = await ask({ input, output, signal: question.signal });
      signal.throwIfAborted();
      if (isCancel(answer)) throw new SetupStopped();
      return answer as Exclude<Answer, symbol>;
    } finally {
      signal.removeEventListener('abort', onAbort);
      keys.begin();
    }
  };
  const tell = (said: string, tone: Tone = 'plain') => {
    const write = { plain: log.message, good: log.success, warning: log.warn }[tone];
    write(wrappedText(said, columns()), { output, spacing: 0 });
  };
  return {
    isAttended: true,
    title: (said) => log.step(bold(wrappedText(said, columns())), { output }),
    tell,
    // Not in a box: what may be copied must not have its frame in between.
    note: (title, lines) => {
      const body = [
        wrappedText(`${title}:`, columns()),
        ...lines.map((line) => wrappedText(`  ${line}`, columns(), '    ')),
      ];
      log.message(body.join('\n'), { output, spacing: 0 });
    },
    picture: (lines) => {
      const hasRoom = lines.every((line) => stripVTControlCharacters(line).length <= columns());
      if (hasRoom) output.write(`${lines.join('\n')}\n`);
      else tell('The terminal is too narrow for the code.');
      return hasRoom;
    },
    live: () => liveLine(output, columns, tell),
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
    close: () => keys.end(),
  };
}

function liveLine(output: Terminal['output'], columns: () => number, tell: Dialogue['tell']): LiveLine {
  let isShown = false;
  const room = () => columns() - FRAME_COLUMNS;
  return {
    get room() {
      return room();
    },
    show: (said) => {
      output.write(`${isShown ? '' : HIDE_CURSOR}${CLEAR_LINE}${S_BAR}  ${said.slice(0, room())}`);
      isShown = true;
    },
    end: (said, tone) => {
      if (isShown) output.write(CLEAR_LINE + SHOW_CURSOR);
      isShown = false;
      if (said !== undefined) tell(said, tone);
    },
  };
}

function bold(said: string): string {
  return `\x1b[1m${said}\x1b[22m`;
}
