import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { polledVoice, spawnedVoice, wholeAudio } from '../../../src/bench/policyVoices.js';
import { VirtualClock } from '../../../src/bench/sim/virtualClock.js';
import type { Voice } from '../../../src/speech/tts/voice.js';
import { FakeVoice } from '../../fixtures/fakeVoice.js';

const signal = () => new AbortController().signal;

/** When each piece of a text was there, and how long it is (ms). */
async function spoken(voice: Voice, text: string, clock: VirtualClock, wanted = signal()): Promise<[number, number][]> {
  const pieces: [number, number][] = [];
  for await (const { samples } of voice.synthesize(text, wanted)) pieces.push([clock.now(), samples.length]);
  return pieces;
}

describe('a voice as a policy runs it', () => {
  it('is heard when all of a chunk is made, where it makes whole chunks', async () => {
    const clock = new VirtualClock();
    const voice = wholeAudio(new FakeVoice(clock, { pieces: 4 }));
    assert.deepEqual(await clock.run(spoken(voice, 'two words', clock)), [[200, 1_000]]);
  });

  it('is started and closed for each chunk, where it is a program', async () => {
    const clock = new VirtualClock();
    const log: string[] = [];
    const start = () => {
      log.push('started');
      return Object.assign(new FakeVoice(clock), { close: async () => void log.push('closed') });
    };
    const voice = spawnedVoice(new FakeVoice(clock), start);
    await clock.run(spoken(voice, 'one', clock));
    await clock.run(spoken(voice, 'two', clock));
    assert.deepEqual(log, ['started', 'closed', 'started', 'closed']);
  });

  it('is polled for the next chunk only when the player has run dry', async () => {
    const clock = new VirtualClock();
    const voice = polledVoice(new FakeVoice(clock, { msPerWord: 500, makingMs: 50 }), 1_000, clock);
    const reply = signal();
    assert.deepEqual(
      await clock.run(spoken(voice, 'first', clock, reply)),
      [[50, 500]],
      'the first sound waits for none',
    );
    assert.deepEqual(await clock.run(spoken(voice, 'soon', clock, reply)), [[100, 500]], 'still playing');
    // All of it has been heard at 1050; the next words come at 1200, and somebody looks for them at 2050.
    await clock.run(new Promise<void>((resolve) => clock.setTimeout(resolve, 1_100)));
    assert.deepEqual(await clock.run(spoken(voice, 'late', clock, reply)), [[2_050, 500]]);
    assert.deepEqual(await clock.run(spoken(voice, 'another reply', clock)), [[2_100, 1_000]]);
  });
});
