import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { endProcess } from '../../appliance/endProcess.js';
import { benchInspector, type PagesFigures } from '../../bench/inspector/inspectorBench.js';
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

const PAGES_PROGRAM = fileURLToPath(new URL('../../bench/inspector/pages.js', import.meta.url));

/** `pressel bench inspector`: what pages that watch cost a turn. */
export function benchInspectorCommand(io: Io): Command {
  return new Command('inspector')
    .description('typed questions while 0, 1 and 20 pages of the inspector watch everything, in turn')
    .option('--rounds <n>', `questions for each number of pages (default: ${ROUNDS})`)
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
      open: (count) => openPages(url, count),
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
async function openPages(url: string, count: number): Promise<() => Promise<void>> {
  if (count === 0) return async () => {};
  const pages = spawn(process.execPath, [PAGES_PROGRAM, url, String(count)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(pages, 'close');
  await Promise.race([
    once(pages.stdout, 'data'),
    ended.then(([code]) => Promise.reject(new Error(`the pages could not be opened (${code})`))),
  ]);
  return async () => {
    pages.stdin.end();
    await ended;
  };
}

function tableOf(figures: readonly PagesFigures[]): string {
  const rows = figures.map((each) =>
    [
      String(each.pages).padStart(5),
      `${Math.round(each.firstAudioP50Ms)} ms`.padStart(10),
      `${Math.round(each.firstAudioP95Ms)} ms`.padStart(10),
      `${each.slowerPercent.toFixed(1)} %`.padStart(8),
      `${each.cpuMsPerTurn.toFixed(0)} ms`.padStart(10),
      `${each.eventLoopDelayP99Ms.toFixed(1)} ms`.padStart(16),
    ].join(''),
  );
  return [
    'pages  first audio p50, p95   slower  CPU a turn  event loop p99',
    ...rows,
    `${figures[0]?.turns ?? 0} turns each; "slower" is the median against the same round without pages.`,
    '',
  ].join('\n');
}
