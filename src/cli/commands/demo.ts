import path from 'node:path';
import { Command } from 'commander';
import { openWav } from '../../../hardware/audio/wavReader.js';
import type { Config } from '../../config/config.js';
import type { ChatModel } from '../../llm/chatModel.js';
import { OllamaModel } from '../../llm/ollamaModel.js';
import { type ScriptedOllama, startScriptedOllama } from '../../llm/scripted/scriptedOllama.js';
import { SCRIPTED_MODEL } from '../../llm/scripted/scriptedResponder.js';
import { askTurn } from '../askTurn.js';
import type { Io } from '../io.js';
import { openChatModel } from '../openParts.js';
import { openPlayback } from '../openPlayback.js';
import { packageFile } from '../packageFile.js';
import { type AskOptions, asText, loadTurnConfig, withTurnFlags } from './ask.js';

/** A small computer's pace: about six times faster than speech. */
const SCRIPTED_TOKENS_PER_SECOND = 20;
const SCRIPTED_FIRST_TOKEN_MS = 300;

/** `pressel demo`: a whole turn from a bundled recording, with a waterfall of where the time went. */
export function demoCommand(io: Io): Command {
  const command = new Command('demo')
    .description('hear one recorded question answered aloud, and see where the time went')
    .option('--out <file>', 'where the reply is written', 'reply.wav')
    .action((_options, self: Command) => demo(io, self.optsWithGlobals<AskOptions & { out: string }>()));
  return withTurnFlags(command);
}

async function demo(io: Io, options: AskOptions & { out: string }): Promise<void> {
  const config = await loadTurnConfig(io, options);
  const { model, server } = await modelOrStandIn(io, config);
  try {
    const wav = packageFile('assets/question.wav');
    io.stderr.write(`Listening to ${path.basename(wav)}, at the pace of a microphone.\n`);
    const turn = await askTurn(io, config, { wav, out: options.out, fast: false, quiet: false, model });
    io.stdout.write(`\n${asText(turn)}`);
    if (turn.record.problem) throw new Error(turn.record.problem.message);
    await playAloud(io, config, options.out);
  } finally {
    await server?.close();
  }
}

/** The configured chat model; where it cannot answer, the scripted responder, which says so. */
async function modelOrStandIn(io: Io, config: Config): Promise<{ model: ChatModel; server?: ScriptedOllama }> {
  const model = openChatModel(config);
  const status = await model.probe(io.signal);
  if (status.ready) return { model };
  io.stderr.write(`No language model (${status.message}) - the built-in scripted responder answers instead.\n`);
  const server = await startScriptedOllama({
    tokensPerSecond: SCRIPTED_TOKENS_PER_SECOND,
    firstTokenMs: SCRIPTED_FIRST_TOKEN_MS,
  });
  const standIn = new OllamaModel({
    url: server.url,
    model: SCRIPTED_MODEL,
    name: 'scripted responder (no language model)',
  });
  return { model: standIn, server };
}

async function playAloud(io: Io, config: Config, file: string): Promise<void> {
  const wav = await openWav(file);
  const { sampleRateHz } = wav;
  const { playback, noSpeaker } = await openPlayback(config, { out: undefined, fast: true, sampleRateHz }, io);
  try {
    if (noSpeaker) {
      io.stderr.write(`${noSpeaker.message} The reply is in ${file}.\n`);
      return;
    }
    for await (const samples of wav.blocks()) await playback.play({ samples, sampleRateHz }, io.signal);
    await playback.drained(io.signal);
  } finally {
    await playback.close();
  }
}
