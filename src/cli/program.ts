import { Command, CommanderError } from 'commander';
import { askCommand } from './commands/ask.js';
import { benchCommand } from './commands/bench.js';
import { chunkCommand } from './commands/chunk.js';
import { configCommand } from './commands/config.js';
import { demoCommand } from './commands/demo.js';
import { devicesCommand } from './commands/devices.js';
import { doctorCommand } from './commands/doctor.js';
import { historyCommand } from './commands/history.js';
import { inspectorCommand } from './commands/inspector.js';
import { machineCommand } from './commands/machine.js';
import { modelsCommand } from './commands/models.js';
import { replayCommand } from './commands/replay.js';
import { routeCommand } from './commands/route.js';
import { runCommand } from './commands/run.js';
import { sayCommand } from './commands/say.js';
import { setupCommand } from './commands/setup.js';
import { transcribeCommand } from './commands/transcribe.js';
import { updateCommand } from './commands/update.js';
import { ExitStatus } from './exitStatus.js';
import { failureText } from './failureText.js';
import type { Io } from './io.js';
import { OutputError } from './outputError.js';
import { packageVersion } from './packageVersion.js';
import { UsageError } from './usageError.js';

/** Exit codes: a contract with scripts. */
const DONE = 0;
export const FAILED = 1;
const WRONG_USAGE = 2;

/**
 * Runs one command line.
 * @param args without the program's name
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage or configuration; of `doctor`: 0 all well, 1 degraded, 2 cannot run
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const program = createProgram(io);
  everyCommand(program, (command) =>
    command
      .exitOverride()
      .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
      .showSuggestionAfterError()
      .showHelpAfterError('(--help shows what is possible)'),
  );
  try {
    await program.parseAsync(args, { from: 'user' });
    return DONE;
  } catch (error) {
    if (error instanceof ExitStatus) return error.code;
    if (error instanceof OutputError) return error.isReaderGone ? DONE : FAILED;
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : WRONG_USAGE;
    io.stderr.write(`pressel: ${failureText(error)}\n`);
    return error instanceof UsageError ? WRONG_USAGE : FAILED;
  }
}

/** The command line with all its commands, not yet parsed. */
export function createProgram(io: Io): Command {
  const program = new Command('pressel')
    .description('A private voice assistant: press, talk, and a local voice answers.')
    .version(packageVersion());
  for (const command of [
    runCommand,
    demoCommand,
    askCommand,
    sayCommand,
    transcribeCommand,
    chunkCommand,
    routeCommand,
    historyCommand,
    setupCommand,
    devicesCommand,
    doctorCommand,
    inspectorCommand,
    machineCommand,
    replayCommand,
    modelsCommand,
    configCommand,
    benchCommand,
    updateCommand,
  ]) {
    program.addCommand(command(io));
  }
  return program;
}

/** Visits a command and all those within it. */
export function everyCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const child of command.commands) everyCommand(child, visit);
}
