import { createNullPlayback } from '../../hardware/audio/nullPlayback.js';
import type { Clock } from '../../hardware/clock.js';
import { tokensOf } from '../llm/scripted/scriptedWire.js';
import { Router } from '../skills/router.js';
import type { Voice } from '../speech/tts/voice.js';
import { Conversation } from '../turn/conversation.js';
import type { Ears } from '../turn/listen.js';
import type { Mind } from '../turn/reply.js';
import type { SpeculationOptions } from '../turn/speculation.js';
import type { Chunking } from '../turn/spokenChunks.js';
import { BenchedAssistant, type BenchedTurn } from './benchedAssistant.js';
import type { ContestModel } from './contestModel.js';
import { type EndOfTurnJudge, policyEars } from './policyEars.js';
import { heldBack, spawnedVoice, wholeAudio } from './policyVoices.js';
import { RecordedUser } from './recordedUser.js';
import type { RecordedUtterance } from './recordedUtterance.js';
import { TurnGate } from './sim/turnGate.js';
import type { TokenCount } from './turnFigures.js';
import { TURN_POLICIES, type TurnPolicyName } from './turnPolicies.js';

/** What all contestants share, and what is Pressel's own. */
export interface ContestOptions {
  /** As the appliance has them. */
  readonly ears: Ears;
  readonly chunking: Chunking;
  readonly speculation: SpeculationOptions;
  readonly reopenMs: number;
  readonly voice: Voice;
  /** Opens the same voice once more, for a policy that does so for each chunk. */
  readonly startVoice: () => Voice;
  readonly skillContext: Mind['skillContext'];
  /** In place of the end-of-turn model of a policy that has one. */
  readonly judge: EndOfTurnJudge;
  /**
   * Opens a chat model, the same for all, each with its own server.
   * @param reply what it says in the turn that goes on
   */
  readonly openModel: (reply: () => string, streaming: boolean) => Promise<ContestModel>;
  readonly clock: Clock;
}

/** One policy with a statechart, a microphone and a model server of its own; it shares the ears and the voice. */
export class Contestant {
  #heardTokens = 0;
  #warmUpTokens = 0;

  private constructor(
    readonly policy: TurnPolicyName,
    private readonly model: ContestModel,
    private readonly assistant: BenchedAssistant<RecordedUtterance>,
  ) {}

  /** Resolves when all of it is warm. */
  static async open(name: TurnPolicyName, reply: () => string, options: ContestOptions): Promise<Contestant> {
    const { clock } = options;
    const user = new RecordedUser(clock);
    const gate = new TurnGate();
    const voice = voiceFor(name, gate, options);
    const { ears, chunking, speculation, reopenMs } = settingsFor(name, options);
    const model = await options.openModel(reply, !chunking.whole);
    const parts = {
      capture: user,
      ears,
      // Without skills: all that is asked is the model's.
      mind: {
        router: new Router([]),
        model: model.model,
        conversation: new Conversation(0),
        skillContext: options.skillContext,
        chunking,
      },
      // What follows the first sound is not measured, and heard at once.
      mouth: { voice, playback: createNullPlayback({ sampleRateHz: voice.sampleRateHz, pace: 'fast', clock }) },
      clock,
      ...(speculation ? { speculation } : {}),
      reopenMs,
    };
    const contestant = new Contestant(name, model, new BenchedAssistant({ user, gate, parts }, 'silence'));
    try {
      await contestant.assistant.start();
    } catch (error) {
      await contestant.close();
      throw error;
    }
    contestant.#warmUpTokens = model.sentTokens;
    return contestant;
  }

  /** Lets the user speak, and resolves when the reply is over. */
  async turn(utterance: RecordedUtterance): Promise<BenchedTurn> {
    const turn = await this.assistant.turn(utterance);
    this.#heardTokens += tokensOf(turn.heardReply).length;
    return { ...turn, timeline: { ...turn.timeline, replyEnd: null } };
  }

  get tokens(): TokenCount {
    return { generated: this.model.sentTokens - this.#warmUpTokens, heard: this.#heardTokens };
  }

  /** A turn that goes on fails. Safe to call twice. */
  stop(): void {
    this.assistant.stop();
  }

  async close(): Promise<void> {
    this.stop();
    await this.assistant.benched.parts.mouth.playback.close();
    await this.model.close();
  }
}

/** Pressel is what it is configured to be; the others are what their projects are. */
function settingsFor(name: TurnPolicyName, { ears, chunking, speculation, reopenMs, judge }: ContestOptions) {
  if (name === 'pressel') return { ears, chunking, speculation, reopenMs };
  const policy = TURN_POLICIES[name];
  const { chunking: chunks, speculation: anticipates, reopenMs: reopens = 0 } = policy;
  return { ears: policyEars(ears, policy, judge), chunking: chunks, speculation: anticipates, reopenMs: reopens };
}

function voiceFor(name: TurnPolicyName, gate: TurnGate, { voice, startVoice }: ContestOptions): Voice {
  const policy = TURN_POLICIES[name];
  const run = policy.voice === 'spawned' ? spawnedVoice(voice, startVoice) : voice;
  const made = policy.voice === 'spawned' || policy.voice === 'whole' ? wholeAudio(run) : run;
  return policy.speaksEarly === false ? heldBack(made, (signal) => gate.opened(signal)) : made;
}
