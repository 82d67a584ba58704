import type { AssistantNotice } from '../../machines/assistantEvents.js';
import type { Log } from '../observability/log.js';
import type { AssistantSnapshot } from './appliance.js';

const REGIONS = {
  microphone: { works: 'ok', again: 'the microphone works again' },
  speaker: { works: 'ok', again: 'the speaker works again' },
  model: { works: 'ready', again: 'the language model answers again' },
} as const;

type Region = keyof typeof REGIONS;

/** Says in the log what does not work: once for each reason, however often it is tried again, and when it works again. */
export class TroubleLog {
  readonly #told = new Map<Region, string>();

  constructor(private readonly log: Log) {}

  tell(notice: AssistantNotice): void {
    switch (notice.type) {
      case 'deviceLost':
        this.#tell(notice.device, messageOf(notice.error) ?? `the ${notice.device} does not answer`);
        break;
      case 'modelUnreachable':
        this.#tell('model', messageOf(notice.error) ?? 'the language model does not answer');
        break;
      case 'startFailed':
        this.log.error({ reason: notice.reason }, messageOf(notice.error) ?? 'the assistant could not start');
        break;
      default:
        this.log.debug(notice, 'notice');
    }
  }

  follow({ value }: AssistantSnapshot): void {
    for (const region of Object.keys(REGIONS) as Region[]) {
      const { works, again } = REGIONS[region];
      if (value[region] === works && this.#told.delete(region)) this.log.info(again);
    }
  }

  #tell(region: Region, why: string): void {
    if (this.#told.get(region) === why) return;
    this.#told.set(region, why);
    this.log.warn({ part: region }, why);
  }
}

function messageOf(error: unknown): string | undefined {
  return error instanceof Error ? error.message : undefined;
}
