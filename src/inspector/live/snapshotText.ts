import { signalsOf } from '../../../hardware/leds/signals.js';
import { type InspectorSnapshot, type PanelState, PROTOCOL_VERSION, type StateId } from '../protocol.js';
import type { Inspected } from './inspected.js';
import { activeStates, logEntry } from './logEntry.js';
import { turnRow } from './turnRow.js';

/** So much of the log is told to whoever connects. */
const LOG_ENTRIES = 500;

type Lasting = Omit<InspectorSnapshot, 'type' | 'now'>;

/** Everything, as it is now. It is made into text once, however many connect, until something has changed. */
export class SnapshotText {
  readonly #lasting = new Map<boolean, string>();

  constructor(private readonly inspected: Inspected) {}

  /** Something of it is not so any more. */
  outdated(): void {
    this.#lasting.clear();
  }

  /** @param showWords whether what was said may be seen */
  of(showWords: boolean): string {
    const lasting = this.#lasting.get(showWords) ?? JSON.stringify(lastingSnapshot(this.inspected, showWords));
    this.#lasting.set(showWords, lasting);
    const type: InspectorSnapshot['type'] = 'snapshot';
    return `{"type":"${type}","now":${this.inspected.time.now()},${lasting.slice(1)}`;
  }
}

function lastingSnapshot(inspected: Inspected, showWords: boolean): Lasting {
  const { name, program, startedAt, appliance, time } = inspected;
  const { recorder, turns } = appliance;
  return {
    version: PROTOCOL_VERSION,
    name,
    program,
    startedAt,
    active: activeNow(inspected),
    taken: Object.fromEntries(recorder.counts),
    turns: turns.map((turn) => turnRow(turn, time, showWords)),
    log: recorder.entries.slice(-LOG_ENTRIES).map((entry) => logEntry(entry, time, showWords)),
    panel: panelState(inspected),
  };
}

export function activeNow({ appliance }: Inspected): readonly StateId[] {
  return activeStates(appliance.snapshot.value);
}

/** What the panel shows. */
export function panelState({ leds, volume, hasButton, maxQuestionChars, time, clock }: Inspected): PanelState {
  const { signals, beganMs } = leds.shown ?? { signals: signalsOf(new Set()), beganMs: clock.now() };
  return {
    leds: { signals, patterns: leds.patterns, pixels: leds.pixels, since: time.of(beganMs) },
    volume: { percent: volume.percent, isMuted: volume.isMuted },
    hasButton,
    maxQuestionChars,
  };
}
