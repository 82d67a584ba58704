import type { Clock } from '../../hardware/clock.js';
import { messageOf } from '../failures/messageOf.js';
import { median } from './median.js';
import { liveHeapKb, type ProcessHealth, processHealth, resourceKinds } from './processHealth.js';

/** Turns in which caches fill and the compiler optimises. */
export const WARM_UP_TURNS = 50;

/** The heap is measured after every so many turns: collecting its garbage takes time. */
const HEAP_EVERY_TURNS = 10;

/** Less than this a turn is within what the kernel and the allocator do by themselves: 1 MB in 250 turns. */
const FLAT_KB_A_TURN = 4;

export interface SoakOptions {
  readonly turns: number;
  /** Carries one turn to its end. Throws when it fails; the soak goes on. */
  readonly turn: (index: number, signal: AbortSignal) => Promise<void>;
  /** Underruns and dropped sound since the start, microphone and speaker together. */
  readonly xruns: () => number;
  readonly clock: Clock;
  /** Ends the soak early, with the figures so far. */
  readonly signal: AbortSignal;
  readonly onTurn: (index: number, health: ProcessHealth) => void;
}

/** One figure over the turns. */
export interface Course {
  readonly first: number;
  /** Of the turns behind the warm-up; of all when there are none. */
  readonly median: number;
  readonly max: number;
  readonly last: number;
  /** Median of the slopes between all pairs of turns behind the warm-up (Theil and Sen): single peaks do not matter. */
  readonly perTurn: number;
}

/** What `benchSoak` saw. */
export interface SoakResult {
  readonly turns: number;
  readonly minutes: number;
  readonly failures: readonly string[];
  readonly warmUpTurns: number;
  readonly turnMs: Course;
  readonly xruns: number;
  readonly courses: Readonly<Record<keyof ProcessHealth | 'liveHeapKb', Course>>;
  /** What keeps the event loop alive, behind the warm-up and at the end. */
  readonly resources: { readonly warm: Record<string, number>; readonly end: Record<string, number> };
  /** "flat" or "grows by N kB a turn": the resident memory of this process and its children. */
  readonly verdict: string;
}

/** Carries many turns one behind the other and looks at the process after each. */
export async function benchSoak(options: SoakOptions): Promise<SoakResult> {
  const { turns, turn, xruns, clock, signal, onTurn } = options;
  const startedMs = clock.now();
  const healths: ProcessHealth[] = [];
  const heaps: { readonly turn: number; readonly kb: number }[] = [];
  const turnMs: number[] = [];
  const failures: string[] = [];
  let warm = resourceKinds();
  for (let index = 0; index < turns && !signal.aborted; index++) {
    const turnStartedMs = clock.now();
    try {
      await turn(index, signal);
    } catch (error) {
      if (signal.aborted) break;
      failures.push(`turn ${index + 1}: ${messageOf(error)}`);
    }
    turnMs.push(clock.now() - turnStartedMs);
    if (index % HEAP_EVERY_TURNS === 0) heaps.push({ turn: index, kb: liveHeapKb() });
    const health = processHealth();
    healths.push(health);
    if (index === Math.min(WARM_UP_TURNS, turns) - 1) warm = resourceKinds();
    onTurn(index, health);
  }
  const figure = (name: keyof ProcessHealth) => course(healths.map((health, at) => [at, health[name]]));
  const courses = {
    rssKb: figure('rssKb'),
    childrenRssKb: figure('childrenRssKb'),
    children: figure('children'),
    externalKb: figure('externalKb'),
    threads: figure('threads'),
    fileDescriptors: figure('fileDescriptors'),
    resources: figure('resources'),
    liveHeapKb: course(heaps.map(({ turn: at, kb }) => [at, kb])),
  };
  return {
    turns: healths.length,
    minutes: (clock.now() - startedMs) / 60_000,
    failures,
    warmUpTurns: WARM_UP_TURNS,
    turnMs: course(turnMs.map((ms, at) => [at, ms])),
    xruns: xruns(),
    courses,
    resources: { warm, end: resourceKinds() },
    verdict: verdict(healths.length, courses.rssKb.perTurn + courses.childrenRssKb.perTurn),
  };
}

function verdict(turns: number, kbPerTurn: number): string {
  if (turns <= 2 * WARM_UP_TURNS) return `too few turns to tell: ${2 * WARM_UP_TURNS} at least`;
  return kbPerTurn < FLAT_KB_A_TURN ? 'flat' : `grows by ${kbPerTurn.toFixed(1)} kB a turn`;
}

/** @param points turn and value, in order */
export function course(points: readonly (readonly [turn: number, value: number])[]): Course {
  const behind = points.filter(([turn]) => turn >= WARM_UP_TURNS);
  const counted = behind.length > 1 ? behind : points;
  const values = counted.map(([, value]) => value);
  const slopes = counted.flatMap(([turn, value], n) =>
    counted.slice(n + 1).map(([laterTurn, later]) => (later - value) / (laterTurn - turn)),
  );
  return {
    first: points[0]?.[1] ?? 0,
    median: median(values),
    max: values.reduce((a, b) => Math.max(a, b), 0),
    last: values.at(-1) ?? 0,
    perTurn: median(slopes),
  };
}
