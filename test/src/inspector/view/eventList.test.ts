import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogEntry } from '../../../../src/inspector/protocol.js';
import { entriesAsText, heldBack, shownEntries, WHOLE_LOG } from '../../../../src/inspector/view/eventList.js';
import { rowWindow } from '../../../../src/inspector/view/rowWindow.js';

function entry(number: number, more: Partial<LogEntry> = {}): LogEntry {
  return { number, at: 0, event: 'button.pressed', detail: '', taken: [], state: null, turn: null, ...more };
}

const log = [
  entry(1),
  entry(2, { event: 'ask', detail: '{"question":"Why?"}', taken: ['turn.idle|ask|0'], state: 'turn: thinking' }),
  entry(3, { event: 'turn.audible', state: 'turn: speaking.playing' }),
];
const numbers = (entries: readonly LogEntry[]) => entries.map(({ number }) => number);

describe('the list of events', () => {
  it('shows those that have all words of the filter, wherever they are and however they are written', () => {
    assert.deepEqual(numbers(shownEntries(log, WHOLE_LOG)), [1, 2, 3]);
    assert.deepEqual(numbers(shownEntries(log, { ...WHOLE_LOG, filter: ' TURN ' })), [2, 3]);
    assert.deepEqual(numbers(shownEntries(log, { ...WHOLE_LOG, filter: 'ask thinking' })), [2]);
    assert.deepEqual(numbers(shownEntries(log, { ...WHOLE_LOG, filter: 'ask speaking' })), []);
  });

  it('stands still while it is paused, and counts what it holds back', () => {
    const paused = { ...WHOLE_LOG, pausedLog: log };
    const later = [...log, entry(4), entry(5)];
    assert.deepEqual(numbers(shownEntries(later, paused)), [1, 2, 3]);
    assert.equal(heldBack(later, paused), 2);
    assert.equal(heldBack(later, WHOLE_LOG), 0);
  });

  it('counts what it holds back even when that was forgotten since', () => {
    assert.equal(heldBack([entry(900), entry(901)], { ...WHOLE_LOG, pausedLog: log }), 898);
  });

  it('goes on after what was cleared away', () => {
    assert.deepEqual(numbers(shownEntries(log, { ...WHOLE_LOG, clearedUpTo: 2 })), [3]);
  });

  it('is copied with all that it knows, a line an entry', () => {
    assert.equal(
      entriesAsText(log.slice(0, 2)),
      '1970-01-01T00:00:00.000Z\tbutton.pressed\n' +
        '1970-01-01T00:00:00.000Z\task\t{"question":"Why?"}\tturn.idle|ask|0\tturn: thinking',
    );
  });
});

describe('the rows of a long list', () => {
  it('are drawn where they are seen, and a few beyond', () => {
    const { first, end, roomAbovePx, roomBelowPx } = rowWindow(2000, 32, 3200, 640);
    assert.deepEqual([first, end], [92, 128]);
    assert.equal(roomAbovePx + (end - first) * 32 + roomBelowPx, 2000 * 32);
  });

  it('are all drawn when they are few, and none is invented', () => {
    assert.deepEqual(rowWindow(3, 32, 0, 640), { first: 0, end: 3, roomAbovePx: 0, roomBelowPx: 0 });
    assert.deepEqual(rowWindow(0, 32, 500, 640), { first: 0, end: 0, roomAbovePx: 0, roomBelowPx: 0 });
    assert.equal(rowWindow(10, 32, 99_999, 640).end, 10);
  });
});
