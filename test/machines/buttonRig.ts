import { type ActorRefFrom, createActor, SimulatedClock, type StateValue } from 'xstate';
import { type ButtonOptions, createButtonMachine } from '../../machines/button.js';
import { type ButtonDelays, buttonDelayDefaults } from '../../machines/buttonDelays.js';
import type { ButtonEvent } from '../../machines/buttonEvents.js';

/** What happens to a button: an edge, a word of the user, or so many milliseconds. */
export type ButtonStep = 'down' | 'up' | 'speech' | number;

const EVENTS: Readonly<Record<Exclude<ButtonStep, number>, ButtonEvent>> = {
  down: { type: 'edge.down' },
  up: { type: 'edge.up' },
  speech: { type: 'speech.started' },
};

/** A button on a simulated clock, and a log of what it told when. */
export class ButtonRig {
  readonly clock = new SimulatedClock();
  readonly actor: ActorRefFrom<ReturnType<typeof createButtonMachine>>;
  /** "350 tapped": when, since the start (ms), and what. */
  log: string[] = [];
  rootError: unknown;

  constructor(options?: ButtonOptions, delays: ButtonDelays = buttonDelayDefaults) {
    const actor = createActor(createButtonMachine(delays, options), { clock: this.clock });
    actor.on('*', ({ type }) => this.log.push(`${this.clock.now()} ${type}`));
    actor.subscribe({
      error: (error) => {
        this.rootError = error;
      },
    });
    this.actor = actor.start();
  }

  happens(...steps: readonly ButtonStep[]): this {
    for (const step of steps) {
      if (typeof step === 'number') this.#passes(step);
      else this.actor.send(EVENTS[step]);
    }
    return this;
  }

  /** By the millisecond: a delay that follows another would begin at the end of a longer jump. */
  #passes(ms: number): void {
    for (let n = 0; n < ms; n++) this.clock.increment(1);
  }

  /** What was told, without the times. */
  get told(): string[] {
    return this.log.map((line) => line.replace(/^\d+ /, ''));
  }

  /** The active states without substates. */
  get states(): string[] {
    return leaves(this.actor.getSnapshot().value);
  }

  has(tag: 'held' | 'counting' | 'problem'): boolean {
    return this.actor.getSnapshot().hasTag(tag);
  }
}

function leaves(value: StateValue, path: readonly string[] = []): string[] {
  if (typeof value === 'string') return [[...path, value].join('.')];
  return Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : leaves(inner, [...path, key])));
}
