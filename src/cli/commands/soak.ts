import { Command } from 'commander';
import { systemClock } from '../../../hardware/clock.js';
import { endProcess } from '../../appliance/endProcess.js';
import { benchSoak, type SoakResult } from '../../bench/soakBench.js';
import { loadConfig } from '../../config/loadConfig.js';
import { startScriptedOllama } from '../../llm/scripted/scriptedOllama.js';
import { SCRIPTED_MODEL } from '../../llm/scripted/scriptedResponder.js';
import { openLog } from '../../observability/log.js';
import { Closing } from '../closing.js';
import type { Io } from '../io.js';
import { SoakedAppliance } from '../soakedAppliance.js';
import { UsageError } from '../usageError.js';

interface SoakOptions {
  readonly turns: string;
  readonly questionSink?: string;
  readonly config?: string;
  readonly voice?: string;
  readonly json?: boolean;
}

/** Short, so that a turn takes two to three seconds. */
const REPLY = 'The kettle is on.';
const FIRST_TOKEN_MS = 100;
const TOKENS_PER_SECOND = 40;

/** The follow-up window listens after each reply, as in daily use, but not for long. */
const FOLLOW_UP_MS = 300;

/** `pressel bench soak`: does the appliance stay as it is over hundreds of turns? */
export function soakCommand(io: Io, show: (result: SoakResult, json: boolean) => void): Command {
  return new Command('soak')
    .description('hundreds of turns with the real microphone and speaker, and what becomes of memory and handles')
    .option('--turns <n>', 'how many', '300')
    .option('--question-sink <name>', 'speak every second question into this PulseAudio sink, behind the microphone')
    .option('--voice <voice>', 'the voice')
    .option('--config <file>', 'read this configuration file')
    .option('--json', 'print one JSON document')
    .action((_options, self: Command) => soak(io, self.optsWithGlobals<SoakOptions>(), show));
}

async function soak(io: Io, options: SoakOptions, show: (result: SoakResult, json: boolean) => void): Promise<void> {
  const turns = Number(options.turns);
  if (!Number.isInteger(turns) || turns < 1) throw new UsageError(`--turns is a number, not "${options.turns}".`);
  const closing = new Closing();
  let failed = true;
  try {
    const server = await startScriptedOllama({
      reply: () => REPLY,
      firstTokenMs: FIRST_TOKEN_MS,
      tokensPerSecond: TOKENS_PER_SECOND,
      keepsRequests: false,
    });
    closing.push(() => server.close());
    const flags = {
      'tts.voice': options.voice,
      'llm.url': server.url,
      'llm.model': SCRIPTED_MODEL,
      'conversation.follow_up_ms': FOLLOW_UP_MS,
      'log.level': 'warn',
    };
    const { config } = await loadConfig({ file: options.config, flags, env: io.env, home: io.home });
    const log = openLog(config, io.stderr);
    const appliance = await SoakedAppliance.start({ io, config, log, closing, questionSink: options.questionSink });
    const result = await benchSoak({
      turns,
      turn: async (index, signal) => {
        await appliance.turn(index, signal);
      },
      xruns: () => appliance.xruns,
      clock: systemClock,
      signal: io.signal,
      onTurn: (index, { rssKb, childrenRssKb, threads, fileDescriptors }) => {
        if (options.json) return;
        const memory = `${Math.round(rssKb / 1024)} + ${Math.round(childrenRssKb / 1024)} MB`;
        io.stderr.write(`turn ${index + 1} of ${turns}: ${memory}, ${threads} threads, ${fileDescriptors} files\n`);
      },
    });
    await appliance.stop();
    show(result, options.json === true);
    if (result.failures.length > 0) {
      throw new Error(`${result.failures.length} of ${result.turns} turns failed: ${result.failures[0]}`);
    }
    failed = false;
  } finally {
    if (!(await closing.close())) endProcess(failed ? 1 : 0);
  }
}
