import { monitorEventLoopDelay } from 'node:perf_hooks';
import { median } from '../median.js';
import { percentile } from '../turnFigures.js';

/** Who is there: nobody, the owner, more pages than there are in a house, and somebody who wants to wear it out. */
export const AUDIENCES = ['nobody', '1 page', '20 pages', 'an attack'] as const;

export type Audience = (typeof AUDIENCES)[number];

export interface InspectorBenchOptions {
  /** Each asks one question before each audience. */
  readonly rounds: number;
  /** Brings it in; returns how to send it away. */
  readonly open: (audience: Audience) => Promise<() => Promise<void>>;
  /** Carries one turn. @returns time to first audio (ms) */
  readonly turn: (signal: AbortSignal) => Promise<number>;
  readonly onRound: (round: number) => void;
  readonly signal: AbortSignal;
}

/** What turns cost before an audience. Times in ms. */
export interface AudienceFigures {
  readonly audience: Audience;
  readonly turns: number;
  readonly firstAudioP50Ms: number;
  readonly firstAudioP95Ms: number;
  /** The median over the rounds of how much longer it was than before nobody in the same round (%). */
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

/** The same turns before each audience, in turn, so that whatever else the machine does falls on all alike. */
export async function benchInspector(options: InspectorBenchOptions): Promise<readonly AudienceFigures[]> {
  const { rounds, open, signal, onRound } = options;
  const seen = new Map<Audience, Turn[]>(AUDIENCES.map((audience) => [audience, []]));
  for (let round = 0; round < rounds; round++) {
    for (let index = 0; index < AUDIENCES.length; index++) {
      signal.throwIfAborted();
      const audience = AUDIENCES[(round + index) % AUDIENCES.length] ?? 'nobody';
      const close = await open(audience);
      try {
        seen.get(audience)?.push(await measured(options));
      } finally {
        await close();
      }
    }
    onRound(round);
  }
  const alone = seen.get('nobody') ?? [];
  return AUDIENCES.map((audience) => figuresOf(audience, seen.get(audience) ?? [], alone));
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

function figuresOf(audience: Audience, turns: readonly Turn[], alone: readonly Turn[]): AudienceFigures {
  const firstAudio = turns.map(({ firstAudioMs }) => firstAudioMs);
  const slower = turns.map(
    ({ firstAudioMs }, round) => firstAudioMs / (alone[round]?.firstAudioMs ?? firstAudioMs) - 1,
  );
  return {
    audience,
    turns: turns.length,
    firstAudioP50Ms: median(firstAudio),
    firstAudioP95Ms: percentile(firstAudio, 0.95) ?? 0,
    slowerPercent: 100 * median(slower),
    cpuMsPerTurn: median(turns.map(({ cpuMs }) => cpuMs)),
    eventLoopDelayP99Ms: median(turns.map(({ delayP99Ms }) => delayP99Ms)),
  };
}
