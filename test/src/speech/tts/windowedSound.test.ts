import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LeadingSilenceMemory } from '../../../../src/speech/tts/leadingSilenceMemory.js';
import type { ClauseSound } from '../../../../src/speech/tts/speakClauses.js';
import { windowedSound } from '../../../../src/speech/tts/windowedSound.js';
import type { Window } from '../../../../src/speech/tts/windowPlan.js';

/** Windows of 100 ms, each made in 60 at worst; a sample is a millisecond, and 10 are kept before the first audible. */
const WINDOWS = [0, 100, 200, 300].map((from) => ({ from, to: from + 100, madeInMs: 60 }));

/** What came of a clause that begins with `silentMs` of silence: the lengths of its pieces (ms), and what was learnt. */
async function clause(silentMs: number, memory = new LeadingSilenceMemory()) {
  const whole = Float32Array.from({ length: 400 }, (_, ms) => (ms < silentMs ? 0.005 : 0.1 + ms / 1000));
  const made: number[] = [];
  const make = async ({ from, to }: Window) => {
    made.push(from);
    return { samples: whole.subarray(from, to), sampleRateHz: 1000 };
  };
  const lengths: number[] = [];
  const samples: number[] = [];
  const firstMadeOf: number[] = [];
  let sound: ClauseSound | undefined = await windowedSound(WINDOWS, make, memory);
  while (sound) {
    firstMadeOf.push(made.length);
    lengths.push(sound.samples.length);
    samples.push(...sound.samples);
    sound = await sound.rest?.();
  }
  assert.deepEqual(samples, [...whole]);
  assert.deepEqual(made, [0, 100, 200, 300]);
  return { lengths, firstMadeOf, expectedMs: memory.expectedMs };
}

describe('the sound of a clause in windows', () => {
  it('comes window by window where the first lasts until the second is made', async () => {
    const { lengths, firstMadeOf } = await clause(50);
    assert.deepEqual(lengths, [100, 100, 100, 100]);
    assert.deepEqual(firstMadeOf, [1, 2, 3, 4]);
  });

  it('begins with two windows where so little of the first is audible that a gap would follow', async () => {
    for (const silentMs of [51, 99, 100, 150]) assert.deepEqual((await clause(silentMs)).lengths, [200, 100, 100]);
  });

  it('begins with as many as it takes', async () => {
    assert.deepEqual((await clause(151)).lengths, [300, 100]);
    assert.deepEqual((await clause(350)).lengths, [400]);
  });

  it('tells how much silence the clause began with, in whichever window that ended', async () => {
    for (const silentMs of [0, 40, 99, 151]) assert.equal((await clause(silentMs)).expectedMs, silentMs);
  });

  it('tells nothing of a clause that is silent', async () => {
    const memory = new LeadingSilenceMemory();
    memory.add(50);
    assert.equal((await clause(400, memory)).expectedMs, 50);
  });

  it('throws what making a window throws', async () => {
    const make = () => Promise.reject(new Error('the thread has stopped'));
    await assert.rejects(windowedSound(WINDOWS, make, new LeadingSilenceMemory()), /the thread has stopped/);
  });
});
