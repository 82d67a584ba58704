import type { Actor, AnyActorLogic, EmittedFrom, EventFromLogic, Snapshot, SnapshotFrom } from 'xstate';
import type { Clock } from '../../hardware/clock.js';

/** Wait before the first restart; it doubles with each death in a row. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** An actor that has lived so long was healthy: the next restart waits only `FIRST_WAIT_MS` again. */
const HEALTHY_AFTER_MS = 60_000;

export interface SupervisorOptions {
  readonly clock: Clock;
  /** The actor has died of `error`; a new one is started after a wait. */
  readonly onRestart: (error: unknown) => void;
  /** The new one runs. It knows nothing of what the old one was told. Default: nobody is told. */
  readonly onRestarted?: () => void;
  /** A listener, `onRestart` or `onRestarted` has thrown. Default: a warning of the process. */
  readonly onListenerError?: (error: unknown) => void;
}

/** A root actor that is replaced when it dies. */
export interface Supervised<TLogic extends AnyActorLogic> {
  /** Reaches the actor that runs now; lost while none does. */
  send(event: EventFromLogic<TLogic>): void;
  /** The newest snapshot; between a death and the restart, the last one of the dead actor. */
  readonly snapshot: SnapshotFrom<TLogic>;
  /** Hears what the actor emits, across restarts. Returns how to stop listening. */
  onNotice(listener: (notice: EmittedFrom<TLogic>) => void): () => void;
  /** Hears each new snapshot, across restarts. Returns how to stop listening. */
  onSnapshot(listener: (snapshot: SnapshotFrom<TLogic>) => void): () => void;
  /** Stops the actor and all its children, for good. */
  stop(): void;
}

/**
 * Starts the actor that `create` makes and, whenever it dies of an error, stops what it leaves behind and starts a new
 * one after a wait. A throwing listener harms neither the actor nor the other listeners.
 * @throws what `create` throws the first time; later it counts as a death.
 */
export function supervise<TLogic extends AnyActorLogic>(
  create: () => Actor<TLogic>,
  options: SupervisorOptions,
): Supervised<TLogic> {
  const { clock, onRestart, onRestarted, onListenerError = warn } = options;
  const onNotice = new Set<(notice: EmittedFrom<TLogic>) => void>();
  const onSnapshot = new Set<(snapshot: SnapshotFrom<TLogic>) => void>();
  let deathsInARow = 0;
  let startedAtMs = 0;
  let restart: unknown;
  let stopped = false;
  let actor = create();
  start();

  function start(): void {
    const mine = actor;
    startedAtMs = clock.now();
    mine.on('*', (notice: EmittedFrom<TLogic>) => tell(onNotice, notice));
    mine.subscribe({
      next: (snapshot: SnapshotFrom<TLogic>) => tell(onSnapshot, snapshot),
      error: (error: unknown) => {
        stopChildren(mine);
        died(error);
      },
    });
    mine.start();
  }

  function died(error: unknown): void {
    if (stopped) return;
    if (clock.now() - startedAtMs >= HEALTHY_AFTER_MS) deathsInARow = 0;
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** deathsInARow);
    deathsInARow += 1;
    restart = clock.setTimeout(startAnother, waitMs);
    tell([onRestart], error);
  }

  function startAnother(): void {
    try {
      actor = create();
    } catch (error) {
      startedAtMs = clock.now();
      died(error);
      return;
    }
    start();
    if (onRestarted) tell([onRestarted], undefined);
  }

  function tell<T>(listeners: Iterable<(told: T) => void>, told: T): void {
    for (const listener of [...listeners]) {
      try {
        listener(told);
      } catch (error) {
        onListenerError(error);
      }
    }
  }

  return {
    send: (event) => {
      const { status }: Snapshot<unknown> = actor.getSnapshot();
      if (status === 'active') actor.send(event);
    },
    get snapshot() {
      return actor.getSnapshot();
    },
    onNotice: (listener) => listen(onNotice, listener),
    onSnapshot: (listener) => listen(onSnapshot, listener),
    stop: () => {
      stopped = true;
      clock.clearTimeout(restart);
      actor.stop();
    },
  };
}

function listen<T>(listeners: Set<(told: T) => void>, listener: (told: T) => void): () => void {
  const mine = (told: T) => listener(told);
  listeners.add(mine);
  return () => listeners.delete(mine);
}

/**
 * An actor of XState that dies of an error leaves its children running, and `stop` does nothing for it any more. The
 * event that XState itself stops actors with reaches them, and their own children through them.
 */
function stopChildren(actor: Actor<AnyActorLogic>): void {
  const { children } = actor.getSnapshot() as { children?: Record<string, Stoppable | undefined> };
  for (const child of Object.values(children ?? {})) child?.send({ type: 'xstate.stop' });
}

interface Stoppable {
  send(event: { type: 'xstate.stop' }): void;
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
