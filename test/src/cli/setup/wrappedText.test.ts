import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { wrappedText } from '../../../../src/cli/setup/wrappedText.js';

suite('text in the frame of a terminal', () => {
  test('is broken between words, and the lines after the first are set in', () => {
    const lines = wrappedText('  one two three four five six seven eight nine ten', 40, '    ').split('\n');
    assert.deepEqual(lines, ['  one two three four five six seven', '    eight nine ten']);
  });

  test('has a path or a link whole on a line of its own, and goes on behind it', () => {
    const path = '/home/somebody/.config/pressel/config.toml';
    const lines = wrappedText(`Settings go to ${path} and not to any other place.`, 40).split('\n');
    assert.deepEqual(lines, ['Settings go to', path, 'and not to any other place.']);
  });

  test('keeps its own line ends', () => {
    assert.equal(wrappedText('a\nb', 80), 'a\nb');
  });
});
