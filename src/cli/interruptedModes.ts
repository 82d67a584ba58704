import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BargeInTrials, benchBargeIn } from '../bench/bargeIn/bargeInBench.js';
import { type EchoMode, echoLevelsOf } from '../bench/bargeIn/echoModes.js';
import { modeFigures } from '../bench/bargeIn/figures.js';
import { replyOf } from '../bench/bargeIn/replies.js';
import { measuredReplyDb } from '../bench/bargeIn/replyLevel.js';
import { plannedScenes } from '../bench/bargeIn/scenes.js';
import { seededNumbers } from '../bench/sim/seededNumbers.js';
import { VirtualSoundCard } from '../bench/soundCard/virtualSoundCard.js';
import type { Config } from '../config/config.js';
import { loadConfig } from '../config/loadConfig.js';
import { startScriptedOllama } from '../llm/scripted/scriptedOllama.js';
import { SCRIPTED_MODEL } from '../llm/scripted/scriptedResponder.js';
import type { ModelStore } from '../models/modelStore.js';
import { openLog } from '../observability/log.js';
import { bargeInSounds } from './bargeInSounds.js';
import { Closing } from './closing.js';
import { ensureConfiguredModels } from './ensureModels.js';
import { InterruptedAppliance } from './interruptedAppliance.js';
import type { Io } from './io.js';
import { openConfiguredVoice } from './openParts.js';

export interface InterruptedModesOptions {
  readonly modes: readonly EchoMode[];
  readonly echoLevelsDb: readonly number[];
  /** Trials of each kind, in each mode. */
  readonly runs: number;
  readonly seed: number;
  readonly recordings: string | undefined;
  readonly voice: string | undefined;
  readonly configFile: string | undefined;
  readonly onProgress: (mode: EchoMode, done: number, all: number) => void;
}

const PACE = { firstTokenMs: 100, tokensPerSecond: 40 } as const;

/** The follow-up window, in which the assistant must not hear the end of its own reply. */
const FOLLOW_UP_MS = 2_000;

/** Sentences by which the loudness of the voice is measured. */
const MEASURED_SENTENCES = 2;

/**
 * The whole appliance under each setting of `audio.echo`, one after the other, interrupted through a virtual sound card in
 * real time. What was opened is in `closing`, however it ends.
 * @throws {UsageError, ModelError, AudioError}; the signal's reason
 */
export async function interruptedModes(io: Io, options: InterruptedModesOptions, closing: Closing) {
  const { modes, echoLevelsDb, runs, seed } = options;
  const folder = await mkdtemp(path.join(tmpdir(), 'pressel-barge-in-'));
  const card = new VirtualSoundCard(folder, io.env['PATH']);
  closing.push(async () => {
    await card.close(); // a server that still runs would write into its folder
    await rm(folder, { recursive: true, force: true });
  });
  let script = '';
  const server = await startScriptedOllama({ ...PACE, reply: () => script, keepsRequests: false });
  closing.push(() => server.close());
  await card.start();

  const here: Io = { ...io, env: { ...io.env, ...card.env, STATE_DIRECTORY: path.join(folder, 'state') } };
  const configOf = async (mode: EchoMode) => (await loadConfig(configSources(here, options, mode, server.url))).config;
  const config = await configOf(modes[0] ?? 'text-guard');
  const store = await ensureConfiguredModels(io, config, { quiet: true });
  const replyVoice = await voiceName(config, store);
  const sounds = await bargeInSounds({ ...options, count: runs, replyVoice, signal: io.signal });

  const run = async (mode: EchoMode) => {
    const modeConfig = await configOf(mode);
    const log = openLog(modeConfig, io.stderr);
    const opened = new Closing();
    closing.push(async () => {
      await opened.close();
    });
    const appliance = await InterruptedAppliance.start({
      io: here,
      config: modeConfig,
      store,
      log,
      closing: opened,
      script: (reply) => {
        script = reply;
      },
    });
    const measured = replyOf(MEASURED_SENTENCES, [], seededNumbers(seed));
    const replyDb = await measuredReplyDb(card, appliance, measured, io.signal);
    const { interruptions, bystanders } = sounds;
    const plan = { interruptions, bystanders, echoes: runs, echoLevelsDb: echoLevelsOf(mode, echoLevelsDb), seed };
    const all = interruptions.length + bystanders.length + runs;
    const result: BargeInTrials = await benchBargeIn({
      stage: { card, appliance, replyDb },
      scenes: plannedScenes(plan),
      signal: io.signal,
      onTrials: (done) => options.onProgress(mode, done, all),
    });
    await opened.close();
    return { ...modeFigures(mode, result.trials), replyDb, ...result };
  };
  const results = [];
  for (const mode of modes) results.push(await run(mode));
  return { sounds: sounds.from, voice: replyVoice, results };
}

function configSources(io: Io, { voice, configFile }: InterruptedModesOptions, mode: EchoMode, url: string) {
  const flags = {
    'tts.voice': voice,
    'audio.echo': mode,
    'audio.driver': 'auto',
    'audio.input': 'auto',
    'audio.output': 'auto',
    'llm.url': url,
    'llm.model': SCRIPTED_MODEL,
    'conversation.follow_up_ms': FOLLOW_UP_MS,
    'log.level': 'warn',
  };
  return { file: configFile, flags, env: io.env, home: io.home };
}

async function voiceName(config: Config, store: ModelStore): Promise<string> {
  const voice = openConfiguredVoice(config, store, () => {});
  await voice.close();
  return voice.name;
}
