import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { SETTINGS } from '../../../src/config/config.js';
import { sectionMeaning, settingMeaning } from '../../../src/config/settingMeaning.js';
import { configurationReference } from '../../../src/docs/reference/configurationReference.js';
import { codeIn, table } from '../../../src/docs/reference/markdown.js';

suite('the configuration reference', () => {
  test('has a row for every setting, in its section', () => {
    const [, ...parts] = configurationReference().split('\n## ');
    for (const [section, keys] of SETTINGS) {
      const part = parts.find((text) => text.startsWith(`\`[${section}]\``));
      assert.ok(part !== undefined, section);
      const named = [...part.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, key]) => key);
      assert.deepEqual(named, keys, section);
    }
  });

  test('says of a setting what it must be, its default and its meaning', () => {
    const row =
      '| `silence_ms` | a whole number from 100 to 5000 (ms) | `600` | So much silence ends the turn (fixed).';
    assert.ok(configurationReference().includes(row));
  });

  test('says what boards change', () => {
    assert.match(configurationReference(), /\| `"whisplay"` \| PiSugar Whisplay HAT \| .*`leds\.active_low = true`/);
  });

  test('is the same each time', () => {
    assert.equal(configurationReference(), configurationReference());
  });

  test('finds a meaning for every section and every setting', () => {
    for (const [section, keys] of SETTINGS) {
      assert.notEqual(sectionMeaning(section), '', section);
      for (const key of keys) assert.notEqual(settingMeaning(section, key), '', `${section}.${key}`);
    }
  });
});

suite('plain text as Markdown', () => {
  test('shows as code what is typed', () => {
    assert.equal(
      codeIn('"auto": see silence_ms, MQTT_PASSWORD and tts.voice.'),
      '`"auto"`: see `silence_ms`, `MQTT_PASSWORD` and `tts.voice`.',
    );
  });

  test('takes a command out of its quotes', () => {
    assert.equal(codeIn('shown by "pressel models list"'), 'shown by `pressel models list`');
  });

  test('keeps a cell with a bar one cell', () => {
    assert.equal(table(['a'], [['b | c']]), '| a |\n| --- |\n| b \\| c |');
  });
});
