import { fromPromise } from 'xstate';
import { createAssistantMachine } from '../../machines/assistant.js';
import { type AssistantDelays, assistantDelayDefaults } from '../../machines/assistantDelays.js';
import { StartError, type StartFailure } from '../../machines/assistantEvents.js';
import { InferenceError } from '../inference/inferenceWorker.js';
import { LlmError } from '../llm/chatModel.js';
import { VOICE_SYSTEM_PROMPT } from '../llm/voicePrompt.js';
import { VoiceError } from '../speech/tts/voice.js';
import { type TurnParts, turnActor } from '../turn/turnActor.js';

/** The statechart with the world behind it. */
export function provideAssistant(parts: TurnParts, delays: AssistantDelays = assistantDelayDefaults) {
  const { model, conversation } = parts.mind;
  return createAssistantMachine(delays).provide({
    actors: {
      startUp: fromPromise(({ signal }) => warmUp(parts, signal)),
      turn: turnActor(parts),
      // A recording and a file cannot be lost; a device driver reopens itself with its next use.
      reopenMicrophone: fromPromise(async () => {}),
      reopenSpeaker: fromPromise(async () => {}),
      probeModel: fromPromise(async ({ signal }) => {
        const status = await model.probe(signal);
        if (!status.ready) throw new LlmError(status.reason, status.message);
      }),
      warmModel: fromPromise(({ signal }) => model.warmUp([{ role: 'system', content: VOICE_SYSTEM_PROMPT }], signal)),
    },
    actions: { forgetConversation: () => conversation.forget() },
  });
}

/** Loads every model that runs here, side by side: each has a thread of its own. */
async function warmUp({ ears, mouth }: TurnParts, signal: AbortSignal): Promise<void> {
  try {
    await Promise.all([ears?.vad.warmUp(signal), ears?.recognizer.warmUp(signal), mouth.voice.warmUp(signal)]);
  } catch (error) {
    if (signal.aborted) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new StartError(startFailureOf(error), message, { cause: error });
  }
}

function startFailureOf(error: unknown): StartFailure {
  if (error instanceof InferenceError) return error.reason === 'crashed' ? 'internal' : 'modelDamaged';
  if (!(error instanceof VoiceError)) return 'internal';
  if (error.reason === 'notFound' || error.reason === 'notInstalled') return 'modelMissing';
  return error.reason === 'badModel' || error.reason === 'badConfig' ? 'modelDamaged' : 'internal';
}
