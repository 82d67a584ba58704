import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { DEFAULT_PATTERNS, parsePatterns } from '../../../hardware/leds/ledPatterns.js';
import { LED_SIGNALS } from '../../../hardware/leds/signals.js';
import { DEFAULT_CONFIG } from '../../../src/config/config.js';
import { loadConfig } from '../../../src/config/loadConfig.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

suite('the settings of LEDs', () => {
  test('have a pattern for every signal, under its name', () => {
    assert.deepEqual(Object.keys(DEFAULT_CONFIG.ledPatterns).sort(), [...LED_SIGNALS].sort());
    assert.deepEqual(DEFAULT_CONFIG.ledPatterns, DEFAULT_PATTERNS);
  });

  test("take the owner's own patterns", async (t) => {
    const env = { PRESSEL_LED_PATTERNS_FOLLOW_UP: 'solid green' };
    const { config } = await loadConfig({ env, home: temporaryFolder(t) });
    const { followUp } = parsePatterns(config.ledPatterns);
    assert.deepEqual(followUp, { kind: 'solid', colour: [0, 1, 0] });
  });

  const bad: readonly (readonly [string, string])[] = [
    [
      '[led_patterns]\nidle = "breathe blue"',
      'FILE:2: led_patterns.idle: expected "breathe #0030ff 4s" ("breathe" needs a time), found "breathe blue"',
    ],
    [
      '[led_patterns]\nmuted = 3',
      'FILE:2: led_patterns.muted: expected a light pattern such as "breathe #0030ff 4s", found 3',
    ],
    ['[led_patterns]\nmute = "off"', 'FILE:2: unknown key "led_patterns.mute"; did you mean "led_patterns.muted"?'],
    [
      '[leds]\noutput = "apa103"',
      'FILE:2: leds.output: expected one of "auto", "none", "gpio", "rgb", "apa102", "sysfs", "terminal", found "apa103"; did you mean "apa102"?',
    ],
    [
      '[leds]\nsysfs_name = "../ACT"',
      'FILE:2: leds.sysfs_name: expected the name of a folder in /sys/class/leds such as "ACT", found "../ACT"',
    ],
    [
      '[leds]\noutput = "rgb"\nlines = "GPIO1,GPIO2"',
      'FILE:3: leds.lines: expected three GPIO lines (red, green, blue) for leds.output = "rgb", found GPIO1,GPIO2',
    ],
    [
      '[leds]\noutput = "gpio"',
      'FILE:2: leds.lines: expected a GPIO line such as "GPIO27" for leds.output = "gpio", found nothing (its default)',
    ],
    [
      '[leds]\noutput = "sysfs"',
      'FILE:2: leds.sysfs_name: expected the name of an LED for leds.output = "sysfs", found nothing (its default)',
    ],
  ];
  for (const [source, message] of bad) {
    test(`${JSON.stringify(source)} is refused`, async (t) => {
      const home = temporaryFolder(t);
      const file = path.join(home, 'c.toml');
      writeFileSync(file, source);
      await assert.rejects(loadConfig({ file, env: {}, home }), { message: message.replace('FILE', file) });
    });
  }
});
