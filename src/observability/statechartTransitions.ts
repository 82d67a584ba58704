import type { AnyStateNode, AnyTransitionDefinition } from 'xstate';

/** One arrow of a statechart, in words. */
export interface ChartTransition {
  /** See `transitionId`. */
  readonly id: string;
  readonly source: AnyStateNode;
  /** An event's name, "after" and a delay's name, "done" or "error" of what the state invokes, or "always". */
  readonly event: string;
  /** A guard's name; "else" where only the guards before it decide; undefined for a transition that is always taken. */
  readonly guard: string | undefined;
  /** Empty for a transition that acts and stays. */
  readonly targets: readonly AnyStateNode[];
  readonly actions: readonly string[];
}

/** `node` and every state within it, in the order in which they are written. */
export function* statesOf(node: AnyStateNode): Generator<AnyStateNode> {
  yield node;
  for (const child of childrenOf(node)) yield* statesOf(child);
}

export function childrenOf(node: AnyStateNode): AnyStateNode[] {
  return Object.values(node.states);
}

/** Every transition of `node` and of the states within it: `on`, `after`, `always`, and what an invoked actor ends with. */
export function* transitionsOf(node: AnyStateNode): Generator<ChartTransition> {
  for (const source of statesOf(node)) {
    for (const candidates of [...source.transitions.values(), source.always ?? []]) {
      let guardedBefore = false;
      for (const transition of candidates) {
        const { eventType, guard, target, actions } = transition;
        yield {
          id: transitionId(transition) ?? '',
          source,
          event: eventName(String(eventType), source),
          guard: guard === undefined ? (guardedBefore ? 'else' : undefined) : nameOf(guard),
          targets: target ?? [],
          actions: actions.map(nameOf),
        };
        guardedBefore ||= guard !== undefined;
      }
    }
  }
}

/**
 * Names a transition by where it stands in the definition: "turn.idle|button.pressed|1" is the second of those that its
 * state has for that event. The root's own path is empty. Undefined for what is no transition of a state.
 */
export function transitionId(transition: AnyTransitionDefinition): string | undefined {
  const { source, eventType } = transition;
  const type = String(eventType);
  const index = ((type === '' ? source.always : source.transitions.get(type)) ?? []).indexOf(transition);
  return index < 0 ? undefined : `${source.path.join('.')}|${eventName(type, source)}|${index}`;
}

/** The event in the chart's words; XState's own names carry the id of the state that waits for it. */
function eventName(type: string, source: AnyStateNode): string {
  if (type === '') return 'always';
  const after = /^xstate\.after\.(.+)$/.exec(type)?.[1];
  if (after !== undefined) return `after ${after.replace(`.${source.id}`, '')}`;
  const [, ending, actor] = /^xstate\.(done|error)\.actor\.(.+)$/.exec(type) ?? [];
  if (ending === undefined) return type;
  return source.invoke.some(({ id }) => id === actor) ? ending : `${ending} ${actor}`;
}

/** Guards and actions are named in the setup; one that is written in place shows its function's name. */
function nameOf(words: unknown): string {
  if (typeof words === 'string') return words;
  if (typeof words === 'function') return words.name || 'inline';
  if (typeof words === 'object' && words !== null && 'type' in words) return String(words.type);
  return 'inline';
}
