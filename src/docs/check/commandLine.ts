import { PassThrough } from 'node:stream';
import { type Command, CommanderError } from 'commander';
import { createProgram, everyCommand } from '../../cli/program.js';

/** What a mention of a command in a sentence may leave out, and an example may not. */
const LEFT_OUT = ['commander.missingArgument', 'commander.optionMissingArgument', 'commander.help'];

/** The program's own command line, which parses and runs nothing. */
export class CommandLine {
  readonly #program: Command;
  /** All flags of all commands: `--json`, `-V`. */
  readonly flags: ReadonlySet<string>;

  constructor() {
    const nowhere = new PassThrough();
    const signal = new AbortController().signal;
    this.#program = createProgram({ stdin: nowhere, stdout: nowhere, stderr: nowhere, env: {}, home: '/', signal });
    const flags = new Set(['--help', '-h']);
    everyCommand(this.#program, (command) => {
      command
        .exitOverride()
        .configureOutput({ writeOut: () => {}, writeErr: () => {} })
        .showSuggestionAfterError();
      if (command.commands.length === 0) command.action(() => {});
      for (const { long, short } of command.options) for (const flag of [long, short]) if (flag) flags.add(flag);
    });
    this.flags = flags;
  }

  /**
   * What the program has to say against a command line; undefined where it would begin.
   * @param args without the program's name
   * @param isMention of a sentence: `pressel replay` without its file is the name of the command
   */
  problem(args: readonly string[], isMention: boolean): string | undefined {
    try {
      this.#program.parse(args, { from: 'user' });
      return undefined;
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      if (error.exitCode === 0 || (isMention && LEFT_OUT.includes(error.code))) return undefined;
      if (error.code === 'commander.help') return 'it needs a command within it';
      return error.message.replace(/^error: /, '').replaceAll('\n', ' ');
    }
  }

  /** The help of every command by its command line: `pressel bench asr --help`. */
  helpTexts(): Map<string, string> {
    const texts = new Map<string, string>();
    const visit = (command: Command, names: readonly string[]) => {
      let text = '';
      command.configureOutput({
        writeOut: (piece) => {
          text += piece;
        },
      });
      command.outputHelp();
      command.configureOutput({ writeOut: () => {} });
      texts.set([...names, '--help'].join(' '), text);
      for (const child of command.commands) visit(child, [...names, child.name()]);
    };
    visit(this.#program, ['pressel']);
    return texts;
  }
}
