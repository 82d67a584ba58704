import { type SeededNumbers, seededNumbers, shuffled, wholeBetween } from '../sim/seededNumbers.js';
import type { Room } from '../soundCard/virtualSoundCard.js';
import type { Interjection } from './interjection.js';
import { replyOf } from './replies.js';

/** An interjection and its moment. */
export interface PlannedInterjection {
  readonly interjection: Interjection;
  /** After the reply became audible, or after the one before it was judged. */
  readonly waitMs: number;
  /** Loudness at the microphone, relative to that of the reply at the speaker. */
  readonly relativeDb: number;
}

/** One reply, and what is heard while it is spoken: nothing but its echo where there are no interjections. */
export interface Scene {
  readonly reply: string;
  readonly room: Required<Room>;
  readonly interjections: readonly PlannedInterjection[];
}

export interface ScenePlan {
  readonly interruptions: readonly Interjection[];
  /** Coughs and "yes, I see". */
  readonly bystanders: readonly Interjection[];
  readonly echoes: number;
  /** One after the other. */
  readonly echoLevelsDb: readonly number[];
  readonly seed: number;
}

/** About 11 s, and 6 s where nobody speaks: all of that one is waited for. */
const SENTENCES = { interrupted: 4, echo: 2 } as const;
/** A kitchen does not change from one reply to the next: the assistant knows it, as it would there. */
const ROOMS_OF_A_LEVEL = 3;
const ECHO_DELAY_MS = { from: 30, to: 200 } as const;
const INTERRUPTED_AFTER_MS = { from: 800, to: 3_000 } as const;
/** Bystanders who share a reply. */
const BYSTANDERS = 4;
const BYSTANDER_AFTER_MS = { from: 100, to: 600 } as const;
/** As loud at the microphone as the reply at the speaker, as people are who stand in a kitchen, give or take (dB). */
const USER_DB = 3;

/** The scenes of one mode in an order that the seed decides, those in one room one behind the other. */
export function plannedScenes({ interruptions, bystanders, echoes, echoLevelsDb, seed }: ScenePlan): Scene[] {
  const random = seededNumbers(seed);
  const rooms = roomsOf(echoLevelsDb, random);
  const made = { interrupted: 0, attended: 0, echo: 0 };
  const scene = (kind: keyof typeof made, interjections: readonly PlannedInterjection[]): Scene => ({
    reply: replyOf(
      kind === 'echo' ? SENTENCES.echo : SENTENCES.interrupted,
      interjections.map(({ interjection }) => interjection.transcript),
      random,
    ),
    room: rooms[made[kind]++ % rooms.length] ?? { gainDb: 0, latencyMs: 0 },
    interjections,
  });
  const planned = (interjection: Interjection, after: { readonly from: number; readonly to: number }) => ({
    interjection,
    waitMs: wholeBetween(random, after.from, after.to),
    relativeDb: (2 * random() - 1) * USER_DB,
  });
  const interrupted = interruptions.map((interjection) =>
    scene('interrupted', [planned(interjection, INTERRUPTED_AFTER_MS)]),
  );
  const attended: Scene[] = [];
  const waiting = shuffled(bystanders, random);
  while (waiting.length > 0) {
    const group = waiting.splice(0, BYSTANDERS).map((interjection) => planned(interjection, BYSTANDER_AFTER_MS));
    attended.push(scene('attended', group));
  }
  const alone = Array.from({ length: echoes }, () => scene('echo', []));
  const all = shuffled([...interrupted, ...attended, ...alone], random);
  return rooms.flatMap((room) => all.filter((each) => each.room === room));
}

/** The echo levels in turn, each with several delays. */
function roomsOf(levelsDb: readonly number[], random: SeededNumbers): Required<Room>[] {
  return Array.from({ length: ROOMS_OF_A_LEVEL }, () =>
    levelsDb.map((gainDb) => ({ gainDb, latencyMs: wholeBetween(random, ECHO_DELAY_MS.from, ECHO_DELAY_MS.to) })),
  ).flat();
}
