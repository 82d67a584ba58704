/** What the assistant may do when nothing is wrong, the most urgent first: of several, the first is shown. */
const BASE_SIGNALS = [
  'shuttingDown',
  'counting',
  'ringing',
  'hearing',
  'listening',
  'thinking',
  'speaking',
  'followUp',
  'muted',
  'warmingUp',
  'idle',
] as const;

/** What may be wrong, the gravest first. All of them are shown, beside what the assistant does. */
const FAULT_SIGNALS = ['error', 'microphoneLost', 'speakerLost', 'modelUnreachable'] as const;

export type BaseSignal = (typeof BASE_SIGNALS)[number];
export type FaultSignal = (typeof FAULT_SIGNALS)[number];

/** Everything that LEDs can say. `counting`: the button is held towards muting. */
export type LedSignal = BaseSignal | FaultSignal;

export const LED_SIGNALS: readonly LedSignal[] = [...BASE_SIGNALS, ...FAULT_SIGNALS];

/** What is to be seen at one moment. */
export interface LedSignals {
  readonly base: BaseSignal;
  /** To be seen whatever the base is: the owner must be able to trust it. */
  readonly muted: boolean;
  /** Without repetition, the gravest first. */
  readonly faults: readonly FaultSignal[];
}

/** Reads the signals off a statechart's tags. Tags that are not signals mean nothing; without any it is `idle`. */
export function signalsOf(tags: ReadonlySet<string>): LedSignals {
  return {
    base: BASE_SIGNALS.find((signal) => tags.has(signal)) ?? 'idle',
    muted: tags.has('muted'),
    faults: FAULT_SIGNALS.filter((signal) => tags.has(signal)),
  };
}

export function sameSignals(a: LedSignals, b: LedSignals): boolean {
  return a.base === b.base && a.muted === b.muted && a.faults.join() === b.faults.join();
}
