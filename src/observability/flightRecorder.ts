import type { AnyStateMachine, AnyTransitionDefinition, InspectionEvent, SnapshotFrom } from 'xstate';
import type { Clock } from '../../hardware/clock.js';
import { transitionId } from './statechartTransitions.js';

/** So many events are remembered: some hours of use, in about a megabyte. */
export const REMEMBERED_EVENTS = 5_000;

/** One event that reached the statechart, and what came of it. Nothing in it is changed any more. */
export interface RecordedEvent<TMachine extends AnyStateMachine = AnyStateMachine> {
  /** Counts up from 1. */
  readonly number: number;
  /** On the clock. */
  readonly atMs: number;
  /** Counts the statecharts that the supervisor has started: after each, nothing before it counts. */
  readonly life: number;
  readonly event: { readonly type: string };
  /** Ids of the transitions that it has taken, `always` ones included, in order. */
  readonly taken: readonly string[];
  /** Of the statechart after it. */
  readonly value: SnapshotFrom<TMachine>['value'];
  readonly context: SnapshotFrom<TMachine>['context'];
}

/**
 * Remembers what the statechart was told last and what it did, so that it can be seen afterwards why it did so. It keeps
 * references and a few short texts; whoever shows them pays for that.
 */
export class FlightRecorder<TMachine extends AnyStateMachine = AnyStateMachine> {
  #entries: RecordedEvent<TMachine>[] = [];
  #number = 0;
  #life = 0;
  #root: unknown;
  #taken: string[] = [];
  readonly #counts = new Map<string, number>();
  readonly #ids = new WeakMap<AnyTransitionDefinition, string>();
  readonly #listeners = new Set<(entry: RecordedEvent<TMachine>) => void>();

  constructor(
    private readonly clock: Clock,
    private readonly size = REMEMBERED_EVENTS,
  ) {}

  /** Oldest first. */
  get entries(): readonly RecordedEvent<TMachine>[] {
    return this.#entries;
  }

  /** How often each transition was taken since the start, by id. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** Hears each event once it has been dealt with. Returns how to stop listening. */
  onEvent(listener: (entry: RecordedEvent<TMachine>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** For `createActor(machine, { inspect })`, of one statechart after the other. */
  readonly inspect = (inspected: InspectionEvent): void => {
    const { actorRef, rootId } = inspected;
    if (!('sessionId' in actorRef) || actorRef.sessionId !== rootId) return; // of a child
    if (inspected.type === '@xstate.microstep') {
      for (const transition of inspected._transitions) this.#take(transition);
    } else if (inspected.type === '@xstate.snapshot') {
      if (this.#root !== actorRef) {
        this.#root = actorRef;
        this.#life += 1;
      }
      this.#add(inspected.event, inspected.snapshot as SnapshotFrom<TMachine>);
    }
  };

  #take(transition: AnyTransitionDefinition): void {
    const id = this.#ids.get(transition) ?? transitionId(transition);
    this.#ids.set(transition, id);
    this.#taken.push(id);
    this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
  }

  #add(event: { readonly type: string }, { value, context }: SnapshotFrom<TMachine>): void {
    this.#number += 1;
    const entry: RecordedEvent<TMachine> = {
      number: this.#number,
      atMs: this.clock.now(),
      life: this.#life,
      event,
      taken: this.#taken,
      value,
      context,
    };
    this.#taken = [];
    this.#entries.push(entry);
    // Cut now and then, not with each event.
    if (this.#entries.length >= 2 * this.size) this.#entries = this.#entries.slice(-this.size);
    for (const listener of [...this.#listeners]) listener(entry);
  }
}
