import type { ActorRefLike, AnyActorRef, InspectionEvent } from 'xstate';
import { plainEvent } from '../../observability/eventWords.js';
import { definitionOf } from '../../observability/statechartDiagram.js';

/** The version of `@statelyai/inspect` whose messages these are. */
const WIRE_VERSION = '0.7.2';

/** What a receiver of `@statelyai/inspect` reads: three kinds, told apart by `type`. */
export interface StatelyEvent {
  readonly type: '@xstate.actor' | '@xstate.event' | '@xstate.snapshot';
  readonly sessionId: string;
  readonly rootId: string;
  readonly createdAt: string;
  readonly _version: string;
  readonly id: null;
  readonly [part: string]: unknown;
}

/** The statechart, or something that it has invoked. */
type Inspected = Partial<Pick<AnyActorRef, 'id' | 'sessionId' | 'getSnapshot' | '_parent'>> & {
  readonly logic?: { readonly root?: unknown; readonly config?: unknown };
};

/**
 * What XState tells its inspectors, as `@statelyai/inspect` sends it: of the statechart all, of what it has invoked only
 * that it is there. That package itself is not used: it would bring a client of somebody's servers along.
 * @param showWords whether what was said may be seen
 * @returns undefined for what it does not send
 */
export function statelyEvent(inspected: InspectionEvent, showWords: boolean): StatelyEvent | undefined {
  const { type, rootId, actorRef } = inspected;
  if (type !== '@xstate.actor' && type !== '@xstate.event' && type !== '@xstate.snapshot') return undefined;
  const actor = actorRef as ActorRefLike & Inspected;
  const all = {
    sessionId: actor.sessionId ?? '',
    rootId,
    createdAt: String(Date.now()),
    _version: WIRE_VERSION,
    id: null,
  };
  switch (type) {
    case '@xstate.actor':
      return {
        ...all,
        type,
        name: nameOf(actor),
        definition: JSON.stringify(isStatechart(actor.logic) ? definitionOf(actor.logic) : { id: nameOf(actor) }),
        parentId: actor._parent?.sessionId,
        snapshot: snapshotOf(actor.getSnapshot?.()),
      };
    case '@xstate.event':
      return {
        ...all,
        type,
        event: plainEvent(inspected.event, showWords),
        sourceId: (inspected.sourceRef as Inspected | undefined)?.sessionId,
      };
    case '@xstate.snapshot':
      return { ...all, type, event: plainEvent(inspected.event, showWords), snapshot: snapshotOf(inspected.snapshot) };
  }
}

function nameOf({ id, sessionId, logic }: Inspected): string {
  return id === sessionId && isStatechart(logic) ? logic.id : (id ?? '');
}

function isStatechart(logic: Inspected['logic']): logic is Parameters<typeof definitionOf>[0] {
  return logic?.root !== undefined;
}

/** Without the streams and the words that an actor may hold: `context` of the statechart is figures and names. */
function snapshotOf(snapshot: unknown): unknown {
  if (typeof snapshot !== 'object' || snapshot === null) return { status: 'active' };
  const { status, value, context, tags, historyValue } = snapshot as Record<string, unknown>;
  if (value === undefined) return { status };
  return { status, value, context, tags: tags instanceof Set ? [...tags] : [], historyValue, children: {} };
}
