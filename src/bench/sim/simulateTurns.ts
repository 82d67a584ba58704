import { sleep } from '../../../hardware/clock.js';
import { BenchedAssistant, type BenchedTurn, type TurnEnding } from '../benchedAssistant.js';
import { type PolicyFigures, policyFigures } from '../turnFigures.js';
import { TURN_POLICIES, type TurnPolicy, type TurnPolicyName } from '../turnPolicies.js';
import { CORPUS_SENTENCES } from './corpusSentences.js';
import { heardTokens } from './heardTokens.js';
import type { PiModel } from './piSpeeds.js';
import { seededNumbers, wholeBetween } from './seededNumbers.js';
import type { ModelWork } from './simulatedModel.js';
import { simulatedPi } from './simulatedPi.js';
import { simulatedReply } from './simulatedReplies.js';
import { spokenCorpus } from './spokenUtterance.js';
import { VirtualClock } from './virtualClock.js';

export interface SimulateTurnsOptions {
  readonly pi: PiModel;
  /** As Ollama calls it, for example "qwen2.5:0.5b"; one of `SIMULATED_LLMS`. */
  readonly llmModel: string;
  readonly turns: number;
  /** Decides what is said, how, when, and what is replied. */
  readonly seed: number;
  /** One of the compared policies, or any other. */
  readonly policy: TurnPolicyName | TurnPolicy;
  /** What ends what the user says. Default: silence. */
  readonly ending?: TurnEnding;
  /** What the user says, in an order that the seed decides. Default: `CORPUS_SENTENCES`. */
  readonly sentences?: readonly string[];
}

/** How the turns of one policy went. */
export interface SimulatedTurns extends Omit<PolicyFigures, 'turns'> {
  /** In order. */
  readonly turns: readonly BenchedTurn[];
  readonly work: ModelWork;
}

/** Then the user talks of something else, and the model has read none of it before. */
const TURNS_PER_CONVERSATION = 4;

/** From the end of a reply to the next press of the button (ms). */
const THINKING_MS = { from: 1_000, to: 4_000 };

/**
 * Holds turns with the appliance's own statechart and turn code on a simulated Raspberry Pi, on a virtual clock: the same
 * options give the same numbers on any machine.
 * @throws {RangeError} for a chat model whose speed is not known; an error when a turn fails
 */
export async function simulateTurns(options: SimulateTurnsOptions): Promise<SimulatedTurns> {
  const clock = new VirtualClock();
  return clock.run(simulation(options, clock));
}

async function simulation(options: SimulateTurnsOptions, clock: VirtualClock): Promise<SimulatedTurns> {
  const { pi: board, llmModel, turns: count, seed, ending = 'silence', sentences = CORPUS_SENTENCES } = options;
  const policy = typeof options.policy === 'string' ? TURN_POLICIES[options.policy] : options.policy;
  const pi = simulatedPi({ pi: board, llmModel, policy, seed, clock });
  const assistant = new BenchedAssistant(pi, ending);
  const random = seededNumbers(seed);
  const turns: BenchedTurn[] = [];
  try {
    await assistant.start();
    const warmUp = pi.model.work;
    for (const [i, utterance] of spokenCorpus(sentences, count, seed).entries()) {
      if (i % TURNS_PER_CONVERSATION === 0) pi.parts.mind.conversation.forget();
      turns.push(await assistant.turn(utterance));
      await sleep(clock, wholeBetween(random, THINKING_MS.from, THINKING_MS.to), new AbortController().signal);
    }
    return summaryOf(turns, workSince(warmUp, pi.model.work), seed);
  } finally {
    assistant.stop();
    await pi.parts.mouth.playback.close();
  }
}

function summaryOf(turns: readonly BenchedTurn[], work: ModelWork, seed: number): SimulatedTurns {
  const heard = turns.reduce(
    (sum, { recognised, heardReply }) => sum + heardTokens(simulatedReply(recognised, seed), heardReply),
    0,
  );
  return { ...policyFigures(turns, { generated: work.generatedTokens, heard }), turns, work };
}

function workSince(before: ModelWork, now: ModelWork): ModelWork {
  return {
    promptTokens: now.promptTokens - before.promptTokens,
    generatedTokens: now.generatedTokens - before.generatedTokens,
    abortedPromptTokens: now.abortedPromptTokens - before.abortedPromptTokens,
    abortedGeneratedTokens: now.abortedGeneratedTokens - before.abortedGeneratedTokens,
  };
}
