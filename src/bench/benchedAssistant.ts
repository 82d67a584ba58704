import { type Actor, createActor, waitFor } from 'xstate';
import { sleep } from '../../hardware/clock.js';
import { assistantDelayDefaults } from '../../machines/assistantDelays.js';
import { provideAssistant } from '../assistant/provideAssistant.js';
import { STAGES, type TimelineReport } from '../observability/timeline.js';
import type { TurnParts } from '../turn/turnActor.js';
import type { TurnRecord } from '../turn/turnRecord.js';
import type { TurnGate } from './sim/turnGate.js';

/** What somebody says, with the truth that recogniser and endpointer only guess. */
export interface BenchedUtterance {
  readonly transcript: string;
  /** The end of the last voiced sample (ms from the opening of the microphone). */
  readonly lastVoicedMs: number;
}

/** Somebody at the microphone, who says what is asked of them into the next capture. */
export interface BenchedUser<Utterance extends BenchedUtterance> {
  willSay(utterance: Utterance): void;
  /** When the microphone was opened for the last utterance, on the clock (ms). */
  readonly heard: { readonly openedAtMs: number } | undefined;
}

/** What an assistant is made of that takes turns with such a user. */
export interface BenchedParts<Utterance extends BenchedUtterance> {
  readonly user: BenchedUser<Utterance>;
  /** Open while the turn is the assistant's. */
  readonly gate: TurnGate;
  readonly parts: Omit<TurnParts, 'onRecord'>;
}

/** What ends what the user says: silence, or the release of the button that was held meanwhile. */
export type TurnEnding = 'silence' | 'release';

/** A turn as it went, with what only the benchmark knows. */
export interface BenchedTurn {
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
  /** Replies begun at a pause, and whether the one that was heard is among them. */
  readonly attempts: number;
  readonly anticipated: boolean;
}

/** From the last word to the release of the button (ms): people let go when they hear themselves finish. */
const RELEASE_AFTER_MS = 100;

/** The appliance's own statechart and turn, with a user of whom all is known. One turn at a time; the conversation goes on. */
export class BenchedAssistant<Utterance extends BenchedUtterance> {
  readonly #assistant: Actor<ReturnType<typeof provideAssistant>>;
  readonly #abandoned = new AbortController();
  #onRecord: (record: TurnRecord) => void = () => {};

  constructor(
    readonly benched: BenchedParts<Utterance>,
    readonly ending: TurnEnding,
  ) {
    const { parts, gate } = benched;
    const machine = provideAssistant(
      { ...parts, onRecord: (record) => record.source === 'button' && this.#onRecord(record) },
      { ...assistantDelayDefaults, followUpMs: 0 },
    );
    this.#assistant = createActor(machine, { clock: parts.clock });
    this.#assistant.subscribe((snapshot) => {
      if (snapshot.hasTag('thinking') || snapshot.hasTag('speaking')) gate.open();
      else gate.shut();
    });
  }

  /** Resolves when everything is warm, the chat model too. */
  async start(): Promise<void> {
    this.#assistant.start();
    await waitFor(this.#assistant, (snapshot) => snapshot.matches({ turn: 'idle', model: 'ready' }));
  }

  /** Lets the user press the button and speak, and resolves when the assistant rests again. @throws when the turn fails */
  async turn(utterance: Utterance): Promise<BenchedTurn> {
    const { user, parts } = this.benched;
    const { clock } = parts;
    user.willSay(utterance);
    const recorded = new Promise<TurnRecord>((resolve) => {
      this.#onRecord = resolve;
    });
    const endpoint = this.#whenThinking();
    this.#assistant.send({ type: 'button.pressed' });
    if (this.ending === 'silence') {
      this.#assistant.send({ type: 'button.tapped' });
    } else {
      await sleep(clock, utterance.lastVoicedMs + RELEASE_AFTER_MS, this.#abandoned.signal);
      this.#assistant.send({ type: 'button.released' });
    }
    const record = await recorded;
    this.#abandoned.signal.throwIfAborted();
    if (record.problem) throw new Error(`a turn of the benchmark failed: ${record.problem.message}`);
    const spokenUntilMs = (user.heard?.openedAtMs ?? 0) + utterance.lastVoicedMs;
    await waitFor(this.#assistant, (snapshot) => snapshot.matches({ turn: 'idle' }));
    // The user hears the reply out even if it came too early, and says the rest to nobody.
    await sleep(clock, Math.max(0, spokenUntilMs - clock.now()), this.#abandoned.signal);
    const endpointAtMs = endpoint();
    const timeline = fromTruth(record.timeline.report(), endpointAtMs, spokenUntilMs);
    return {
      said: utterance.transcript,
      recognised: record.transcript ?? '',
      cutOff: endpointAtMs !== undefined && endpointAtMs < spokenUntilMs,
      firstAudioMs: timeline.firstAudio,
      timeline,
      heardReply: record.heard,
      attempts: record.attempts,
      anticipated: record.anticipated,
    };
  }

  stop(): void {
    this.#abandoned.abort(new Error('the benchmark is over'));
    this.#assistant.stop();
  }

  /** Watches for the end of the user's turn. @returns asks when that was */
  #whenThinking(): () => number | undefined {
    let atMs: number | undefined;
    let isThinking = false;
    const watching = this.#assistant.subscribe((snapshot) => {
      // A turn that the user takes back ends once more.
      if (!isThinking && snapshot.hasTag('thinking')) atMs = this.benched.parts.clock.now();
      isThinking = snapshot.hasTag('thinking');
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
