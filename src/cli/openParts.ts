import { availableParallelism } from 'node:os';
import { systemClock } from '../../hardware/clock.js';
import type { Config } from '../config/config.js';
import { parseVoice } from '../config/voiceSetting.js';
import { chatModelThreads } from '../inference/coreShares.js';
import type { ChatModel } from '../llm/chatModel.js';
import type { ChatUsage } from '../llm/chatUsage.js';
import { OllamaModel } from '../llm/ollamaModel.js';
import { isThisComputer, parseServerUrl } from '../llm/serverUrl.js';
import { voiceSystemPrompt } from '../llm/voicePrompt.js';
import { END_OF_TURN_MODEL_ID, VAD_MODEL_ID } from '../models/catalogue.js';
import type { ModelStore } from '../models/modelStore.js';
import type { IntentSkill } from '../skills/intent.js';
import { Router } from '../skills/router.js';
import { SkillTools } from '../skills/skillTool.js';
import type { Surroundings } from '../skills/surroundings.js';
import { Moonshine } from '../speech/asr/moonshine.js';
import { fixedSilence } from '../speech/endpointer.js';
import {
  type AdaptiveSilences,
  adaptivePatience,
  fixedPatience,
  type PatienceSource,
  type PauseMemory,
} from '../speech/endpointing/patience.js';
import { SmartTurn } from '../speech/endpointing/smartTurn.js';
import type { HearingOptions } from '../speech/hearing.js';
import type { SpokenLocale } from '../speech/text/normalise/dialect.js';
import { warmUpSpokenText } from '../speech/text/normalise/spokenText.js';
import { openVoice } from '../speech/tts/openVoice.js';
import type { SpeechRate } from '../speech/tts/speechRate.js';
import type { Voice } from '../speech/tts/voice.js';
import { RoomVad } from '../speech/vad/roomVad.js';
import { SileroVad } from '../speech/vad/sileroVad.js';
import type { Conversation } from '../turn/conversation.js';
import type { Ears } from '../turn/listen.js';
import type { Mind } from '../turn/reply.js';
import { newConversation, personaOf } from './openConversation.js';

/** Gap between two words that is not yet a pause (ms). */
const HANG_OVER_MS = 96;

/**
 * The recogniser, the voice activity detector and what judges the end of a turn, as configured. The caller closes them.
 * @param memory how long the user usually pauses; default: not known yet
 */
export function openEars(config: Config, store: ModelStore, memory: PauseMemory = { usualMs: undefined }): Ears {
  const model = config.asr.model;
  return {
    vad: new RoomVad(new SileroVad(store.path(VAD_MODEL_ID, 'silero_vad.onnx'))),
    recognizer: new Moonshine({
      encoderPath: store.path(model, 'encoder_model.onnx'),
      decoderPath: store.path(model, 'decoder_model_merged.onnx'),
      paddingMs: config.asr.paddingMs,
      tokensPerSecond: config.asr.tokensPerSecond,
    }),
    hearing: hearingOptions(config),
    patience: patienceOf(config, memory),
    recognition: config.asr.whileSpeaking ? 'whileSpeaking' : 'atPause',
    ...(config.endpointing.endOfTurn === 'smart-turn' && {
      endOfTurn: new SmartTurn(store.path(END_OF_TURN_MODEL_ID, 'smart-turn-v3.2-cpu.onnx')),
    }),
  };
}

/** How long a silence ends what the user says. */
function patienceOf({ endpointing }: Config, memory: PauseMemory): PatienceSource {
  if (endpointing.patience === 'fixed') return fixedPatience(endpointing.silenceMs);
  return adaptivePatience(adaptiveSilences(endpointing), memory);
}

/** As configured. */
export function adaptiveSilences(endpointing: Config['endpointing']): AdaptiveSilences {
  const { finishedSilenceMs, unclearSilenceMs, unfinishedSilenceMs } = endpointing;
  return { finishedMs: finishedSilenceMs, unclearMs: unclearSilenceMs, unfinishedMs: unfinishedSilenceMs };
}

/** Beyond the silence that ends the turn (ms). */
const TAIL_MARGIN_MS = 400;

/** Silence to add to a recorded question (ms): a microphone goes on after it, long enough that the turn ends. */
export function recordingTailMs({ endpointing }: Config): number {
  const { patience, silenceMs } = endpointing;
  const longestMs = patience === 'fixed' ? silenceMs : Math.max(...Object.values(adaptiveSilences(endpointing)));
  return longestMs + TAIL_MARGIN_MS;
}

