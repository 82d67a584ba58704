import { createActor } from 'xstate';
import { type Clock, sleep } from '../../hardware/clock.js';
import type { ButtonDriver } from '../../hardware/gpio/drivers.js';
import { type ButtonOptions, createButtonMachine } from '../../machines/button.js';
import type { ButtonDelays } from '../../machines/buttonDelays.js';
import type { ButtonNotice } from '../../machines/buttonEvents.js';

/** A line that was lost is tried again after this; the wait doubles up to the longest. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

export interface TalkButtonOptions extends ButtonOptions {
  readonly driver: ButtonDriver;
  readonly delays: ButtonDelays;
  readonly clock: Clock;
  readonly onGesture: (gesture: ButtonNotice['type']) => void;
  /** The tags of its statechart have changed: `held`, `counting`, `problem`. */
  readonly onTags: (tags: ReadonlySet<string>) => void;
  /** The line cannot be watched; it is tried again. Told once, until it works again or the reason is another. */
  readonly onTrouble: (error: Error) => void;
}

export interface TalkButton {
  /** The user was heard to speak: a button that is held is held to talk. */
  speechStarted(): void;
  /** Releases the line. */
  stop(): Promise<void>;
}

/** Turns the edges of one button into gestures, and looks for its line again whenever that is lost. */
export function startTalkButton(options: TalkButtonOptions): TalkButton {
  const { driver, delays, shutdownHold, clock, onGesture, onTags, onTrouble } = options;
  const actor = createActor(createButtonMachine(delays, { shutdownHold }), { clock });
  actor.on('*', ({ type }) => onGesture(type));
  actor.subscribe(({ tags }) => onTags(tags));
  actor.start();
  const stop = new AbortController();
  const watching = watch();

  async function watch(): Promise<void> {
    let said = '';
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, 2 * waitMs)) {
      try {
        for await (const { pressed } of driver.edges(stop.signal)) {
          actor.send({ type: pressed ? 'edge.down' : 'edge.up' });
          waitMs = FIRST_WAIT_MS;
          said = '';
        }
        return; // a keyboard whose terminal has gone
      } catch (error) {
        if (stop.signal.aborted) return;
        const trouble = error instanceof Error ? error : new Error(String(error));
        if (trouble.message !== said) onTrouble(trouble);
        said = trouble.message;
        actor.send({ type: 'edge.up' });
        await sleep(clock, waitMs, stop.signal).catch(() => {});
        if (stop.signal.aborted) return;
      }
    }
  }

  return {
    speechStarted: () => actor.send({ type: 'speech.started' }),
    stop: async () => {
      stop.abort(new Error('the button is no longer wanted'));
      actor.stop();
      await watching;
    },
  };
}
