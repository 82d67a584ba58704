import { messageOf } from '../../failures/messageOf.js';
import type { Trial } from './figures.js';
import { getToKnow, playScene } from './playScene.js';
import type { PlannedInterjection, Scene } from './scenes.js';
import type { Stage } from './stage.js';

/** A reply may be over too early so many times before it is given up. */
const MOST_TRIES = 3;
/** So many failures one behind the other are no accident. */
const MOST_FAILURES = 5;

export interface BargeInBenchOptions {
  readonly stage: Stage;
  readonly scenes: readonly Scene[];
  readonly signal: AbortSignal;
  readonly onTrials: (done: number) => void;
}

/** What `benchBargeIn` saw. */
export interface BargeInTrials {
  readonly trials: readonly Trial[];
  /** What went wrong with the benchmark itself: these scenes count for nothing. */
  readonly failures: readonly string[];
}

/** Plays the scenes one behind the other; what could not be judged has another try. @throws the signal's reason */
export async function benchBargeIn({ stage, scenes, signal, onTrials }: BargeInBenchOptions): Promise<BargeInTrials> {
  const trials: Trial[] = [];
  const failures: string[] = [];
  const tries = new Map<PlannedInterjection, number>();
  const waiting = [...scenes];
  let inARow = 0;
  let room: Scene['room'] | undefined;
  let silenceRoom = async () => {};
  for (let scene = waiting.shift(); scene; scene = waiting.shift()) {
    try {
      if (scene.room !== room) {
        await silenceRoom();
        silenceRoom = await stage.card.standSpeakerBesideMicrophone(scene.room);
        room = scene.room;
        // About ten seconds, whichever kind of scene comes first.
        const { reply, interjections } = scene;
        await getToKnow(stage, interjections.length > 0 ? reply : `${reply} ${reply}`, signal);
      }
      const played = await playScene(stage, scene, signal);
      trials.push(...played.trials);
      inARow = 0;
      const again = played.unjudged.filter((planned) => (tries.get(planned) ?? 1) < MOST_TRIES);
      for (const planned of again) tries.set(planned, (tries.get(planned) ?? 1) + 1);
      const lost = played.unjudged.length - again.length;
      if (lost > 0) failures.push(`${lost} could not be judged: the reply was over before, ${MOST_TRIES} times`);
      if (again.length > 0) waiting.unshift({ ...scene, interjections: again });
    } catch (error) {
      signal.throwIfAborted();
      failures.push(messageOf(error));
      inARow += 1;
      if (inARow === MOST_FAILURES) throw error;
    }
    onTrials(trials.length);
  }
  await silenceRoom();
  return { trials, failures };
}
