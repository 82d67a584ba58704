import { systemClock } from '../../hardware/clock.js';
import { scriptedModel } from '../bench/contestModel.js';
import { PAUSE_MS, recordedCorpus, type SpeechRecording } from '../bench/recordedUtterance.js';
import { withoutTail } from '../bench/speechTail.js';
import { benchTurn } from '../bench/turnBench.js';
import type { TurnPolicyName } from '../bench/turnPolicies.js';
import type { Config } from '../config/config.js';
import type { ModelStore } from '../models/modelStore.js';
import { openChatModel, openConfiguredVoice, openEars, openMind } from './openParts.js';
import { speechCorpus } from './speechRecordings.js';
import { policiesOf, seedOf, type TurnFlags } from './turnFlags.js';
import { wholeNumber } from './wholeNumber.js';

/** A round of all policies takes about a minute. */
const USUAL_TURNS = 3;
const MOST_TURNS = 1_000;

/** The scripted model: a small one on a good machine. */
const PACE = { tokensPerSecond: 20, firstTokenMs: 300 } as const;

/**
 * Real recordings, ears and voice and a scripted model under each policy, on this machine and at a microphone's pace.
 * @param say tells whoever waits what goes on
 * @throws {UsageError}; the signal's reason
 */
export async function realTimeTurns(
  flags: TurnFlags,
  config: Config,
  store: ModelStore,
  say: (message: string) => void,
  signal: AbortSignal,
) {
  const count = wholeNumber('--turns', flags.turns, USUAL_TURNS, 1, MOST_TURNS);
  const seed = seedOf(flags);
  const policies = policiesOf(flags);
  const voice = openConfiguredVoice(config, store, say);
  const ears = openEars(config, store);
  const { chunking, skillContext } = openMind(config, openChatModel(config), []);
  try {
    const maxMs = config.endpointing.maxUtteranceMs - PAUSE_MS.to;
    const corpus = await speechCorpus(flags, { maxMs, turns: count, seed, voice, signal });
    const recordings: SpeechRecording[] = [];
    for (const recording of corpus.recordings) recordings.push(await withoutTail(recording, ears.vad, signal));
    const { turns, ...measured } = await benchTurn({
      policies,
      utterances: recordedCorpus(recordings, count, seed),
      seed,
      ears,
      chunking,
      speculation: config.speculation,
      reopenMs: config.endpointing.reopenMs,
      voice,
      startVoice: () => openConfiguredVoice(config, store, () => {}),
      skillContext,
      openModel: (reply, streaming) => scriptedModel(PACE, reply, streaming, systemClock),
      clock: systemClock,
      signal,
      onTurn: (policy: TurnPolicyName, turn: number) => say(`turn ${turn + 1} of ${count}, ${policy}`),
    });
    return {
      document: {
        recordings: { from: corpus.source, count: recordings.length },
        seed,
        model: { name: 'scripted', ...PACE },
        backends: { asr: ears.recognizer.name, llm: 'scripted', tts: voice.name },
        ...measured,
      },
      timelines: turns,
    };
  } finally {
    await Promise.all([voice.close(), ears.vad.close(), ears.recognizer.close()]);
  }
}
