import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Status, StatusLine, statusText } from '../../../src/cli/statusLine.js';
import { recorder } from '../../fixtures/recordedIo.js';

const CLEAR = '\r\u001b[2K';
const quiet: Status = { light: '○', state: 'idle', levelDb: undefined, transcript: '', troubles: [] };

suite('the status line says', () => {
  for (const [what, change, text] of [
    ['what it does, and the keys', {}, '○ idle  [space: talk, q: quit]'],
    [
      'what is wrong',
      { troubles: ['no speaker', 'no language model'] },
      '○ idle  no speaker  no language model  [space: talk, q: quit]',
    ],
    ['what was understood', { transcript: 'hello' }, '○ idle  "hello"  [space: talk, q: quit]'],
    ['that it is silent', { levelDb: Number.NEGATIVE_INFINITY }, '○ idle  ········  [space: talk, q: quit]'],
    ['how loud it is', { levelDb: -33 }, '○ idle  ▁▂▃▄····  [space: talk, q: quit]'],
    ['that it is as loud as it can be', { levelDb: 0 }, '○ idle  ▁▂▃▄▅▆▇█  [space: talk, q: quit]'],
  ] as const) {
    test(what, () => assert.equal(statusText({ ...quiet, ...change }), text));
  }
});

suite('the line at the bottom of a terminal', () => {
  test('is written over the last one, and only when it changes', () => {
    const terminal = recorder(true);
    const line = new StatusLine(terminal);
    line.show(quiet);
    line.show(quiet);
    line.show({ ...quiet, state: 'listening' });
    assert.equal(terminal.text, `${CLEAR}${statusText(quiet)}${CLEAR}${statusText({ ...quiet, state: 'listening' })}`);
  });

  test('stays below what is logged', () => {
    const terminal = recorder(true);
    const line = new StatusLine(terminal);
    line.show(quiet);
    terminal.text = '';
    line.log.write('warn: no speaker\n');
    assert.equal(terminal.text, `${CLEAR}warn: no speaker\n${statusText(quiet)}`);
  });

  test('is cut to the width of the terminal, in which colours take no room', () => {
    const terminal = recorder(true);
    const line = new StatusLine(terminal);
    const coloured = '\u001b[31m●\u001b[39m';
    const text = statusText({ ...quiet, light: coloured });
    terminal.columns = statusText(quiet).length + 1;
    line.show({ ...quiet, light: coloured });
    assert.equal(terminal.text, CLEAR + text, 'fits');
    terminal.text = '';
    terminal.columns = 10;
    line.show({ ...quiet, light: coloured });
    assert.equal(terminal.text, `${CLEAR}● idle  …`);
  });

  test('disappears when it is closed, and what is logged then is left alone', () => {
    const terminal = recorder(true);
    const line = new StatusLine(terminal);
    line.show(quiet);
    terminal.text = '';
    line.close();
    line.close();
    line.show({ ...quiet, state: 'listening' });
    line.log.write('info: stopping\n');
    assert.equal(terminal.text, `${CLEAR}info: stopping\n`);
  });
});
