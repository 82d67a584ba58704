import type { AssistantNotice, AssistantTag } from '../../machines/assistantEvents.js';
import { type Observed, type ReportedState, reportedState } from '../appliance/reportedState.js';
import { type Part, TROUBLE_WORDS } from './statusTroubles.js';

/** What the assistant does, for somebody who reads `systemctl status`. Nothing that was said is in it. */
const DOES: Readonly<Record<ReportedState, string>> = {
  starting: 'Starting: the models are being loaded.',
  idle: 'Ready to be asked.',
  listening: 'Listening.',
  thinking: 'Working on a reply.',
  speaking: 'Speaking.',
  conversation: 'Listening for what the user may want to add.',
  muted: 'Muted: hears nothing until it is unmuted.',
};

const TROUBLES: readonly { readonly part: Part; readonly tag: AssistantTag }[] = [
  { part: 'microphone', tag: 'microphoneLost' },
  { part: 'speaker', tag: 'speakerLost' },
  { part: 'model', tag: 'modelUnreachable' },
];

/** Whether the assistant could not start and waits to try again. */
export function hasFailedToStart(snapshot: Observed): boolean {
  return snapshot.hasTag('warmingUp') && snapshot.hasTag('error');
}

/** One line on what the assistant does and what is wrong, with the newest reasons that were given for it. */
export class ServiceStatus {
  readonly #why = new Map<Part, string>();

  tell(notice: AssistantNotice): void {
    switch (notice.type) {
      case 'deviceLost':
        this.#give(notice.device, notice.error);
        break;
      case 'modelUnreachable':
        this.#give('model', notice.error);
        break;
      case 'startFailed':
        this.#give('start', notice.error);
        break;
      default: // nothing is wrong
    }
  }

  textOf(snapshot: Observed): string {
    const does = hasFailedToStart(snapshot)
      ? `${this.#with('start')} It is tried again.`
      : DOES[reportedState(snapshot)];
    const troubles = TROUBLES.flatMap(({ part, tag }) => (snapshot.hasTag(tag) ? [this.#with(part)] : []));
    return [does, ...troubles].join(' ');
  }

  #give(part: Part, error: unknown): void {
    if (error instanceof Error) this.#why.set(part, error.message);
    else this.#why.delete(part);
  }

  #with(part: Part): string {
    const is = TROUBLE_WORDS[part];
    const why = this.#why.get(part)?.trim();
    if (!why) return `${is}.`;
    return `${is}: ${why}${/[.!?]$/.test(why) ? '' : '.'}`;
  }
}
