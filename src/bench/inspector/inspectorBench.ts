import { monitorEventLoopDelay } from 'node:perf_hooks';
import { median } from '../median.js';
import { percentile } from '../turnFigures.js';

/** Pages at once: nobody, the owner, and more than there are in a house. */
export const PAGE_COUNTS = [0, 1, 20] as const;

export interface InspectorBenchOptions {
  /** Each asks one question for each number of pages. */
  readonly rounds: number;
  /** Opens so many pages that watch everything; returns how to close them. */
  readonly open: (count: number) => Promise<() => Promise<void>>;
  /** Carries one turn. @returns time to first audio (ms) */
  readonly turn: (signal: AbortSignal) => Promise<number>;
  readonly onRound: (round: number) => void;
  readonly signal: AbortSignal;
}

/** What turns cost with so many pages. Times in ms. */
export interface PagesFigures {
  readonly pages: number;
  readonly turns: number;
  readonly firstAudioP50Ms: number;
  readonly firstAudioP95Ms: number;
  /** The median over the rounds of how much longer it was than without pages in the same round (%). */
  readonly slowerPercent: number;
  /** Of the appliance's own process, all its threads. */
  readonly cpuMsPerTurn: number;
  /** Beyond what a timer asks for. */
  readonly eventLoopDelayP99Ms: number;
}

interface Turn {
  readonly firstAudioMs: number;
  readonly cpuMs: number;
  readonly delayP99Ms: number;
}

/** The same turns with and without pages that watch, in turn, so that whatever else the machine does falls on all alike. */
export async function benchInspector(options: InspectorBenchOptions): Promise<readonly PagesFigures[]> {
  const { rounds, open, signal, onRound } = options;
  const seen = new Map<number, Turn[]>(PAGE_COUNTS.map((count) => [count, []]));
  for (let round = 0; round < rounds; round++) {
    for (let index = 0; index < PAGE_COUNTS.length; index++) {
      signal.throwIfAborted();
      const count = PAGE_COUNTS[(round + index) % PAGE_COUNTS.length] ?? 0;
      const close = await open(count);
      try {
        seen.get(count)?.push(await measured(options));
      } finally {
        await close();
      }
    }
    onRound(round);
  }
  const without = seen.get(0) ?? [];
  return PAGE_COUNTS.map((count) => figuresOf(count, seen.get(count) ?? [], without));
}

async function measured({ turn, signal }: InspectorBenchOptions): Promise<Turn> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const before = process.cpuUsage();
  delay.enable();
  const firstAudioMs = await turn(signal);
  delay.disable();
  const { user, system } = process.cpuUsage(before);
  return { firstAudioMs, cpuMs: (user + system) / 1000, delayP99Ms: delay.percentile(99) / 1e6 };
}

function figuresOf(pages: number, turns: readonly Turn[], without: readonly Turn[]): PagesFigures {
  const firstAudio = turns.map(({ firstAudioMs }) => firstAudioMs);
  const slower = turns.map(
    ({ firstAudioMs }, round) => firstAudioMs / (without[round]?.firstAudioMs ?? firstAudioMs) - 1,
  );
  return {
    pages,
    turns: turns.length,
    firstAudioP50Ms: median(firstAudio),
    firstAudioP95Ms: percentile(firstAudio, 0.95) ?? 0,
    slowerPercent: 100 * median(slower),
    cpuMsPerTurn: median(turns.map(({ cpuMs }) => cpuMs)),
    eventLoopDelayP99Ms: median(turns.map(({ delayP99Ms }) => delayP99Ms)),
  };
}
