import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { InspectorSnapshot, LogEntry, ServerMessage } from '../../../../src/inspector/protocol.js';
import {
  MAX_LOG_ENTRIES,
  MAX_TURNS,
  NOTHING_KNOWN,
  nextView,
  type ViewChange,
  type ViewState,
} from '../../../../src/inspector/view/viewState.js';
import { mockDoctor, mockHealth, mockPanel, mockTurn } from '../../../fixtures/inspector/mockMoments.js';

function after(view: ViewState, ...messages: ServerMessage[]): ViewState {
  return messages.reduce((before, message) => nextView(before, { type: 'received', message, receivedAt: 1000 }), view);
}

function entry(number: number, taken: readonly string[] = []): LogEntry {
  return { number, at: number, event: 'button.pressed', detail: '', taken, state: null, turn: null };
}

const snapshot: InspectorSnapshot = {
  type: 'snapshot',
  version: 1,
  name: 'Marvin',
  program: 'pressel 0.1.0',
  startedAt: 500,
  now: 1250,
  active: ['turn.idle.ready'],
  taken: { 'turn.idle|ask|0': 2 },
  turns: [mockTurn(1, 600, false)],
  log: [entry(1)],
  panel: mockPanel('idle', 500),
};

describe('the view', () => {
  it('knows everything after a snapshot, the clock of the appliance included', () => {
    const view = after(NOTHING_KNOWN, snapshot);
    assert.equal(view.connection, 'live');
    assert.equal(view.name, 'Marvin');
    assert.equal(view.clockAheadMs, 250);
    assert.deepEqual(view.log, [entry(1)]);
  });

  it('counts the transitions that were taken and lights those of the last message', () => {
    const view = after(
      NOTHING_KNOWN,
      snapshot,
      {
        type: 'log',
        entries: [entry(2, ['turn.idle|ask|0', 'x|y|0']), entry(3, ['x|y|0'])],
        active: ['turn.thinking'],
      },
      { type: 'log', entries: [entry(4)], active: ['turn.thinking'] },
    );
    assert.deepEqual(view.taken, { 'turn.idle|ask|0': 3, 'x|y|0': 2 });
    assert.deepEqual(view.flash.transitions, ['turn.idle|ask|0', 'x|y|0', 'x|y|0']);
    assert.deepEqual(view.active, ['turn.thinking']);
  });

  it('lights a transition that is taken twice in a row anew', () => {
    const taken: ServerMessage = { type: 'log', entries: [entry(2, ['x|y|0'])], active: [] };
    const once = after(NOTHING_KNOWN, snapshot, taken);
    assert.notEqual(after(once, taken).flash, once.flash);
  });

  it('forgets the oldest entries and turns', () => {
    const entries = Array.from({ length: MAX_LOG_ENTRIES }, (_, index) => entry(index + 2));
    const turns: ServerMessage[] = Array.from({ length: MAX_TURNS }, (_, index) => ({
      type: 'turn',
      turn: mockTurn(index + 2, index, false),
    }));
    const view = after(NOTHING_KNOWN, snapshot, { type: 'log', entries, active: [] }, ...turns);
    assert.equal(view.log.length, MAX_LOG_ENTRIES);
    assert.equal(view.log[0]?.number, 2);
    assert.equal(view.turns.length, MAX_TURNS);
    assert.equal(view.turns[0]?.id, 'turn-2');
  });

  it('keeps what it has while the connection is lost, and replaces it by the next snapshot', () => {
    const lost = nextView(after(NOTHING_KNOWN, snapshot), { type: 'connection', connection: 'lost' });
    assert.equal(lost.connection, 'lost');
    assert.equal(lost.turns.length, 1);
    const back = after(lost, { ...snapshot, turns: [], log: [entry(9)], taken: {} });
    assert.deepEqual([back.connection, back.turns, back.log, back.taken], ['live', [], [entry(9)], {}]);
  });

  it('keeps measurements over a snapshot of the same run, and drops those of another', () => {
    const health: ServerMessage = { type: 'health', health: mockHealth(1) };
    const measured = after(NOTHING_KNOWN, snapshot, health);
    assert.notEqual(after(measured, snapshot).health, null);
    assert.equal(after(measured, { ...snapshot, startedAt: 900 }).health, null);
  });

  it('shows what is being said until the turn is over or the assistant no longer listens', () => {
    const heard = after(NOTHING_KNOWN, snapshot, { type: 'partial', text: 'what time' });
    const stateOf = (state: string): ServerMessage => ({ type: 'log', entries: [], active: [state] });
    assert.equal(after(heard, stateOf('turn.listening.speech.hearing')).partial, 'what time');
    assert.equal(after(heard, stateOf('turn.thinking')).partial, 'what time');
    assert.equal(after(heard, stateOf('turn.speaking.playing')).partial, '');
    assert.equal(after(heard, { type: 'turn', turn: mockTurn(2, 700, false) }).partial, '');
  });

  it('waits for the doctor until there is a report, a refusal or no connection', () => {
    const asked = nextView(after(NOTHING_KNOWN, snapshot), { type: 'examining' });
    assert.equal(asked.isExamining, true);
    assert.equal(after(asked, { type: 'doctor', report: mockDoctor(1) }).isExamining, false);
    assert.equal(after(asked, { type: 'refused', reason: 'Too soon.' }).isExamining, false);
    const change: ViewChange = { type: 'connection', connection: 'lost' };
    assert.equal(nextView(asked, change).isExamining, false);
  });

  it('is not disturbed by a message of a kind that it does not know', () => {
    const view = after(NOTHING_KNOWN, snapshot);
    assert.equal(after(view, JSON.parse('{"type":"weather"}')), view);
  });
});
