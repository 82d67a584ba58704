import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { axisTicks } from '../../../../src/inspector/view/axisTicks.js';
import { heardReply } from '../../../../src/inspector/view/heardReply.js';
import { stageFigures } from '../../../../src/inspector/view/stageFigures.js';
import { hasFailed, outcomeInWords, routeInWords } from '../../../../src/inspector/view/turnWords.js';
import { mockTurn } from '../../../fixtures/inspector/mockMoments.js';

const chunk = (text: string) => ({ text, chars: text.length, queuedMs: 0 });

describe('a reply as it was heard', () => {
  it('is cut where the user stopped hearing it, a blank between chunks counted', () => {
    const chunks = ['The sky', 'is blue.', 'Always.'].map(chunk);
    const heard = heardReply({ chunks, heardChars: 10 });
    assert.deepEqual(
      heard.map(({ heard, unheard }) => [heard, unheard]),
      [
        ['The sky', ''],
        ['is', ' blue.'],
        ['', 'Always.'],
      ],
    );
  });

  it('has all of it dark when it was heard to its end', () => {
    const chunks = ['The sky', 'is blue.'].map(chunk);
    const heard = heardReply({ chunks, heardChars: 'The sky is blue.'.length });
    assert.ok(heard.every(({ unheardChars }) => unheardChars === 0));
  });

  it('tells how much was heard of words that are hidden', () => {
    const [first] = heardReply({ chunks: [{ text: null, chars: 20, queuedMs: null }], heardChars: 5 });
    assert.deepEqual(first, { heard: null, unheard: null, heardChars: 5, unheardChars: 15, queuedMs: null });
  });
});

describe('the figures of several turns', () => {
  it('begin with the time to first audio, then the stages in the order in which a turn passes them', () => {
    const turns = Array.from({ length: 20 }, (_, seed) => mockTurn(seed, seed, false));
    const figures = stageFigures(turns);
    assert.equal(figures[0]?.label, 'Time to first audio');
    assert.equal(figures[1]?.label, 'silence until the turn is over');
    assert.equal(figures.at(-1)?.label, 'reply is heard');
    for (const { p50Ms, p95Ms } of figures) assert.ok(p50Ms <= p95Ms);
  });

  it('count only the turns that had a stage', () => {
    const turns = [mockTurn(0, 0, false), mockTurn(1, 0, false), mockTurn(4, 0, false)];
    const turnsOf = (label: string) => stageFigures(turns).find((figure) => figure.label === label)?.turns;
    assert.equal(turnsOf('Time to first audio'), 2);
    assert.equal(turnsOf('model: first token'), 1);
  });

  it('are none of no turns', () => {
    assert.deepEqual(stageFigures([]), []);
  });
});

describe('a turn in words', () => {
  it('says how it ended, and whether anybody wished that', () => {
    const turn = mockTurn(0, 0, false);
    assert.equal(outcomeInWords({ ...turn, outcome: 'replied' }), 'Answered');
    assert.equal(outcomeInWords({ ...turn, outcome: 'stopped', interrupted: true }), 'Interrupted');
    assert.equal(outcomeInWords({ ...turn, outcome: null }), 'No outcome');
    assert.equal(hasFailed({ ...turn, outcome: 'timedOut' }), true);
    assert.equal(hasFailed({ ...turn, outcome: 'stopped' }), false);
  });

  it('says who answered', () => {
    assert.deepEqual(['intent:timer', 'llm', 'offline', null].map(routeInWords), [
      'timer',
      'language model',
      'no model',
      '',
    ]);
  });
});

describe('the axis of a waterfall', () => {
  it('has a handful of round times that fit', () => {
    assert.deepEqual(axisTicks(760), [0, 200, 400, 600]);
    assert.deepEqual(axisTicks(2400), [0, 500, 1000, 1500, 2000]);
    assert.deepEqual(axisTicks(40), [0]);
  });
});
