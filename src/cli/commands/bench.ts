import path from 'node:path';
import { Command } from 'commander';
import { systemClock } from '../../../hardware/clock.js';
import { benchAsr } from '../../bench/asrBench.js';
import { benchTts } from '../../bench/ttsBench.js';
import { loadConfig } from '../../config/loadConfig.js';
import { ModelStore } from '../../models/modelStore.js';
import { configuredModelFolder, neededModels } from '../../models/neededModels.js';
import { ensureModels } from '../ensureModels.js';
import type { Io } from '../io.js';
import { openConfiguredVoice, openEars } from '../openParts.js';
import { packageFile } from '../packageFile.js';
import { samplesOf } from '../speechRecordings.js';
import { wholeNumber } from '../wholeNumber.js';
import { bargeInCommand } from './benchBargeIn.js';
import { benchIdleCommand } from './benchIdle.js';
import { benchInspectorCommand } from './benchInspector.js';
import { benchTurnCommand } from './benchTurn.js';
import { soakCommand } from './soak.js';

interface BenchOptions {
  readonly json?: boolean;
  readonly config?: string;
  readonly runs?: string;
  readonly wav?: readonly string[];
  readonly voice?: string;
}

/** Sentences of the three lengths that the voice bench compares. */
const SENTENCES = [
  'It is raining.',
  'Good morning, everyone.',
  'The kettle is on and it should boil in about three minutes.',
  'Your shopping list has eggs and butter and a bag of flour.',
  `The old lighthouse at the end of the harbour was built by hand over a hundred years ago, and on clear evenings
   you can still see its lamp from the village on the hill.`.replaceAll(/\s+/g, ' '),
];

/** `pressel bench`: figures, never verdicts. */
export function benchCommand(io: Io): Command {
  const command = new Command('bench').description(
    'measure this machine: asr, tts, turn, barge-in, inspector, soak or idle',
  );
  command
    .command('asr')
    .description('speech recognition: time per recording, stalls of the main thread')
    .action((_options, self: Command) => asr(io, options(self)));
  command
    .command('tts')
    .description('the voice: time to the first sound and to all of it')
    .action((_options, self: Command) => tts(io, options(self)));
  for (const child of command.commands) {
    child
      .option('--runs <n>', 'repetitions of each')
      .option('--wav <file...>', 'recordings, instead of the bundled question')
      .option('--voice <voice>', 'the voice')
      .option('--config <file>', 'read this configuration file')
      .option('--json', 'print one JSON document');
  }
  command.addCommand(benchTurnCommand(io, (given) => open(io, given)));
  command.addCommand(bargeInCommand(io));
  command.addCommand(benchInspectorCommand(io));
  command.addCommand(benchIdleCommand(io));
  command.addCommand(soakCommand(io, (result, json) => show(io, { json }, result)));
  return command;
}

function options(command: Command): BenchOptions {
  return command.optsWithGlobals<BenchOptions>();
}

async function open(io: Io, { config: file, voice, json }: Pick<BenchOptions, 'config' | 'voice' | 'json'>) {
  const { config } = await loadConfig({ file, flags: { 'tts.voice': voice }, env: io.env, home: io.home });
  const store = new ModelStore(configuredModelFolder(config, io.env, io.home), { env: io.env });
  await ensureModels(io, store, neededModels(config), { quiet: json === true });
  return { config, store };
}

function runsOf({ runs }: BenchOptions, usual: number): number {
  return wholeNumber('--runs', runs, usual, 1, 1_000);
}

async function asr(io: Io, given: BenchOptions): Promise<void> {
  const { config, store } = await open(io, given);
  const files = given.wav ?? [packageFile('assets/question.wav')];
  const recordings = await Promise.all(
    files.map(async (file) => ({ name: path.basename(file), samples: await samplesOf(file, io.signal) })),
  );
  const { vad, recognizer, endOfTurn } = openEars(config, store);
  try {
    const result = await benchAsr({
      recognizer,
      recordings,
      runs: runsOf(given, 9),
      signal: io.signal,
      clock: systemClock,
    });
    show(io, given, result);
  } finally {
    await Promise.all([vad.close(), recognizer.close(), endOfTurn?.close()]);
  }
}

async function tts(io: Io, given: BenchOptions): Promise<void> {
  const { config, store } = await open(io, given);
  const voice = openConfiguredVoice(config, store, (message) => io.stderr.write(`${message}\n`));
  try {
    show(io, given, await benchTts(voice, SENTENCES, runsOf(given, 9), systemClock, io.signal));
  } finally {
    await voice.close();
  }
}

function show(io: Io, { json }: BenchOptions, result: unknown): void {
  io.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : table(result));
}

/** Plain data as indented lines: good enough for people, and nothing is left out. */
function table(value: unknown, indent = ''): string {
  if (typeof value !== 'object' || value === null)
    return `${indent}${typeof value === 'number' ? round(value) : value}\n`;
  return Object.entries(value)
    .map(([key, inner]) =>
      typeof inner === 'object' && inner !== null
        ? `${indent}${key}\n${table(inner, `${indent}  `)}`
        : `${indent}${key}: ${typeof inner === 'number' ? round(inner) : inner}\n`,
    )
    .join('');
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
