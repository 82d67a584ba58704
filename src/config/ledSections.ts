import { z } from 'zod';
import { DEFAULT_PATTERNS } from '../../hardware/leds/ledPatterns.js';
import { LED_OUTPUTS, lineNames } from '../../hardware/leds/openLedOutput.js';
import { PatternError, parsePattern } from '../../hardware/leds/pattern.js';
import { decimal, flag, oneOf, text, textThat, whole } from './fieldKinds.js';

/** Which LEDs there are. */
const leds = z
  .strictObject({
    output: oneOf(LED_OUTPUTS)
      .default('auto')
      .describe(
        '"auto": those that the other settings describe; "rgb": one LED on three lines; "sysfs": the kernel\'s.',
      ),
    lines: z
      .string({ error: 'GPIO lines such as "GPIO27" or "GPIO25,GPIO24,GPIO23"' })
      .default('')
      .describe('GPIO lines by name, comma separated: one for each LED, or red, green and blue of one.'),
    active_low: flag().default(false).describe('A low line lights the LED, as where LEDs share their plus pole.'),
    spi_device: text('the path of an SPI device such as "/dev/spidev0.0"')
      .default('/dev/spidev0.0')
      .describe('Where APA102 or SK9822 LEDs hang.'),
    pixels: whole({ min: 1, max: 300, unit: 'LEDs' }).default(3).describe('How many LEDs hang on the SPI device.'),
    sysfs_name: textThat('the name of a folder in /sys/class/leds such as "ACT"', (name) => !/[/\s]|^\.+$/.test(name))
      .default('')
      .describe("An LED that the kernel drives, such as the Pi's own; its former use is restored at the end."),
    brightness: decimal({ min: 0, max: 1 })
      .default(0.3)
      .describe('Of LEDs that can be dimmed: APA102 at full brightness dazzle.'),
  })
  .superRefine(({ output, lines, sysfs_name }, context) => {
    const complain = (key: string, message: string) => context.addIssue({ code: 'custom', path: [key], message });
    const count = lineNames(lines).length;
    if (output === 'rgb' && count !== 3)
      complain('lines', 'three GPIO lines (red, green, blue) for leds.output = "rgb"');
    if (output === 'gpio' && count === 0) complain('lines', 'a GPIO line such as "GPIO27" for leds.output = "gpio"');
    if (output === 'sysfs' && sysfs_name === '') complain('sysfs_name', 'the name of an LED for leds.output = "sysfs"');
  })
  .describe('The lights that there are.');

/** How each signal looks, in the notation of `parsePattern`. */
const ledPatterns = z
  .strictObject({
    idle: pattern(DEFAULT_PATTERNS.idle, 'Ready; waits for the button or the wake word.'),
    listening: pattern(DEFAULT_PATTERNS.listening, 'The microphone is open, nobody speaks yet.'),
    hearing: pattern(DEFAULT_PATTERNS.hearing, 'Somebody speaks.'),
    thinking: pattern(DEFAULT_PATTERNS.thinking, 'From the end of the question to the first sound of the reply.'),
    speaking: pattern(DEFAULT_PATTERNS.speaking, 'The reply is heard.'),
    follow_up: pattern(DEFAULT_PATTERNS.followUp, 'The microphone is still open after a reply.'),
    muted: pattern(DEFAULT_PATTERNS.muted, 'The microphone is off until the owner says so. Shown whatever else is.'),
    warming_up: pattern(DEFAULT_PATTERNS.warmingUp, 'Models load.'),
    counting: pattern(DEFAULT_PATTERNS.counting, 'The button is held towards muting.'),
    ringing: pattern(DEFAULT_PATTERNS.ringing, 'A timer or an alarm rings.'),
    microphone_lost: pattern(DEFAULT_PATTERNS.microphoneLost, 'The microphone does not work.'),
    speaker_lost: pattern(DEFAULT_PATTERNS.speakerLost, 'The speaker does not work.'),
    model_unreachable: pattern(DEFAULT_PATTERNS.modelUnreachable, 'The model server does not answer.'),
    error: pattern(DEFAULT_PATTERNS.error, 'Something else went wrong.'),
    shutting_down: pattern(DEFAULT_PATTERNS.shuttingDown, 'The program is ending.'),
  })
  .describe(
    'How each state looks: "off", "solid COLOUR", "breathe COLOUR 4s", "blink COLOUR 500ms", "spin COLOUR 1s" or "pulse COLOUR 4s 3x" (three flashes every four seconds). A colour is a name, "#rgb" or "#rrggbb".',
  );

function pattern(standard: string, when: string) {
  const schema = z.string({ error: 'a light pattern such as "breathe #0030ff 4s"' }).superRefine((value, context) => {
    try {
      parsePattern(value);
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
  });
  return schema.default(standard).describe(when);
}

/** The sections about LEDs, for the schema. */
export const ledSections = { leds, led_patterns: ledPatterns };
