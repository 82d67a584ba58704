import type { Clock } from '../../hardware/clock.js';
import type { AssistantNotice } from '../../machines/assistantEvents.js';
import type { Log } from '../observability/log.js';
import { Swings, sinceTold } from '../observability/swings.js';
import type { AssistantSnapshot } from './appliance.js';

const REGIONS = {
  microphone: { works: 'ok', again: 'the microphone works again' },
  speaker: { works: 'ok', again: 'the speaker works again' },
  model: { works: 'ready', again: 'the language model answers again' },
} as const;

type Region = keyof typeof REGIONS;

/**
 * Says in the log what does not work: once for each reason, however often it is tried again, and when it works again. What
 * comes and goes is told now and then, with how often it has done so since.
 */
export class TroubleLog {
  readonly #told = new Map<Region | 'start', string>();
  readonly #swings: Readonly<Record<Region | 'start', Swings>>;
  readonly #opened = new Map<'microphone' | 'speaker', string>();

  constructor(
    private readonly log: Log,
    clock: Clock,
  ) {
    const swings = () => new Swings(clock);
    this.#swings = { microphone: swings(), speaker: swings(), model: swings(), start: swings() };
  }

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
      this.#told.delete(region);
      if (this.#swings[region].works()) this.log.info(again);
    }
  }

  #tell(region: Region, why: string): void {
    if (this.#told.get(region) === why) return;
    const untold = this.#swings[region].fails();
    if (untold === undefined) return;
    this.#told.set(region, why);
    this.log.warn({ part: region, ...sinceTold(untold) }, why);
  }

  #startFailed(reason: string, why: string): void {
    if (this.#told.get('start') === why || this.#swings.start.fails() === undefined) return;
    this.#told.set('start', why);
    this.log.error({ reason }, why);
  }
}

function messageOf(error: unknown): string | undefined {
  return error instanceof Error ? error.message : undefined;
}
