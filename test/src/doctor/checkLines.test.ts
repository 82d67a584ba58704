import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { CheckedThing } from '../../../src/doctor/check.js';
import { checkLines, healthLine, type Sheet } from '../../../src/doctor/checkLines.js';

const PIPE: Sheet = { columns: undefined, isColoured: false };
const found = (verdict: CheckedThing['verdict'], rest: Partial<CheckedThing> = {}): CheckedThing => ({
  group: 'audio',
  name: 'echo',
  verdict,
  reason: 'the microphone hears the speaker much too loudly to know the two apart from each other',
  ...rest,
});
const REMEDY =
  'sudo a-command --with=many words that shall be copied as they stand, however wide the terminal is; or this';

suite('the lines of a check', () => {
  test('are broken between words for a terminal, beside the verdict or, in a narrow one, below it', () => {
    for (const [columns, indent] of [
      [80, 12],
      [40, 4],
    ] as const) {
      const lines = checkLines(found('degraded'), undefined, { columns, isColoured: false }).trimEnd().split('\n');
      assert.ok(lines.length > 2);
      for (const line of lines) assert.ok(line.length <= columns, line);
      for (const line of lines.slice(2)) assert.match(line, new RegExp(`^ {${indent}}\\S`));
    }
  });

  test('are whole in a pipe', () => {
    assert.equal(checkLines(found('ok'), undefined, PIPE).split('\n').length, 3);
  });

  test('leave a remedy whole, to be copied', () => {
    const text = checkLines(found('broken', { remedy: REMEDY }), undefined, { columns: 40, isColoured: false });
    assert.ok(text.endsWith(`    -> ${REMEDY}\n`));
  });

  test('have the verdict in colour where colours are shown, and break at the same words', () => {
    const plain = checkLines(found('broken'), undefined, { columns: 60, isColoured: false });
    const coloured = checkLines(found('broken'), undefined, { columns: 60, isColoured: true });
    assert.notEqual(coloured, plain);
    assert.equal(stripVTControlCharacters(coloured), plain);
  });
});

suite('the last line', () => {
  const checks = [
    found('ok', { remedy: 'not needed' }),
    found('degraded', { remedy: 'mend the echo' }),
    found('broken', { group: 'models', name: 'files', remedy: 'fetch them' }),
    found('broken', { remedy: 'too late' }),
  ];

  test('says what to do first: the first of what is broken, else of what is degraded', () => {
    assert.equal(
      healthLine('broken', checks, PIPE),
      'It cannot work like this.\nFirst, for models (files):\n-> fetch them\n',
    );
    assert.equal(
      healthLine('degraded', checks.slice(0, 2), PIPE),
      'It works, but not as well as it could.\nFirst, for audio (echo):\n-> mend the echo\n',
    );
  });

  test('says nothing more where nothing is to be done', () => {
    assert.equal(healthLine('ok', checks.slice(0, 1), PIPE), 'All is well.\n');
    assert.equal(healthLine('degraded', [found('degraded')], PIPE).split('\n').length, 2);
  });
});
