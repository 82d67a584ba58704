import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { bareCommand, shellCommands } from '../../../../src/docs/check/shellText.js';

suite('a shell text', () => {
  test('is split into words, without quotes, redirections and comments', () => {
    assert.deepEqual(shellCommands('say "it\'s \\"on\\"" a\\ b \'c d\' > out 2>&1 # loud'), [
      { words: ['say', 'it\'s \\"on\\"', 'a b', 'c d'], line: 1, comment: 'loud' },
    ]);
  });

  test('is split into commands, each with its line', () => {
    const lines = shellCommands('a && b | c; d \\\n  e\nf', 10).map(({ words, line }) => `${line} ${words.join(' ')}`);
    assert.deepEqual(lines, ['10 a', '10 b', '10 c', '10 d e', '12 f']);
  });
});

suite('a command', () => {
  test('is told from what runs it', () => {
    assert.deepEqual(bareCommand(['$', 'A=1', 'sudo', '-E', '-u', 'me', 'npx', '--yes', 'x', '--y']), ['x', '--y']);
  });
});
