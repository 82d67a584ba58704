import type { Clock } from '../../hardware/clock.js';
import type { ButtonDriver } from '../../hardware/gpio/drivers.js';
import type { ButtonDelays } from '../../machines/buttonDelays.js';
import type { ButtonNotice } from '../../machines/buttonEvents.js';
import type { Log } from '../observability/log.js';
import { Swings, sinceTold } from '../observability/swings.js';
import { BellPress } from './bellPress.js';
import { startTalkButton, type TalkButton } from './talkButton.js';

export interface TalkButtonsOptions {
  readonly delays: ButtonDelays;
  /** Whether a very long press asks for a shutdown. */
  readonly shutdownHold: boolean;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether the bell does at this moment. */
  readonly rings: () => boolean;
  /** What a finger has done, whatever it means. */
  readonly onGesture: (made: ButtonNotice['type']) => void;
  /** What it means to the assistant. */
  readonly onMeant: (gesture: ButtonNotice['type']) => void;
  /** The tags of their statecharts have changed: those of all together. */
  readonly onTags: (tags: ReadonlySet<string>) => void;
}

/** Any number of buttons, each of which does the same: the one of the box, and the one on the inspector's page. */
export function startTalkButtons(drivers: readonly ButtonDriver[], options: TalkButtonsOptions): TalkButton {
  const tagsOf = new Map<ButtonDriver, ReadonlySet<string>>();
  const buttons = drivers.map((driver) =>
    startOne(driver, options, (tags) => {
      tagsOf.set(driver, tags);
      options.onTags(new Set([...tagsOf.values()].flatMap((each) => [...each])));
    }),
  );
  return {
    speechStarted: () => {
      for (const button of buttons) button.speechStarted();
    },
    stop: async () => {
      await Promise.all(buttons.map((button) => button.stop()));
    },
  };
}

function startOne(driver: ButtonDriver, options: TalkButtonsOptions, onTags: TalkButtonsOptions['onTags']): TalkButton {
  const { delays, shutdownHold, clock, log, rings, onGesture, onMeant } = options;
  const bellPress = new BellPress();
  const button = driver.name;
  const swings = new Swings(clock);
  return startTalkButton({
    driver,
    delays,
    shutdownHold,
    clock,
    onGesture: (made) => {
      log.debug({ gesture: made, button }, 'button');
      onGesture(made);
      const gesture = bellPress.meaningOf(made, rings());
      if (!gesture) return;
      onMeant(gesture);
      if (gesture === 'stuck' || gesture === 'bouncing') {
        const what = 'the button does not work properly and is ignored: check its contact and its wires';
        const untold = swings.fails();
        if (untold !== undefined) log.warn({ trouble: gesture, button, ...sinceTold(untold) }, what);
      }
      if (gesture === 'sane' && swings.works()) log.info({ button }, 'the button works again');
    },
    onTags,
    onTrouble: (error) => log.warn(error.message),
  });
}
