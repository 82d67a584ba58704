import { systemClock as clock, sleep } from '../../../hardware/clock.js';
import { firstAudibleMs, soundEndMs } from '../soundCard/audible.js';
import type { PlayingSound } from '../soundCard/microphoneSound.js';
import type { SpeakerRecording } from '../soundCard/speakerRecording.js';
import type { Trial } from './figures.js';
import { atLevel } from './interjection.js';
import type { PlannedInterjection, Scene } from './scenes.js';
import { calm, isIn, letSpeak, replyOver, type Stage } from './stage.js';
import { type Verdict, verdictOf } from './verdict.js';

/** An interruption counts within this, from its first voiced sample (ms). */
const TAKEN_WITHIN_MS = 2_500;
/** A bystander is judged after this; then the next may follow. */
const JUDGED_AFTER_MS = 1_800;
/** If it is still finding out what it was, it is waited for. */
const DECIDED_WITHIN_MS = 2_000;
/** Nothing for so long is silence at the speaker (ms); it is waited for, but not for ever. */
const QUIET_MS = 250;
const QUIET_LIMIT_MS = 2_000;
/** What follows a reply: the follow-up window, and somebody who is heard in it until they are understood. */
const AFTERMATH_LIMIT_MS = 12_000;
/** From the end of a turn to its record. */
const RECORDS_AFTER_MS = 200;
const RECORD_LIMIT_MS = 1_000;
/** How often it is looked whether a sound has been heard by now. */
const LOOK_MS = 20;

/** What a scene has come to. */
export interface PlayedScene {
  readonly trials: readonly Trial[];
  /** Nothing can be said of these: the reply was over before. */
  readonly unjudged: readonly PlannedInterjection[];
}

/** Lets the assistant speak, and others talk into it, in real time. @throws when it hangs; the signal's reason */
export async function playScene(stage: Stage, scene: Scene, signal: AbortSignal): Promise<PlayedScene> {
  const { card, appliance } = stage;
  const recording = await card.recordSpeaker();
  const over = new AbortController();
  const firstRecord = appliance.records.length;
  const playing = new PlayingScene(stage, scene, recording, firstRecord, AbortSignal.any([signal, over.signal]));
  try {
    const audibleAtMs = await letSpeak(appliance, scene.reply, signal);
    return await (scene.interjections.length === 0 ? playing.echo(audibleAtMs) : playing.interjections(audibleAtMs));
  } finally {
    over.abort(new Error('the scene is over'));
    recording.end();
    await calm(appliance, signal);
  }
}

/** Lets the assistant speak in a room that it does not know yet. Nothing is judged. @throws as `playScene` */
export async function getToKnow({ appliance }: Stage, reply: string, signal: AbortSignal): Promise<void> {
  const known = appliance.records.length;
  await letSpeak(appliance, reply, signal);
  await replyOver(appliance, signal);
  await calm(appliance, signal);
  // Its record must not be taken for that of the reply that is judged.
  const isRecorded = () => appliance.records.slice(known).some(({ source }) => source === 'typed');
  await appliance.moments.within(AFTERMATH_LIMIT_MS, isRecorded, signal);
  await sleep(clock, RECORDS_AFTER_MS, signal);
}

class PlayingScene {
  constructor(
    private readonly stage: Stage,
    private readonly scene: Scene,
    private readonly recording: SpeakerRecording,
    private readonly firstRecord: number,
    private readonly signal: AbortSignal,
  ) {}

