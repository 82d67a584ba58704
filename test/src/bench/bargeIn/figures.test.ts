import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { echoLevelsOf } from '../../../../src/bench/bargeIn/echoModes.js';
import { bargeInRates, modeFigures, type Trial } from '../../../../src/bench/bargeIn/figures.js';
import { bargeInTable } from '../../../../src/bench/bargeIn/table.js';

function trial(kind: Trial['kind'], more: Partial<Trial> = {}): Trial {
  const nothing = { takenMs: null, silentMs: null, ducks: 0, resumedMs: null, selfAnswers: 0 };
  return { kind, name: kind, echoDb: -6, relativeDb: 0, ...nothing, ...more };
}

const TRIALS = [
  trial('interruption', { takenMs: 400, silentMs: 450, ducks: 1 }),
  trial('interruption', { takenMs: 600, silentMs: 640, ducks: 1, echoDb: -12 }),
  trial('interruption', { takenMs: 900, silentMs: 950, ducks: 1, echoDb: -12 }),
  trial('interruption', { echoDb: -20 }),
  trial('cough', { ducks: 1, resumedMs: 500 }),
  trial('cough'),
  trial('backchannel', { takenMs: 700, silentMs: 720, ducks: 1 }),
  trial('echo', { ducks: 3, resumedMs: 800, selfAnswers: 1 }),
  trial('echo', { echoDb: -20 }),
];

describe('the figures of interruptions', () => {
  const rates = bargeInRates(TRIALS);

  it('count interruptions apart from all that must not interrupt', () => {
    assert.equal(rates.realTakenRate, 3 / 4);
    assert.equal(rates.takenWithin600Rate, 2 / 4);
    assert.equal(rates.falseStopRate, 1 / 5);
    assert.deepEqual(rates.kinds, {
      interruption: { trials: 4, taken: 3, ducked: 3 },
      cough: { trials: 2, taken: 0, ducked: 1 },
      backchannel: { trials: 1, taken: 1, ducked: 1 },
      echo: { trials: 2, taken: 0, ducked: 1 },
    });
  });

  it('take the times of real interruptions only, and of replies that went on', () => {
    assert.deepEqual([rates.takenP50Ms, rates.takenP95Ms], [600, 900]);
    assert.deepEqual([rates.silentP50Ms, rates.silentP95Ms], [640, 950]);
    assert.deepEqual([rates.resumedP50Ms, rates.resumedP95Ms], [500, 800]);
    assert.equal(rates.resumedWithin700Rate, 1 / 2);
  });

  it('count the answers to itself', () => {
    assert.equal(rates.selfAnswers, 1);
  });

  it('are null of nothing', () => {
    const none = bargeInRates([]);
    assert.deepEqual(
      [none.realTakenRate, none.takenWithin600Rate, none.falseStopRate, none.takenP95Ms, none.resumedWithin700Rate],
      [null, null, null, null, null],
    );
    assert.equal(none.selfAnswers, 0);
  });

  it('are also there for each level of the echo, the loudest first', () => {
    const { mode, echoLevels } = modeFigures('text-guard', TRIALS);
    assert.equal(mode, 'text-guard');
    assert.deepEqual(Object.keys(echoLevels), ['-6', '-12', '-20']);
    assert.equal(echoLevels['-12']?.realTakenRate, 1);
    assert.equal(echoLevels['-20']?.kinds.echo.trials, 1);
  });

  it('make a table with a line for each mode and each level', () => {
    const lines = bargeInTable([modeFigures('text-guard', TRIALS), modeFigures('aec', [])])
      .trimEnd()
      .split('\n');
    assert.equal(lines.length, 1 + 4 + 1);
    assert.match(lines[1] ?? '', /^text-guard +3 of 4 +50\.0 % +600 +900 +950 +1 of 5 +1 +3 +800$/);
    assert.match(lines[3] ?? '', /^ {2}echo -12 dB +2 of 2 /);
    assert.match(lines[5] ?? '', /^aec +0 of 0 +- +- +- +- +0 of 0 +0 +0 +-$/);
  });
});

describe('the echo of a mode', () => {
  it('is as loud as asked, but for what a canceller leaves', () => {
    assert.deepEqual(echoLevelsOf('text-guard', [-6, -9]), [-6, -9]);
    assert.deepEqual(echoLevelsOf('half-duplex', [-6]), [-6]);
    assert.deepEqual(echoLevelsOf('aec', [-6, -9]), [-40]);
  });
});
