import { createNullPlayback } from '../../../hardware/audio/nullPlayback.js';
import type { Clock } from '../../../hardware/clock.js';
import { DEFAULT_CONFIG } from '../../config/config.js';
import { voiceThreads } from '../../inference/coreShares.js';
import { Router } from '../../skills/router.js';
import { fixedSilence } from '../../speech/endpointer.js';
import type { Voice } from '../../speech/tts/voice.js';
import { Conversation } from '../../turn/conversation.js';
import type { TurnParts } from '../../turn/turnActor.js';
import { policyHangOverMs, policyPatience } from '../policyEars.js';
import { heldBack, polledVoice, wholeAudio } from '../policyVoices.js';
import type { TurnPolicy } from '../turnPolicies.js';
import { oracleEndOfTurn } from './oracleEndOfTurn.js';
import { jobOf, PiBoard } from './piBoard.js';
import { llmSpeeds, type PiModel, type PiSpeeds, piSpeeds } from './piSpeeds.js';
import { SimulatedModel } from './simulatedModel.js';
import { SimulatedRecognizer } from './simulatedRecognizer.js';
import { simulatedReply } from './simulatedReplies.js';
import { SimulatedUser } from './simulatedUser.js';
import { SimulatedVad } from './simulatedVad.js';
import { PIPER_WINDOWING, SimulatedVoice } from './simulatedVoice.js';
import { TurnGate } from './turnGate.js';

export interface SimulatedPiOptions {
  readonly pi: PiModel;
  /** As Ollama calls it, for example "qwen2.5:0.5b". */
  readonly llmModel: string;
  readonly policy: TurnPolicy;
  readonly seed: number;
  readonly clock: Clock;
}

/** A Raspberry Pi with everything that a turn needs, and somebody to talk to it. */
export interface SimulatedPi {
  readonly user: SimulatedUser;
  readonly model: SimulatedModel;
  /** Open while the turn is the assistant's. */
  readonly gate: TurnGate;
  readonly parts: Omit<TurnParts, 'onRecord'>;
}

const CORES = 4;
/** Linux weighs a thread of nice -5 at 3121 and one of nice 0 at 1024 (`sched_prio_to_weight`). */
const PREFERRED_WEIGHT = 3121 / 1024;
/** The speed of the voice was measured with as many. */
const VOICE_THREADS = voiceThreads(CORES);

/** Every turn is held on this day, so that the note of the time is the same anywhere. */
const DAY = { year: 2026, month: 10, day: 23, hour: 9 } as const;

/** @throws {RangeError} for a chat model whose speed is not known */
export function simulatedPi({ pi, llmModel, policy, seed, clock }: SimulatedPiOptions): SimulatedPi {
  const speeds = piSpeeds(pi);
  const board = new PiBoard(clock);
  const user = new SimulatedUser(clock);
  const { vad, endpointing, llm, conversation } = DEFAULT_CONFIG;
  const model = new SimulatedModel(board, {
    model: llmModel,
    speeds: llmSpeeds(pi, llmModel),
    batchTokens: llm.batchTokens,
    threads: policy.llmThreads,
    weight: policy.isPreferred ? 1 / PREFERRED_WEIGHT : 1,
    maxReplyTokens: llm.maxReplyTokens,
    reply: (question) => simulatedReply(question, seed),
  });
  const gate = new TurnGate();
  const voice = voiceFor(policy, gate, board, speeds);
  const startedAt = new Date(DAY.year, DAY.month, DAY.day, DAY.hour).getTime();
  return {
    user,
    model,
    gate,
    parts: {
      capture: user,
      ears: {
        vad: new SimulatedVad(board, speeds.vadMsPerFrame),
        recognizer: new SimulatedRecognizer(board, user, speeds.asr),
        hearing: {
          threshold: vad.threshold,
          negativeThreshold: vad.negativeThreshold,
          minSpeechMs: vad.minSpeechMs,
          preRollMs: vad.preRollMs,
          hangOverMs: policyHangOverMs(policy),
          silence: fixedSilence(endpointing.silenceMs), // the patience decides
          maxUtteranceMs: endpointing.maxUtteranceMs,
          noSpeechMs: endpointing.noSpeechMs,
        },
        patience: policyPatience(policy, oracleEndOfTurn(board, user, speeds.endOfTurnMs, seed)),
        recognition: policy.recognition,
      },
      mind: {
        // Without skills: all that is asked is the model's.
        router: new Router([]),
        model,
        conversation: new Conversation(conversation.historyMessages),
        skillContext: () => ({
          now: new Date(startedAt + clock.now()),
          language: 'en-US',
          timeZone: 'UTC',
          clock: '12h',
        }),
        chunking: policy.chunking,
      },
      mouth: {
        voice,
        playback: createNullPlayback({ sampleRateHz: voice.sampleRateHz, pace: 'realtime', clock }),
      },
      clock,
      ...(policy.speculation ? { speculation: policy.speculation } : {}),
      reopenMs: policy.reopenMs ?? 0,
    },
  };
}

function voiceFor(policy: TurnPolicy, gate: TurnGate, board: PiBoard, speeds: PiSpeeds): Voice {
  const started = runVoice(policy, board, speeds);
  const voice = policy.pollMs === undefined ? started : polledVoice(started, policy.pollMs, board.clock);
  return policy.speaksEarly === false ? heldBack(voice, (signal) => gate.opened(signal)) : voice;
}

function runVoice(policy: TurnPolicy, board: PiBoard, speeds: PiSpeeds): Voice {
  const piper = { realTimeFactor: speeds.ttsRealTimeFactor, threads: VOICE_THREADS };
  const voice = new SimulatedVoice(board, piper);
  switch (policy.voice) {
    case 'resident':
      return voice;
    case 'windowed':
      return new SimulatedVoice(board, { ...piper, windowing: PIPER_WINDOWING });
    case 'whole':
      return wholeAudio(voice);
    case 'spawned': // started, and its model loaded, for each text
      return heldBack(wholeAudio(voice), (signal) => board.run(jobOf(speeds.voiceStartMs, 1), signal));
  }
}
