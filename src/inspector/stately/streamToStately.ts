import type { InspectionEvent } from 'xstate';
import type { Clock } from '../../../hardware/clock.js';
import type { Log } from '../../observability/log.js';
import { ReceiverLink } from './receiverLink.js';
import { type StatelyEvent, statelyEvent } from './statelyEvents.js';

export interface StatelyOptions {
  /** Of the receiver: `ws://host:port`. */
  readonly url: string;
  /** Whether it is sent what was said. */
  readonly showWords: boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** Streams all that happens in the statechart to a receiver of `@statelyai/inspect`, whenever one is there. */
export function streamToStately({ url, showWords, clock, log }: StatelyOptions) {
  /** Of the actors that there are, by session: who they are, and how they were last seen. */
  const actors = new Map<string, { readonly actor: StatelyEvent; readonly snapshot?: StatelyEvent }>();
  const link = new ReceiverLink({
    url,
    clock,
    onConnected: () => log.info({ url, words: showWords }, 'the statechart is streamed to an inspector'),
    onLost: (reason) => log.warn({ url }, `no inspector receives the statechart (${reason}): it is looked for`),
    introduction: () => [...actors.values()].flatMap(({ actor, snapshot }) => (snapshot ? [actor, snapshot] : [actor])),
  });
  return {
    inspect: (inspected: InspectionEvent): void => {
      const event = statelyEvent(inspected, showWords);
      if (event === undefined) return;
      remember(actors, event);
      link.send(event);
    },
    close: () => link.close(),
  };
}

function remember(
  actors: Map<string, { readonly actor: StatelyEvent; readonly snapshot?: StatelyEvent }>,
  event: StatelyEvent,
) {
  const { type, sessionId } = event;
  const known = actors.get(sessionId);
  if (type === '@xstate.actor') actors.set(sessionId, { actor: event });
  else if (type === '@xstate.snapshot' && known) {
    const { status } = event['snapshot'] as { readonly status?: unknown };
    if (status === 'active') actors.set(sessionId, { actor: known.actor, snapshot: event });
    else actors.delete(sessionId);
  }
}
