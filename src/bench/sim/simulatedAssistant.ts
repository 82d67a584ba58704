import { type Actor, createActor, waitFor } from 'xstate';
import { sleep } from '../../../hardware/clock.js';
import { assistantDelayDefaults } from '../../../machines/assistantDelays.js';
import { provideAssistant } from '../../assistant/provideAssistant.js';
import { STAGES, type TimelineReport } from '../../observability/timeline.js';
import type { TurnRecord } from '../../turn/turnRecord.js';
import type { SimulatedPi } from './simulatedPi.js';
import type { SpokenUtterance } from './spokenUtterance.js';

/** What ends what the user says: silence, or the release of the button that was held meanwhile. */
export type TurnEnding = 'silence' | 'release';

/** A turn as it went, with what only the simulation knows. */
export interface SimulatedTurn {
  /** What the user said, and what was recognised. */
  readonly said: string;
  readonly recognised: string;
  /** The turn was taken from the user before the last word was out. */
  readonly cutOff: boolean;
  /** From the end of the user's last word to the first audible sample (ms); null without a reply. */
  readonly firstAudioMs: number | null;
  /** From the end of the user's last word, which the turn itself can only estimate. */
  readonly timeline: TimelineReport;
  /** What was heard of the reply. */
  readonly heardReply: string;
}

/** From the last word to the release of the button (ms): people let go when they hear themselves finish. */
const RELEASE_AFTER_MS = 100;

/** The appliance's own statechart and turn, on a simulated board. One turn at a time; the conversation goes on. */
export class SimulatedAssistant {
  readonly #assistant: Actor<ReturnType<typeof provideAssistant>>;
  readonly #abandoned = new AbortController();
  #onRecord: (record: TurnRecord) => void = () => {};

  constructor(
    readonly pi: SimulatedPi,
    readonly ending: TurnEnding,
  ) {
    const machine = provideAssistant(
      { ...pi.parts, onRecord: (record) => record.source === 'button' && this.#onRecord(record) },
      { ...assistantDelayDefaults, followUpMs: 0 },
    );
    this.#assistant = createActor(machine, { clock: pi.parts.clock });
  }

  /** Resolves when everything is warm, the chat model too. */
  async start(): Promise<void> {
    this.#assistant.start();
    await waitFor(this.#assistant, (snapshot) => snapshot.matches({ turn: 'idle', model: 'ready' }));
  }

  /** Lets the user press the button and speak, and resolves when the assistant rests again. @throws when the turn fails */
  async turn(utterance: SpokenUtterance): Promise<SimulatedTurn> {
    const { clock } = this.pi.parts;
    this.pi.user.willSay(utterance);
    const recorded = new Promise<TurnRecord>((resolve) => {
      this.#onRecord = resolve;
    });
    const endpoint = this.#when('thinking');
    const audible = this.#when('speaking');
    const spokenUntilMs = clock.now() + utterance.lastVoicedMs;
    this.#assistant.send({ type: 'button.pressed' });
    if (this.ending === 'silence') {
      this.#assistant.send({ type: 'button.tapped' });
    } else {
      await sleep(clock, utterance.lastVoicedMs + RELEASE_AFTER_MS, this.#abandoned.signal);
      this.#assistant.send({ type: 'button.released' });
    }
    const record = await recorded;
    if (record.problem) throw new Error(`a simulated turn failed: ${record.problem.message}`);
    await waitFor(this.#assistant, (snapshot) => snapshot.matches({ turn: 'idle' }));
    // The user hears the reply out even if it came too early, and says the rest to nobody.
    await sleep(clock, Math.max(0, spokenUntilMs - clock.now()), this.#abandoned.signal);
    const endpointAtMs = endpoint();
    const audibleAtMs = audible();
    return {
      said: utterance.transcript,
      recognised: record.transcript ?? '',
      cutOff: endpointAtMs !== undefined && endpointAtMs < spokenUntilMs,
      firstAudioMs: audibleAtMs === undefined ? null : Math.round(audibleAtMs - spokenUntilMs),
      timeline: fromTruth(record.timeline.report(), endpointAtMs, spokenUntilMs),
      heardReply: record.heard,
    };
  }

  stop(): void {
    this.#abandoned.abort(new Error('the simulation is over'));
    this.#assistant.stop();
  }

  /** Watches for the first state with this tag. @returns asks when that was */
  #when(tag: 'thinking' | 'speaking'): () => number | undefined {
    let atMs: number | undefined;
    const watching = this.#assistant.subscribe((snapshot) => {
      if (atMs === undefined && snapshot.hasTag(tag)) atMs = this.pi.parts.clock.now();
    });
    return () => {
      watching.unsubscribe();
      return atMs;
    };
  }
}

/** A turn measures from where it thinks the speech has ended. The endpoint is known on both scales. */
function fromTruth(report: TimelineReport, endpointAtMs: number | undefined, spokenUntilMs: number): TimelineReport {
  if (endpointAtMs === undefined || report.endpoint === null) return report;
  const shiftMs = endpointAtMs - spokenUntilMs - report.endpoint;
  const shifted = STAGES.map((stage) => {
    const ms = report[stage];
    return [stage, ms === null ? null : Math.round(ms + shiftMs)];
  });
  return Object.fromEntries(shifted) as TimelineReport;
}
