import type { Clock } from '../../hardware/clock.js';
import type { AssistantNotice } from '../../machines/assistantEvents.js';
import type { Log } from '../observability/log.js';
import { FloodGate } from '../streams/floodGate.js';
import type { AssistantSnapshot } from './appliance.js';

const REGIONS = {
  microphone: { works: 'ok', again: 'the microphone works again' },
  speaker: { works: 'ok', again: 'the speaker works again' },
  model: { works: 'ready', again: 'the language model answers again' },
} as const;

type Region = keyof typeof REGIONS;
type Part = Region | 'start';

/**
 * Enough to see what happens; then one every ten minutes. A loose plug is a trouble every second: each line of the log is
 * a page or so of the SD card, and the same words push everything else out of the journal.
 */
const LIMIT = { burst: 5, refillMs: 600_000 } as const;

/**
 * Says in the log what does not work: once for each reason, however often it is tried again, and when it works again. What
 * comes and goes is told now and then, with how often it has done so since. What was told last is true within ten minutes,
 * as everything lost is tried again, and told of, all the time.
 */
export class TroubleLog {
  readonly #told = new Map<Part, string>();
  /** Regions that have stopped working, which is not told. */
  readonly #untold = new Set<Region>();
  /** How often they have worked again since, which is not told either. */
  readonly #swings = new Map<Part, number>();
  readonly #gates = new Map<Part, FloodGate>();
  readonly #opened = new Map<'microphone' | 'speaker', string>();

  constructor(
    private readonly log: Log,
    private readonly clock: Clock,
  ) {}

  tell(notice: AssistantNotice): void {
    switch (notice.type) {
      case 'deviceLost':
        this.#tell(notice.device, messageOf(notice.error) ?? `the ${notice.device} does not answer`);
        break;
      case 'modelUnreachable':
        this.#tell('model', messageOf(notice.error) ?? 'the language model does not answer');
        break;
      case 'startFailed':
        this.#startFailed(notice.reason, messageOf(notice.error) ?? 'the assistant could not start');
        break;
      default:
        this.log.debug(notice, 'notice');
    }
  }

  /** A device is open: told where it is another one than before. */
  opened(kind: 'microphone' | 'speaker', name: string): void {
    if (this.#opened.get(kind) === name) return;
    this.#opened.set(kind, name);
    this.log.info({ device: name }, `the ${kind} is open`);
  }

  follow({ value }: AssistantSnapshot): void {
    for (const region of Object.keys(REGIONS) as Region[]) {
      const { works, again } = REGIONS[region];
      if (value[region] !== works) continue;
      if (this.#told.delete(region)) this.log.info(again);
      if (this.#untold.delete(region)) this.#swings.set(region, (this.#swings.get(region) ?? 0) + 1);
    }
  }

  #tell(region: Region, why: string): void {
    if (this.#told.get(region) === why) return;
    if (!this.#gate(region).passes()) {
      if (!this.#told.has(region)) this.#untold.add(region);
      return;
    }
    this.#untold.delete(region);
    this.#told.set(region, why);
    const before = this.#swings.get(region);
    this.#swings.delete(region);
    this.log.warn({ part: region, ...(before !== undefined && { timesUntold: before }) }, why);
  }

  #startFailed(reason: string, why: string): void {
    if (this.#told.get('start') === why || !this.#gate('start').passes()) return;
    this.#told.set('start', why);
    this.log.error({ reason }, why);
  }

  #gate(part: Part): FloodGate {
    const gate = this.#gates.get(part) ?? new FloodGate(this.clock, LIMIT, () => {});
    this.#gates.set(part, gate);
    return gate;
  }
}

function messageOf(error: unknown): string | undefined {
  return error instanceof Error ? error.message : undefined;
}
