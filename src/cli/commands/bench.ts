import path from 'node:path';
import { Command } from 'commander';
import type { CaptureDriver } from '../../../hardware/audio/drivers.js';
import type { PcmFrame } from '../../../hardware/audio/pcm.js';
import { WavCapture } from '../../../hardware/audio/wavCapture.js';
import { systemClock } from '../../../hardware/clock.js';
import { heardOnce } from '../../assistant/heardOnce.js';
import { benchAsr } from '../../bench/asrBench.js';
import { benchTts } from '../../bench/ttsBench.js';
import { benchTurn } from '../../bench/turnBench.js';
import type { Config } from '../../config/config.js';
import { loadConfig } from '../../config/loadConfig.js';
import { ModelStore } from '../../models/modelStore.js';
import { configuredModelFolder, neededModels } from '../../models/neededModels.js';
import { openLog } from '../../observability/log.js';
import { concatenate } from '../../speech/utterance.js';
import { Conversation } from '../../turn/conversation.js';
import { ensureModels } from '../ensureModels.js';
import type { Io } from '../io.js';
import { openChatModel, openConfiguredVoice, openEars, openMind, recordingTailMs } from '../openParts.js';
import { packageFile } from '../packageFile.js';
import { type SimulationFlags, simulatedTurns } from '../simulatedTurns.js';
import { UsageError } from '../usageError.js';
import { soakCommand } from './soak.js';

interface BenchOptions extends SimulationFlags {
  readonly json?: boolean;
  readonly config?: string;
  readonly runs?: string;
  readonly wav?: readonly string[];
  readonly voice?: string;
}

/** Three sentences, as a model answers. */
const REPLY = [
  'The sky looks blue because the air scatters blue light more than red.',
  'Sunlight holds all colours, and the short waves are bounced about the most.',
  'At sunset the light comes a longer way, so mostly red is left.',
].join(' ');

/** Sentences of the three lengths that the voice bench compares. */
const SENTENCES = [
  'It is raining.',
  'Good morning, everyone.',
  'The kettle is on and it should boil in about three minutes.',
  'Your shopping list has eggs and butter and a bag of flour.',
  `The old lighthouse at the end of the harbour was built by hand over a hundred years ago, and on clear evenings
   you can still see its lamp from the village on the hill.`.replaceAll(/\s+/g, ' '),
];

const TOKENS_PER_SECOND = 20;
const FIRST_TOKEN_MS = 300;

/** `pressel bench`: figures, never verdicts. */
export function benchCommand(io: Io): Command {
  const command = new Command('bench').description('measure this machine: asr, tts, turn or soak');
  command
    .command('asr')
    .description('speech recognition: time per recording, stalls of the main thread')
    .action((_options, self: Command) => asr(io, options(self)));
  command
    .command('tts')
    .description('the voice: time to the first sound and to all of it')
    .action((_options, self: Command) => tts(io, options(self)));
  command
    .command('turn')
    .description('whole turns: in real time, blocking against streaming; with --pi, all policies on a simulated Pi')
    .option('--pi <model>', 'simulate a Raspberry Pi, 4 or 5, in virtual time')
    .option('--llm-model <name>', 'the chat model of the simulated Pi')
    .option('--turns <n>', 'turns of each policy on the simulated Pi')
    .option('--seed <n>', 'decides what is said on the simulated Pi, and how')
    .action((_options, self: Command) => turn(io, options(self)));
  for (const child of command.commands) {
    child
      .option('--runs <n>', 'repetitions of each')
      .option('--wav <file...>', 'recordings, instead of the bundled question')
      .option('--voice <voice>', 'the voice')
      .option('--config <file>', 'read this configuration file')
      .option('--json', 'print one JSON document');
  }
  command.addCommand(soakCommand(io, (result, json) => show(io, { json }, result)));
  return command;
}

function options(command: Command): BenchOptions {
  return command.optsWithGlobals<BenchOptions>();
}

async function open(io: Io, { config: file, voice, json }: BenchOptions) {
  const { config } = await loadConfig({ file, flags: { 'tts.voice': voice }, env: io.env, home: io.home });
  const store = new ModelStore(configuredModelFolder(config, io.env, io.home), { env: io.env });
  await ensureModels(io, store, neededModels(config), { quiet: json === true });
  return { config, store };
}

function runsOf({ runs }: BenchOptions, usual: number): number {
  if (runs === undefined) return usual;
  const count = Number(runs);
  if (!Number.isInteger(count) || count < 1 || count > 1000)
    throw new UsageError(`--runs is a number from 1 to 1000, not "${runs}".`);
  return count;
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

async function turn(io: Io, given: BenchOptions): Promise<void> {
  if (given.pi !== undefined) {
    show(io, given, await simulatedTurns(given));
    return;
  }
  const { config, store } = await open(io, given);
  const file = given.wav?.[0] ?? packageFile('assets/question.wav');
  const voice = openConfiguredVoice(config, store, (message) => io.stderr.write(`${message}\n`));
  const ears = openEars(config, store);
  const turns = runsOf(given, 3);
  const { chunking, model: _unused, ...mind } = openMind(config, openChatModel(config));
  try {
    const policies = await benchTurn({
      capture: () => oneTake(file, config),
      ears,
      voice,
      mind: { ...mind, conversation: new Conversation(0) },
      chunking,
      config,
      turns,
      tokensPerSecond: TOKENS_PER_SECOND,
      firstTokenMs: FIRST_TOKEN_MS,
      reply: REPLY,
      clock: systemClock,
      log: openLog(config, io.stderr),
      signal: io.signal,
      onTurn: (policy, index) => {
        if (!given.json) io.stderr.write(`turn ${index + 1} of ${turns}, ${policy}\n`);
      },
    });
    show(io, given, {
      recording: path.basename(file),
      model: { name: 'scripted', tokensPerSecond: TOKENS_PER_SECOND, firstTokenMs: FIRST_TOKEN_MS },
      backends: { asr: ears.recognizer.name, llm: 'scripted', tts: voice.name },
      policies,
    });
  } finally {
    await Promise.all([voice.close(), ears.vad.close(), ears.recognizer.close(), ears.endOfTurn?.close()]);
  }
}

function oneTake(file: string, config: Config): CaptureDriver {
  return heardOnce(new WavCapture({ file, pace: 'realtime', clock: systemClock, tailMs: recordingTailMs(config) }));
}

async function samplesOf(file: string, signal: AbortSignal): Promise<Float32Array> {
  const frames: PcmFrame[] = [];
  for await (const frame of new WavCapture({ file, pace: 'fast', clock: systemClock }).capture({}, signal))
    frames.push(frame);
  return concatenate(frames);
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
