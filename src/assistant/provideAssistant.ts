import { fromCallback, fromPromise } from 'xstate';
import { createAssistantMachine } from '../../machines/assistant.js';
import { type AssistantDelays, assistantDelayDefaults } from '../../machines/assistantDelays.js';
import { StartError, type StartFailure } from '../../machines/assistantEvents.js';
import { messageOf } from '../failures/messageOf.js';
import { InferenceError } from '../inference/inferenceWorker.js';
import { LlmError } from '../llm/chatModel.js';
import { ModelError } from '../models/modelError.js';
import { VoiceError } from '../speech/tts/voice.js';
import { promptBefore } from '../turn/prompt.js';
import { type TurnParts, turnActor } from '../turn/turnActor.js';

/** What the statechart does to the world besides carrying turns. */
export interface Appliance {
  /** Sees that all models are on the disk. Default: they are. */
  readonly loadModels?: (signal: AbortSignal) => Promise<void>;
  /** Opens the microphone, the first time and after it was lost. Default: what is captured needs no opening. */
  readonly openMicrophone?: (signal: AbortSignal) => Promise<void>;
  readonly openSpeaker?: (signal: AbortSignal) => Promise<void>;
  /** Resolves when a wake word is heard. Default: there are none. */
  readonly wakeWord?: (signal: AbortSignal) => Promise<{ readonly word: string; readonly wordEndAtMs: number }>;
  /** Loads whatever hears wake words. */
  readonly warmWakeWord?: (signal: AbortSignal) => Promise<void>;
  /** Silences what the bell rings for. Default: nothing rings. */
  readonly stopRinging?: () => void;
  /** While it is deaf, the microphone hears and keeps nothing. */
  readonly setDeaf?: (deaf: boolean) => void;
}

/** The statechart with the world behind it. */
export function provideAssistant(
  parts: TurnParts,
  delays: AssistantDelays = assistantDelayDefaults,
  appliance: Appliance = {},
) {
  const { model, conversation } = parts.mind;
  const { stopRinging, loadModels, openMicrophone, openSpeaker, setDeaf, wakeWord, warmWakeWord } = appliance;
  return createAssistantMachine(delays).provide({
    actors: {
      loadModels: fromPromise(async ({ signal }) => orStartError(loadModels?.(signal), signal)),
      warmUp: fromPromise(async ({ signal }) => {
        await orStartError(Promise.all([warmUp(parts, signal), warmWakeWord?.(signal)]), signal);
      }),
      turn: turnActor(parts),
      wakeWatch: fromCallback(({ sendBack }) => {
        const watching = new AbortController();
        wakeWord?.(watching.signal).then(
          ({ word, wordEndAtMs }) => sendBack({ type: 'wake.detected', word, wordEndAtMs }),
          () => {}, // it was stopped
        );
        return () => watching.abort(new Error('the wake word is not waited for'));
      }),
      openMicrophone: fromPromise(async ({ signal }) => openMicrophone?.(signal)),
      openSpeaker: fromPromise(async ({ signal }) => openSpeaker?.(signal)),
      probeModel: fromPromise(async ({ signal }) => {
        const status = await model.probe(signal);
        if (!status.ready) throw new LlmError(status.reason, status.message);
      }),
      warmModel: fromPromise(({ signal }) => {
        const { messages, tools } = promptBefore(parts.mind);
        return model.warmUp(messages, signal, tools);
      }),
    },
    actions: {
      forgetConversation: () => conversation.forget(),
      stopBell: () => stopRinging?.(),
      deafen: () => setDeaf?.(true),
      hearAgain: () => setDeaf?.(false),
    },
  });
}

/** Loads every model that runs here, side by side: each has a thread of its own. */
async function warmUp({ ears, mouth }: TurnParts, signal: AbortSignal): Promise<void> {
  await Promise.all([
    ears?.vad.warmUp(signal),
    ears?.recognizer.warmUp(signal),
    ears?.endOfTurn?.warmUp(signal),
    mouth.voice.warmUp(signal),
  ]);
}

async function orStartError(work: Promise<unknown> | undefined, signal: AbortSignal): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (signal.aborted) throw error;
    const message = messageOf(error);
    throw new StartError(startFailureOf(error), message, { cause: error });
  }
}

function startFailureOf(error: unknown): StartFailure {
  if (error instanceof ModelError) return 'modelMissing';
  if (error instanceof InferenceError) return error.reason === 'crashed' ? 'internal' : 'modelDamaged';
  if (!(error instanceof VoiceError)) return 'internal';
  if (error.reason === 'notFound' || error.reason === 'notInstalled') return 'modelMissing';
  return error.reason === 'badModel' || error.reason === 'badConfig' ? 'modelDamaged' : 'internal';
}
