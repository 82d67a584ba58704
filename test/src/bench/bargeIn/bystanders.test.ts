import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { backchannels, coughs } from '../../../../src/bench/bargeIn/bystanders.js';
import { synthesisedCoughs } from '../../../../src/bench/bargeIn/coughs.js';
import { levelsOf } from '../../../../src/bench/wordGaps.js';
import type { Voice } from '../../../../src/speech/tts/voice.js';
import { drawnRecording } from '../../../fixtures/drawnRecording.js';

/** A voice that says everything in 300 ms. */
function voice(name: string): Voice {
  return {
    name,
    sampleRateHz: 16_000,
    warmUp: async () => {},
    async *synthesize() {
      yield { samples: Float32Array.from({ length: 4_800 }, (_, n) => Math.sin(n / 5) / 2), sampleRateHz: 16_000 };
    },
    close: async () => {},
  };
}

/** The levels of each stretch of sound between silences. */
function burstsOf(levels: readonly number[]): number[][] {
  const bursts: number[][] = [];
  for (const [n, level] of levels.entries()) {
    if (level === 0) continue;
    if ((levels[n - 1] ?? 0) === 0) bursts.push([]);
    bursts.at(-1)?.push(level);
  }
  return bursts;
}

describe('a synthesised cough', () => {
  const made = synthesisedCoughs(60, 1);

  it('has one to three bursts of 80 to 250 ms, each sudden and dying away', () => {
    for (const { name, samples } of made) {
      const bursts = burstsOf(levelsOf(samples));
      assert.match(name, new RegExp(`, ${bursts.length} bursts?$`));
      assert.ok(bursts.length >= 1 && bursts.length <= 3);
      for (const burst of bursts) {
        const lengthMs = burst.length * 10;
        assert.ok(lengthMs >= 70 && lengthMs <= 260, `${name}: ${lengthMs} ms`);
        assert.ok(burst.indexOf(Math.max(...burst)) < burst.length / 2 && (burst.at(-1) ?? 1) < 0.05, name);
      }
    }
  });

  it('is a cleared throat one time in three', () => {
    assert.equal(made.filter(({ name }) => name.startsWith('cleared throat')).length, 20);
  });

  it('is another one each time, and the same for the same seed', () => {
    assert.deepEqual(synthesisedCoughs(60, 1), made);
    assert.notDeepEqual(synthesisedCoughs(1, 2)[0]?.samples, made[0]?.samples);
    assert.equal(new Set(made.map(({ samples }) => samples[1_000])).size > 30, true);
  });

  it('never clips', () => {
    for (const { samples } of made) assert.ok(samples.every((x) => Math.abs(x) <= 0.5));
  });
});

describe('bystanders', () => {
  it('cough, and every third of them is a recorded noise of 1.5 s at most', () => {
    const found = coughs([drawnRecording('.vvv.', 'dog'), drawnRecording('v'.repeat(50), 'thunder')], 12, 1);
    const recorded = found.flatMap(({ name }, n) => (/dog|thunder/.test(name) ? [n] : []));
    assert.deepEqual(recorded, [0, 3, 6, 9]);
    assert.equal(new Set(found.map(({ name }) => name).filter((name) => /dog|thunder/.test(name))).size, 2);
    assert.ok(found.every(({ samples, kind }) => samples.length <= 24_000 && kind === 'cough'));
  });

  it('only cough where there are no recorded noises', () => {
    assert.ok(coughs([], 6, 1).every(({ name }) => /cough|throat/.test(name)));
  });

  it('say each word with each voice before one is said again', async () => {
    const { signal } = new AbortController();
    const found = await backchannels([voice('one'), voice('two')], 20, 1, signal);
    const names = found.map(({ name }) => name);
    assert.equal(found.length, 20);
    assert.equal(new Set(names.slice(0, 16)).size, 16);
    assert.deepEqual(names.slice(16), names.slice(0, 4));
    assert.match(names[0] ?? '', /^".+" by (one|two)$/);
    assert.ok(found.every(({ kind, transcript }) => kind === 'backchannel' && transcript !== ''));
  });
});
