import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DELAYS_MS } from '../../../hardware/audio/echoDelay.js';
import { EchoMatch, type MatchedEcho } from '../../../hardware/audio/echoMatch.js';
import { seededNumbers } from '../../../src/bench/sim/seededNumbers.js';

const NOISE_DB = -70;
const STEP_MS = 16;

/** The level of speech, per half frame: syllables of 100 to 200 ms. */
function syllables(count: number, seed: number): number[] {
  const random = seededNumbers(seed);
  const levels: number[] = [];
  while (levels.length < count) {
    const db = -20 - 25 * random();
    const length = 6 + Math.floor(6 * random());
    for (let n = 0; n < length; n++) levels.push(db - 15 + 15 * Math.sin((Math.PI * (n + 0.5)) / length));
  }
  return levels;
}

/** What is told of a speaker that plays `own` while the microphone hears `heard`, frame by frame. */
function matched(own: readonly number[], heard: (halfFrame: number) => number): MatchedEcho | undefined {
  const match = new EchoMatch();
  let found: MatchedEcho | undefined;
  for (let at = 40; at < own.length; at += 2) {
    const ownDb = Float64Array.from(DELAYS_MS, (delayMs) => own[at - Math.round(delayMs / STEP_MS)] ?? -100);
    found = match.push({ ownDb, levelDb: heard(at), noiseDb: NOISE_DB, isTimed: true }) ?? found;
  }
  return found;
}

describe('a stretch of sound in the microphone', () => {
  for (const delayMs of [32, 96, 192])
    for (const couplingDb of [-6, -20]) {
      it(`is our own when it rises and falls as what was played: ${couplingDb} dB after ${delayMs} ms`, () => {
        const own = syllables(140, 3);
        const found = matched(own, (at) => (own[at - delayMs / STEP_MS] ?? -100) + couplingDb);
        assert.equal(found?.delayMs, delayMs);
        assert.ok(Math.abs(found.couplingDb - couplingDb) <= 3, `${found.couplingDb} dB`);
      });
    }

  it('is somebody else when it goes its own way', () => {
    let mistaken = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const other = syllables(140, 100 + seed);
      if (matched(syllables(140, seed), (at) => other[at] ?? -100)) mistaken += 1;
    }
    assert.ok(mistaken <= 8, `${mistaken} of 40 in three seconds each`);
  });

  it('tells nothing when nothing but noise is heard, or when what is played never changes', () => {
    assert.equal(
      matched(syllables(140, 5), () => NOISE_DB),
      undefined,
    );
    assert.equal(
      matched(new Array<number>(140).fill(-25), () => -31),
      undefined,
    );
  });
});