/** When an utterance begins and ends. */
export function hearingOptions({ vad, endpointing }: Config): HearingOptions {
  return {
    threshold: vad.threshold,
    negativeThreshold: vad.negativeThreshold,
    minSpeechMs: vad.minSpeechMs,
    preRollMs: vad.preRollMs,
    hangOverMs: HANG_OVER_MS,
    silence: fixedSilence(endpointing.silenceMs),
    maxUtteranceMs: endpointing.maxUtteranceMs,
    noSpeechMs: endpointing.noSpeechMs,
  };
}

/**
 * The configured voice; the caller closes it.
 * @param rate how much faster it speaks than is configured; default: as configured
 * @throws {VoiceError}
 */
export function openConfiguredVoice(
  { tts }: Config,
  store: ModelStore,
  warn: (message: string) => void,
  rate: SpeechRate = { factor: 1 },
): Voice {
  const choice = parseVoice(tts.voice);
  const spec =
    choice && 'modelId' in choice ? `piper:${store.path(choice.modelId, `${choice.modelId}.onnx`)}` : tts.voice;
  return openVoice(spec, {
    sentencePauseMs: tts.sentencePauseMs,
    rate,
    ...(tts.lengthScale === undefined ? {} : { lengthScale: tts.lengthScale }),
    ...(tts.threads === undefined ? {} : { threads: tts.threads }),
    ...(tts.speaker === undefined ? {} : { speaker: tts.speaker }),
    onUnknownSymbols: (symbols) => warn(`the voice ${tts.voice} has no sound for: ${[...symbols].join(' ')}`),
  });
}

/** Twice what a token of English has: a reply beyond that comes from a server that does not know the limit. */
const CHARS_PER_TOKEN = 10;

/**
 * The configured chat model.
 * @param onUsage told what each exchange with it has cost; default: nobody
 */
export function openChatModel({ llm }: Config, onUsage?: (usage: ChatUsage) => void): ChatModel {
  const sharesCores = isThisComputer(parseServerUrl(llm.url));
  const threads = llm.threads ?? (sharesCores ? chatModelThreads(availableParallelism()) : undefined);
  return new OllamaModel({
    url: llm.url,
    model: llm.model,
    streaming: llm.streaming,
    connectTimeoutMs: llm.connectTimeoutMs,
    firstTokenTimeoutMs: llm.firstTokenTimeoutMs,
    tokenTimeoutMs: llm.tokenTimeoutMs,
    keepAlive: llm.keepAlive,
    numPredict: llm.maxReplyTokens,
    maxReplyChars: llm.maxReplyTokens * CHARS_PER_TOKEN,
    numCtx: llm.contextTokens,
    numBatch: llm.batchTokens,
    ...(threads === undefined ? {} : { numThread: threads }),
    temperature: llm.temperature,
    clock: systemClock,
    ...(onUsage === undefined ? {} : { onUsage }),
  });
}

/**
 * Router, skills, conversation and chat model.
 * @param skills in the order in which they are asked
 * @param conversation default: one that ends with the program
 * @param changeable what skills may change of the voice; default: nothing, as it would end with the program
 * @param tools what the model may use by itself at this moment, unless it is configured not to; default: the skills that answer something new
 */
export function openMind(
  config: Config,
  model: ChatModel,
  skills: readonly IntentSkill<unknown>[],
  conversation: Conversation = newConversation(config),
  changeable: Pick<Surroundings, 'volume' | 'rate'> = {},
  tools: () => readonly IntentSkill<unknown>[] = () => skills.filter(({ isAside }) => !isAside),
): Mind {
  const asTools = new SkillTools();
  return {
    router: new Router(skills, config.assistant.name),
    model,
    systemPrompt: voiceSystemPrompt(personaOf(config)),
    conversation,
    skillContext: () => ({ ...surroundings(config, new Date()), conversation: conversation.id, ...changeable }),
    chunking: { firstClause: config.chunking.firstClause, idleFlushMs: config.chunking.idleFlushMs },
    get tools() {
      return config.llm.tools === 'off' ? [] : asTools.of(tools());
    },
  };
}

/** What the first question and the first reply would wait for. Blocks the thread for some 50 ms, on x64. */
export function warmUpWords(config: Config, { router }: Pick<Mind, 'router'>): void {
  router.warmUp();
  warmUpSpokenText(spokenLocale(config));
}

/** How figures are said, as configured. */
export function spokenLocale({ locale }: Config): SpokenLocale {
  const { hour12 } = new Intl.DateTimeFormat(locale.language, { hour: 'numeric' }).resolvedOptions();
  const usual = hour12 ? '12h' : '24h';
  return { language: locale.language, clock: locale.clock === 'auto' ? usual : (locale.clock as '12h' | '24h') };
}

function surroundings(config: Config, now: Date): Surroundings {
  const { timeZone } = config.locale;
  return {
    now,
    ...spokenLocale(config),
    timeZone: timeZone === '' ? new Intl.DateTimeFormat().resolvedOptions().timeZone : timeZone,
  };
}
