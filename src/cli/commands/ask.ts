import { Command } from 'commander';
import { type LoadedConfig, loadConfig } from '../../config/loadConfig.js';
import { STAGES } from '../../observability/timeline.js';
import { waterfall } from '../../observability/waterfall.js';
import type { TurnRecord } from '../../turn/turnRecord.js';
import { type AskedTurn, askTurn } from '../askTurn.js';
import type { Io } from '../io.js';
import { UsageError } from '../usageError.js';

export interface AskOptions {
  readonly wav?: string;
  readonly out?: string;
  readonly fast?: boolean;
  readonly json?: boolean;
  readonly config?: string;
  readonly llmUrl?: string;
  readonly llmModel?: string;
  readonly voice?: string;
}

/** The flags that override settings, for every command that runs a turn. */
export function withTurnFlags(command: Command): Command {
  return command
    .option('--llm-url <url>', 'the model server (default: llm.url of the configuration)')
    .option('--llm-model <name>', 'the chat model')
    .option('--voice <voice>', 'the voice, e.g. flite:slt, espeak-ng:en-us, piper:/path/voice.onnx')
    .option('--config <file>', 'read this configuration file');
}

/** The configuration with the flags of `withTurnFlags` on top. */
export async function loadTurnConfig(io: Io, options: AskOptions) {
  return (await loadTurnSettings(io, options)).config;
}

/** The same, and the file that it was read from. */
export function loadTurnSettings(io: Io, options: AskOptions): Promise<LoadedConfig> {
  const flags = { 'llm.url': options.llmUrl, 'llm.model': options.llmModel, 'tts.voice': options.voice };
  return loadConfig({ file: options.config, flags, env: io.env, home: io.home });
}

/** `pressel ask`: one whole turn, from a text or a recording, to the speaker or a WAV file. */
export function askCommand(io: Io): Command {
  const command = new Command('ask')
    .description('ask one question, typed or recorded, and hear the answer')
    .argument('[text]', 'the question')
    .option('--wav <file>', 'a recording of the question, instead of a text')
    .option('--out <file>', 'write the reply to a WAV file instead of the speaker')
    .option('--fast', "as fast as possible: the recording is not heard at a microphone's pace")
    .option('--json', 'print one JSON document')
    .action((text: string | undefined, _options, self: Command) => ask(io, text, self.optsWithGlobals<AskOptions>()));
  return withTurnFlags(command);
}

async function ask(io: Io, text: string | undefined, options: AskOptions): Promise<void> {
  if (text !== undefined && options.wav !== undefined) throw new UsageError('Give a text or --wav, not both.');
  if (text === undefined && options.wav === undefined) {
    throw new UsageError('There is no question. Give one as text, or as a recording with --wav FILE.');
  }
  const { config, file } = await loadTurnSettings(io, options);
  const turn = await askTurn(io, config, {
    configFile: file,
    question: text,
    wav: options.wav,
    out: options.out,
    fast: options.fast === true,
    quiet: options.json === true,
  });
  io.stdout.write(options.json ? asJson(turn) : asText(turn));
  if (turn.record.problem) throw new Error(turn.record.problem.message);
}

function asJson({ record, states, out, backends }: AskedTurn): string {
  const document = {
    turn: record.turnId,
    transcript: record.transcript ?? '',
    route: record.route,
    why: record.why,
    reply: record.chunks.join(' '),
    chunks: record.chunks,
    tools: record.tools,
    out: out ?? null,
    states,
    timeline: record.timeline.report(),
    partials: record.partials,
    prefills: record.prefills,
    attempts: record.attempts,
    anticipated: record.anticipated,
    wastedTokens: record.wastedTokens,
    queuedMs: record.queuedMs,
    backends,
    ...(record.problem ? { error: record.problem } : {}),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** What people see of a turn: what was heard, what was answered, by whom, and where the time went. */
export function asText({ record, states, out, backends }: AskedTurn): string {
  const timeline = record.timeline.report();
  const rows = [
    ['states', states.join(' > ')],
    ['you said', record.transcript ?? ''],
    ['route', record.route ?? 'none'],
    ['reply', record.chunks.join(' ')],
    ['by', answeredBy(record, backends)],
    ...(out === undefined ? [] : [['written to', out]]),
    ...(record.why === null ? [] : [['why', record.why]]),
  ];
  const lines = rows.map(([name = '', value = '']) => `${`${name}:`.padEnd(12)}${value}\n`).join('');
  const passed = STAGES.some((stage) => stage !== 'speechEnd' && timeline[stage] !== null);
  return passed ? `${lines}\n${waterfall(timeline)}` : lines;
}

/** What really took part: a skill needs no model, a typed question no recogniser. */
function answeredBy({ source, route }: TurnRecord, { asr, llm, tts }: AskedTurn['backends']): string {
  return [...(source === 'typed' ? [] : [asr]), route === 'llm' ? llm : `pressel (${route ?? 'no route'})`, tts].join(
    ', ',
  );
}
