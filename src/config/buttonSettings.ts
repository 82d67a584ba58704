import { z } from 'zod';
import { flag, oneOf, text, whole } from './fieldKinds.js';

/** The talk button, and what its gestures are. */
export const buttonSettings = z
  .strictObject({
    driver: oneOf(['auto', 'chardev', 'rpio', 'keyboard', 'none'])
      .default('auto')
      .describe('"auto": the GPIO lines of a Raspberry Pi, else the space bar of the terminal.'),
    line: text('the name of a GPIO line such as "GPIO17"')
      .default('GPIO17')
      .describe('The line that the button is on.'),
    chip: z
      .string({ error: 'the label of a GPIO chip' })
      .default('')
      .describe('Label of the chip with that line, where several have one of that name; empty: any.'),
    active_low: flag().default(true).describe('The button connects its line to ground.'),
    debounce_ms: whole({ min: 0, max: 200, unit: 'ms' })
      .default(15)
      .describe('Changes of the contact that are shorter are ignored.'),
    hold_after_ms: whole({ min: 100, max: 2000, unit: 'ms' })
      .default(350)
      .describe('Held longer, it is held to talk, and releasing it ends the question; else it was tapped.'),
    double_tap_ms: whole({ min: 100, max: 2000, unit: 'ms' })
      .default(350)
      .describe('A second tap within this time repeats the last answer.'),
    long_press_ms: whole({ min: 500, max: 10_000, unit: 'ms' })
      .default(2000)
      .describe('Held so long without a word, it mutes the microphone or unmutes it.'),
    shutdown_hold: flag().default(false).describe('Held 10 s without a word, it shuts the computer down.'),
    shutdown_command: text('a command').default('systemctl poweroff').describe('What is run then.'),
  })
  .refine((button) => button.hold_after_ms < button.long_press_ms, {
    error: 'more than button.hold_after_ms',
    path: ['long_press_ms'],
  })
  .describe('The talk button, and what its gestures are.');
