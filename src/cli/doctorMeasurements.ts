import path from 'node:path';
import { systemClock } from '../../hardware/clock.js';
import { stateFolder } from '../appliance/pauseMemoryFile.js';
import { SPEED_FILE, SpeedFile } from '../appliance/speedFile.js';
import type { Config } from '../config/config.js';
import type { Measured } from '../doctor/checks/speed.js';
import { voiceSystemPrompt } from '../llm/voicePrompt.js';
import type { ModelStore } from '../models/modelStore.js';
import { earModels, voiceModels } from '../models/neededModels.js';
import { type MeasuredSpeeds, SpeedMeter } from '../observability/measuredSpeeds.js';
import type { ModelNames } from '../observability/slowModels.js';
import { measureSpeech } from '../speech/measureSpeech.js';
import type { Io } from './io.js';
import { personaOf } from './openConversation.js';
import { openChatModel, openConfiguredVoice, openEars } from './openParts.js';

/** Enough tokens to see the pace, at the slowest in half a minute. */
const MEASURED_TOKENS = 48;
const QUESTION = 'Count from one to thirty, in words.';

const RUNNING = 'as the running copy has measured it; nothing is measured beside it';

export interface Measuring {
  readonly io: Io;
  readonly config: Config;
  readonly store: ModelStore;
  /** A copy of the program runs: it must not be disturbed, and measures by itself. */
  readonly isRunning: boolean;
}

/** How fast the voice and the recogniser are: now, or as the running copy has measured it. */
export async function measureSpeechSpeed(measuring: Measuring, signal: AbortSignal): Promise<Measured | string> {
  const { config, store, isRunning } = measuring;
  for (const id of [...earModels(config), ...voiceModels(config)]) {
    if ((await store.status(id)) !== 'present') return `${id} is not there to be measured`;
  }
  const { vad, recognizer, endOfTurn } = openEars(config, store);
  const voice = openConfiguredVoice(config, store, () => {});
  try {
    const names = { asr: recognizer.name, tts: voice.name, llm: openChatModel(config).name };
    if (isRunning) return known(measuring, names);
    await recognizer.warmUp(signal);
    await voice.warmUp(signal);
    const meter = new SpeedMeter();
    meter.spoken(await measureSpeech(voice, recognizer, systemClock, signal));
    return await kept(measuring, names, meter.speeds);
  } finally {
    await Promise.all([vad.close(), recognizer.close(), voice.close(), endOfTurn?.close()]);
  }
}

/** How fast the chat model is: now, or as the running copy has measured it, whose prompt the server shall not forget. */
export async function measureChatSpeed(measuring: Measuring, signal: AbortSignal): Promise<Measured | string> {
  const { config, isRunning } = measuring;
  const names = await modelNames(measuring);
  if (isRunning) return known(measuring, names);
  const meter = new SpeedMeter();
  const short = { ...config, llm: { ...config.llm, maxReplyTokens: MEASURED_TOKENS } };
  const model = openChatModel(short, (usage) => meter.chatted(usage));
  const status = await model.probe(signal);
  if (!status.ready) return 'the model is not there to be measured';
  const system = { role: 'system', content: voiceSystemPrompt(personaOf(config)) } as const;
  await model.warmUp([system], signal);
  for await (const _piece of model.reply([system, { role: 'user', content: QUESTION }], signal));
  return kept(measuring, names, meter.speeds, status.version);
}

/** The speeds are kept by the names of all three. A voice that cannot be opened has the one it is configured by. */
async function modelNames({ config, store }: Measuring): Promise<ModelNames> {
  const { vad, recognizer, endOfTurn } = openEars(config, store);
  await Promise.all([vad.close(), recognizer.close(), endOfTurn?.close()]);
  return { asr: recognizer.name, tts: await voiceName(config, store), llm: openChatModel(config).name };
}

async function voiceName(config: Config, store: ModelStore): Promise<string> {
  try {
    const voice = openConfiguredVoice(config, store, () => {});
    await voice.close();
    return voice.name;
  } catch {
    return config.tts.voice;
  }
}

function known({ io }: Measuring, names: ModelNames): Measured {
  const file = path.join(stateFolder(io.env, io.home), SPEED_FILE);
  const speeds = new SpeedFile(file, names);
  return { now: speeds.known, best: speeds.best, names, file, note: RUNNING };
}

/** Compares with what was best before, and keeps what is new. */
async function kept({ io }: Measuring, names: ModelNames, now: MeasuredSpeeds, server?: string): Promise<Measured> {
  const file = path.join(stateFolder(io.env, io.home), SPEED_FILE);
  const speeds = new SpeedFile(file, names);
  const { best } = speeds;
  speeds.learn(now, server);
  // Where nothing can be kept, the check of the state folder says so.
  await speeds.save().catch(() => {});
  return { now, best, names, file, ...(server !== undefined && { server }) };
}
