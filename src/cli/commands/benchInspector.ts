import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { endProcess } from '../../appliance/endProcess.js';
import { type Audience, type AudienceFigures, benchInspector } from '../../bench/inspector/inspectorBench.js';
import { loadConfig } from '../../config/loadConfig.js';
import { startScriptedOllama } from '../../llm/scripted/scriptedOllama.js';
import { SCRIPTED_MODEL } from '../../llm/scripted/scriptedResponder.js';
import { openLog } from '../../observability/log.js';
import { Closing } from '../closing.js';
import type { Io } from '../io.js';
import { SoakedAppliance } from '../soakedAppliance.js';
import { wholeNumber } from '../wholeNumber.js';

interface InspectorBenchFlags {
  readonly rounds?: string;
  readonly config?: string;
  readonly json?: boolean;
}

const ROUNDS = 20;
const REPLY = 'The kettle is on.';
const FIRST_TOKEN_MS = 100;
const TOKENS_PER_SECOND = 40;

/** The programs that make an audience, and how many pages each opens. */
const PROGRAMS: Readonly<Record<Exclude<Audience, 'nobody'>, readonly string[]>> = {
  '1 page': ['pages.js', '1'],
  '20 pages': ['pages.js', '20'],
  'an attack': ['attack.js'],
};

/** `pressel bench inspector`: what those who watch, and those who attack, cost a turn. */
export function benchInspectorCommand(io: Io): Command {
  return new Command('inspector')
    .description(
      'typed questions while nobody, 1 page and 20 pages of the inspector watch everything, and under attack, in turn',
    )
    .option('--rounds <n>', `questions before each of them (default: ${ROUNDS})`)
    .option('--config <file>', 'read this configuration file')
    .option('--json', 'print one JSON document')
    .action((_options, self: Command) => bench(io, self.optsWithGlobals<InspectorBenchFlags>()));
}

async function bench(io: Io, given: InspectorBenchFlags): Promise<void> {
  const rounds = wholeNumber('--rounds', given.rounds, ROUNDS, 1, 1_000);
  const closing = new Closing();
  let failed = true;
  try {
    const script = { firstTokenMs: FIRST_TOKEN_MS, tokensPerSecond: TOKENS_PER_SECOND, keepsRequests: false };
    const server = await startScriptedOllama({ reply: () => REPLY, ...script });
    closing.push(() => server.close());
    const flags = {
      'llm.url': server.url,
      'llm.model': SCRIPTED_MODEL,
      'conversation.follow_up_ms': 0,
      'audio.driver': 'null',
      'inspector.listen': '127.0.0.1:0',
      'log.level': 'warn',
    };
    const { config } = await loadConfig({ file: given.config, flags, env: io.env, home: io.home });
    const log = openLog(config, io.stderr);
    const appliance = await SoakedAppliance.start({
      io,
      config,
      log,
      closing,
      questionSink: undefined,
      hasInspector: true,
    });
    const url = await appliance.inspector(io.signal);
    await appliance.turn(0, io.signal); // what is done for the first time only
    const figures = await benchInspector({
      rounds,
      open: (audience) => bringIn(audience, url),
      turn: async (signal) => firstAudioOf(await appliance.turn(0, signal)),
      onRound: (round) => io.stderr.write(`round ${round + 1} of ${rounds}\n`),
      signal: io.signal,
    });
    await appliance.stop();
    io.stdout.write(given.json ? `${JSON.stringify(figures, null, 2)}\n` : tableOf(figures));
    failed = false;
  } finally {
    if (!(await closing.close())) endProcess(failed ? 1 : 0);
  }
}

function firstAudioOf({ timeline }: Awaited<ReturnType<SoakedAppliance['turn']>>): number {
  const { firstAudio } = timeline.report();
  if (firstAudio === null) throw new Error('a reply was not heard');
  return firstAudio;
}

/** In a process of their own, as they are in life. */
async function bringIn(audience: Audience, url: string): Promise<() => Promise<void>> {
  if (audience === 'nobody') return async () => {};
  const [program, ...options] = PROGRAMS[audience];
  const file = fileURLToPath(new URL(`../../bench/inspector/${program}`, import.meta.url));
  const child = spawn(process.execPath, [file, url, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(([code]) => Promise.reject(new Error(`${audience} could not be brought in (${code})`))),
  ]);
  return async () => {
    child.stdin.end();
    await ended;
  };
}

function tableOf(figures: readonly AudienceFigures[]): string {
  const rows = figures.map((each) =>
    [
      each.audience.padEnd(10),
      `${Math.round(each.firstAudioP50Ms)} ms`.padStart(10),
      `${Math.round(each.firstAudioP95Ms)} ms`.padStart(10),
      `${each.slowerPercent.toFixed(1)} %`.padStart(8),
      `${each.cpuMsPerTurn.toFixed(0)} ms`.padStart(10),
      `${each.eventLoopDelayP99Ms.toFixed(1)} ms`.padStart(16),
    ].join(''),
  );
  return [
    'watched by  first audio p50, p95   slower  CPU a turn  event loop p99',
    ...rows,
    `${figures[0]?.turns ?? 0} turns each; "slower" is the median against the same round before nobody.`,
    '',
  ].join('\n');
}