  /** Nobody speaks: the reply and the follow-up window behind it are waited for. */
  async echo(audibleAtMs: number): Promise<PlayedScene> {
    const { appliance } = this.stage;
    await replyOver(appliance, this.signal);
    const untilMs = performance.now();
    // If it has heard itself, it is given the time to answer: until then nobody knows whether it would.
    await appliance.moments.within(AFTERMATH_LIMIT_MS, () => isIn(appliance, 'idle', 'speaking'), this.signal);
    await calm(appliance, this.signal);
    await sleep(clock, RECORDS_AFTER_MS, this.signal);
    return { trials: [await this.#echoTrial(audibleAtMs, untilMs)], unjudged: [] };
  }

  async interjections(audibleAtMs: number): Promise<PlayedScene> {
    const trials: Trial[] = [];
    const { interjections } = this.scene;
    let sinceMs = audibleAtMs;
    for (const [n, planned] of interjections.entries()) {
      await sleep(clock, planned.waitMs, this.signal);
      const voicedAtMs = isIn(this.stage.appliance, 'speaking') ? await this.#begin(planned) : undefined;
      if (voicedAtMs === undefined) {
        const early = await this.#echoTrial(sinceMs, performance.now());
        return {
          trials: early.takenMs === null ? trials : [...trials, early],
          unjudged: interjections.slice(n),
        };
      }
      const trial = await this.#judged(planned, voicedAtMs);
      if (trial) trials.push(trial);
      if (!trial || trial.takenMs !== null) return { trials, unjudged: interjections.slice(trial ? n + 1 : n) };
      sinceMs = performance.now();
    }
    return { trials, unjudged: [] };
  }

  /** @returns when its first voiced sample was heard; undefined when the reply was over before that */
  async #begin({ interjection, relativeDb }: PlannedInterjection): Promise<number | undefined> {
    const { card, appliance, replyDb } = this.stage;
    const sound = await card.startIntoMicrophone(atLevel(interjection, replyDb + relativeDb), this.signal);
    const voicedAtMs = (await this.#startOf(sound)) + interjection.voicedFromMs;
    await sleep(clock, Math.max(0, voicedAtMs - performance.now()), this.signal);
    return appliance.moments.since(voicedAtMs)[0]?.state === 'speaking' ? voicedAtMs : undefined;
  }

  async #startOf(sound: PlayingSound): Promise<number> {
    let ended: number | undefined;
    sound.ended.then(
      ({ startMs }) => {
        ended = startMs;
      },
      () => {}, // only the end of the scene ends it early
    );
    for (;;) {
      const startMs = sound.startMs() ?? ended;
      if (startMs !== undefined) return startMs;
      await sleep(clock, LOOK_MS, this.signal);
    }
  }

  /** Undefined when the reply was over before it could be said. */
  async #judged({ interjection, ...planned }: PlannedInterjection, voicedAtMs: number): Promise<Trial | undefined> {
    const { appliance } = this.stage;
    const { moments } = appliance;
    const isReal = interjection.kind === 'interruption';
    const untilMs = voicedAtMs + (isReal ? TAKEN_WITHIN_MS : JUDGED_AFTER_MS);
    const isOver = () => !isIn(appliance, 'speaking');
    await moments.within(Math.max(0, untilMs - performance.now()), isOver, this.signal);
    if (!isReal)
      await moments.within(DECIDED_WITHIN_MS, () => isOver() || moments.last?.within === 'playing', this.signal);
    const verdict = verdictOf(moments.since(voicedAtMs), voicedAtMs, isReal ? untilMs : performance.now());
    const takenAtMs = isReal ? verdict.takenAtMs : await this.#stoppedAtMs(verdict);
    if (takenAtMs === null && verdict.endedAtMs !== null) return undefined;
    if (takenAtMs !== null) await this.#quiet();
    return {
      kind: interjection.kind,
      name: interjection.name,
      echoDb: this.scene.room.gainDb,
      relativeDb: planned.relativeDb,
      takenMs: takenAtMs === null ? null : takenAtMs - voicedAtMs,
      silentMs: takenAtMs === null ? null : soundEndMs(this.recording.sound(), takenAtMs, QUIET_MS) - voicedAtMs,
      ducks: verdict.ducks,
      resumedMs: takenAtMs === null ? this.#resumedMs(verdict) : null,
      selfAnswers: 0,
    };
  }

  async #echoTrial(audibleAtMs: number, untilMs: number): Promise<Trial> {
    const { appliance } = this.stage;
    const verdict = verdictOf(appliance.moments.since(audibleAtMs), audibleAtMs, untilMs);
    const stoppedAtMs = await this.#stoppedAtMs(verdict);
    const others = appliance.records.slice(this.firstRecord).filter(({ source }) => source !== 'typed');
    return {
      kind: 'echo',
      name: 'its own echo',
      echoDb: this.scene.room.gainDb,
      relativeDb: this.scene.room.gainDb,
      takenMs: stoppedAtMs === null ? null : stoppedAtMs - audibleAtMs,
      silentMs: null,
      ducks: verdict.ducks,
      resumedMs: this.#resumedMs(verdict),
      selfAnswers: others.filter(({ transcript }) => transcript !== null && transcript.trim() !== '').length,
    };
  }

  /** Also where the reply ended without a new turn, if its record says that somebody ended it. */
  async #stoppedAtMs({ takenAtMs, endedAtMs }: Verdict): Promise<number | null> {
    if (takenAtMs !== null || endedAtMs === null) return takenAtMs;
    const { appliance } = this.stage;
    const ofReply = () => appliance.records.slice(this.firstRecord).find(({ source }) => source === 'typed');
    await appliance.moments.within(RECORD_LIMIT_MS, () => ofReply() !== undefined, this.signal);
    return ofReply()?.interrupted ? endedAtMs : null;
  }

  /** Until it is audible as loud as before; a pause between two sentences counts against it. */
  #resumedMs({ duckedAtMs, resumedAtMs }: Verdict): number | null {
    if (duckedAtMs === null || resumedAtMs === null) return null;
    const audibleMs = firstAudibleMs(this.recording.sound(), resumedAtMs);
    return audibleMs === undefined ? null : audibleMs - duckedAtMs;
  }

  async #quiet(): Promise<void> {
    const limit = AbortSignal.any([this.signal, AbortSignal.timeout(QUIET_LIMIT_MS)]);
    await this.recording.quiet(QUIET_MS, limit).catch(() => this.signal.throwIfAborted());
  }
}
