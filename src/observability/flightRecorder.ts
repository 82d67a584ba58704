import type { AnyTransitionDefinition, InspectionEvent, SnapshotFrom } from 'xstate';
import type { Clock } from '../../hardware/clock.js';
import type { AssistantMachine } from '../../machines/assistant.js';
import { transitionId } from './statechartTransitions.js';

/** So many events at least are remembered: some hours of use, in about a megabyte. */
export const REMEMBERED_EVENTS = 5_000;

type AssistantSnapshot = SnapshotFrom<AssistantMachine>;

/** The statechart at one moment, without the work that it has running. */
export interface RecordedState {
  readonly value: AssistantSnapshot['value'];
  readonly context: AssistantSnapshot['context'];
}

/** One event that reached the statechart, and what came of it. Nothing in it is changed any more. */
export interface RecordedEvent {
  /** Counts up from 1. */
  readonly number: number;
  /** On the clock. */
  readonly atMs: number;
  /** The `xstate.init` of each statechart that the supervisor has started included. */
  readonly event: { readonly type: string };
  /** Ids of the transitions that it has taken, `always` ones included, in order. */
  readonly taken: readonly string[];
  /** The statechart before it; undefined: there was none. */
  readonly before: RecordedState | undefined;
  readonly after: RecordedState;
  /** The turn that it has begun, belongs to or has ended, such as "1-12": the twelfth of the first statechart. */
  readonly turn: string | undefined;
}

/**
 * Remembers what the statechart was told last and what it did, so that it can be seen afterwards why. It keeps
 * references and a few short texts; whoever shows them pays for that.
 */
export class FlightRecorder {
  #entries: RecordedEvent[] = [];
  #number = 0;
  #statecharts = 0;
  #root: unknown;
  #state: RecordedState | undefined;
  #taken: string[] = [];
  readonly #counts = new Map<string, number>();
  readonly #ids = new WeakMap<AnyTransitionDefinition, string>();
  readonly #listeners = new Set<(entry: RecordedEvent) => void>();

  constructor(
    private readonly clock: Clock,
    private readonly size = REMEMBERED_EVENTS,
  ) {}

  /** Oldest first. */
  get entries(): readonly RecordedEvent[] {
    return this.#entries;
  }

  /** How often each transition was taken since the start, by id. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** What `RecordedEvent.turn` says of a turn of the newest statechart. @param turnId as that calls it: "turn-12" */
  turnName(turnId: string): string {
    return `${this.#statecharts}-${turnId.replace(/^turn-/, '')}`;
  }

  /** Hears each event once it has been dealt with. Returns how to stop listening. */
  onEvent(listener: (entry: RecordedEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** For `createActor(machine, { inspect })`, of one statechart after the other. */
  readonly inspect = (inspected: InspectionEvent): void => {
    const { actorRef, rootId } = inspected;
    if (!('sessionId' in actorRef) || actorRef.sessionId !== rootId) return; // of what it has invoked
    if (inspected.type === '@xstate.microstep') {
      for (const transition of inspected._transitions) this.#take(transition);
    } else if (inspected.type === '@xstate.snapshot') {
      if (this.#root !== actorRef) this.#begin(actorRef);
      this.#add(inspected.event, inspected.snapshot as AssistantSnapshot);
    }
  };

  #begin(root: unknown): void {
    this.#root = root;
    this.#statecharts += 1;
    this.#state = undefined;
  }

  #take(transition: AnyTransitionDefinition): void {
    const id = this.#ids.get(transition) ?? transitionId(transition);
    if (id === undefined) return; // the way into the initial state
    this.#ids.set(transition, id);
    this.#taken.push(id);
    this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
  }

  #add(event: { readonly type: string }, { value, context }: AssistantSnapshot): void {
    this.#number += 1;
    const before = this.#state;
    const after: RecordedState = { value, context };
    const entry: RecordedEvent = {
      number: this.#number,
      atMs: this.clock.now(),
      event,
      taken: this.#taken,
      before,
      after,
      turn: this.#turnOf(after) ?? this.#turnOf(before),
    };
    this.#taken = [];
    this.#state = after;
    this.#entries.push(entry);
    // Cut now and then, not with each event.
    if (this.#entries.length >= 2 * this.size) this.#entries = this.#entries.slice(-this.size);
    for (const listener of [...this.#listeners]) listener(entry);
  }

  #turnOf(state: RecordedState | undefined): string | undefined {
    return state?.context.turnRunning ? `${this.#statecharts}-${state.context.turnNumber}` : undefined;
  }
}
