import { availableParallelism, cpus } from 'node:os';
import { Command } from 'commander';
import { endProcess } from '../../appliance/endProcess.js';
import { ECHO_LEVELS_DB, ECHO_MODES, type EchoMode } from '../../bench/bargeIn/echoModes.js';
import { BARGE_IN_TABLE_NOTES, bargeInTable } from '../../bench/bargeIn/table.js';
import { soundCardMissing } from '../../bench/soundCard/soundCardMissing.js';
import { Closing } from '../closing.js';
import { interruptedModes } from '../interruptedModes.js';
import type { Io } from '../io.js';
import { UsageError } from '../usageError.js';
import { wholeNumber } from '../wholeNumber.js';

interface BargeInOptions {
  readonly runs?: string;
  readonly seed?: string;
  readonly echo?: readonly string[];
  readonly echoDb?: readonly string[];
  readonly recordings?: string;
  readonly voice?: string;
  readonly config?: string;
  readonly json?: boolean;
}

/** Of each kind of trial: 200 trials take about a quarter of an hour. */
const USUAL_RUNS = 50;
const MOST_RUNS = 1_000;
const USUAL_MODE = 'text-guard';
const LEAST_ECHO_DB = -60;
/** Between two lines of progress where they cannot be written over each other. */
const TRIALS_A_LINE = 10;

/** `pressel bench barge-in`: how well a reply is interrupted by voice, and by nothing else. */
export function bargeInCommand(io: Io): Command {
  return new Command('barge-in')
    .description('interruptions by voice, coughs and echoes through a virtual sound card, in real time')
    .option('--runs <n>', `trials of each kind (default: ${USUAL_RUNS})`)
    .option('--seed <n>', 'decides what is heard, when and how loud')
    .option('--echo <modes>', `some of ${ECHO_MODES.join(', ')} (default: ${USUAL_MODE})`, listed)
    .option('--echo-db <levels>', `the reply at the microphone (default: ${ECHO_LEVELS_DB.join(',')})`, listed)
    .option('--recordings <folder>', 'of people who interrupt; default: synthesised if there are none')
    .option('--voice <voice>', 'the voice that is interrupted')
    .option('--config <file>', 'read this configuration file')
    .option('--json', 'print one JSON document')
    .action((_options, self: Command) => bargeIn(io, self.optsWithGlobals<BargeInOptions>()));
}

async function bargeIn(io: Io, given: BargeInOptions): Promise<void> {
  const runs = wholeNumber('--runs', given.runs, USUAL_RUNS, 1, MOST_RUNS);
  const seed = wholeNumber('--seed', given.seed, 1, 0, 2 ** 31);
  const modes = (given.echo ?? [USUAL_MODE]).map(modeOf);
  const echoLevelsDb = given.echoDb?.map(levelOf) ?? ECHO_LEVELS_DB;
  const missing = soundCardMissing(io.env['PATH']);
  if (missing !== false) throw new Error(`A virtual sound card ${missing}`);
  const closing = new Closing();
  let failed = true;
  try {
    const { sounds, voice, results } = await interruptedModes(
      io,
      {
        modes: [...new Set(modes)],
        echoLevelsDb,
        runs,
        seed,
        recordings: given.recordings,
        voice: given.voice,
        configFile: given.config,
        onProgress: progressOn(io.stderr),
      },
      closing,
    );
    if (given.json) {
      const [first] = results;
      const { realTakenRate, takenWithin600Rate, falseStopRate, selfAnswers, takenP50Ms, takenP95Ms } = first ?? {};
      const headline = { realTakenRate, falseStopRate, selfAnswers, takenP95Ms, takenP50Ms, takenWithin600Rate };
      const run = { mode: first?.mode, runs, seed, machine: machineName(), voice, sounds };
      const byMode = Object.fromEntries(results.map((result) => [result.mode, result]));
      io.stdout.write(`${JSON.stringify({ ...headline, ...run, modes: byMode }, null, 2)}\n`);
    } else {
      const { interruptions, noises, backchannelVoices } = sounds;
      io.stdout.write(
        `${voice}, interrupted on ${machineName()}, seed ${seed}. Interruptions: ${interruptions}; recorded noises: ${noises}; "yes, I see" by ${backchannelVoices.join(', ')}.\n\n`,
      );
      io.stdout.write(`${bargeInTable(results)}\n${BARGE_IN_TABLE_NOTES}`);
    }
    for (const { mode, failures } of results) {
      if (failures.length > 0) io.stderr.write(`${mode}: ${failures.length} scenes failed: ${failures[0]}\n`);
    }
    failed = false;
  } finally {
    if (!(await closing.close())) endProcess(failed ? 1 : 0);
  }
}

/** A flag may be given several times, and several values with commas between them. */
function listed(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',').map((value) => value.trim())];
}

function modeOf(name: string): EchoMode {
  const mode = ECHO_MODES.find((known) => known === name);
  if (mode === undefined) throw new UsageError(`--echo is one of ${ECHO_MODES.join(', ')}, not "${name}".`);
  return mode;
}

function levelOf(text: string): number {
  const level = Number(text);
  if (text !== '' && level >= LEAST_ECHO_DB && level <= 0) return level;
  throw new UsageError(`--echo-db is a number of dB from ${LEAST_ECHO_DB} to 0, not "${text}".`);
}

/** One line that counts, on a terminal; else a line now and then. */
function progressOn(stderr: NodeJS.WritableStream & { readonly isTTY?: boolean }) {
  let told = 0;
  return (mode: EchoMode, done: number, all: number) => {
    const line = `${mode}: ${done} of ${all} trials`;
    const isOver = done >= all;
    if (stderr.isTTY) stderr.write(`\r${line}${isOver ? '\n' : ''}`);
    else if (isOver || done < told || done >= told + TRIALS_A_LINE) {
      told = done;
      stderr.write(`${line}\n`);
    }
  };
}

function machineName(): string {
  const [cpu] = cpus();
  return `${availableParallelism()} cores, ${cpu?.model.trim() ?? 'unknown'}, ${process.platform}-${process.arch}`;
}
