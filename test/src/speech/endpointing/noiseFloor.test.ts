import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { FRAME_MS } from '../../../../hardware/audio/pcm.js';
import { levelDb } from '../../../../hardware/audio/soundLevel.js';
import { seededNumbers } from '../../../../src/bench/sim/seededNumbers.js';
import { Endpointer, type EndpointerEvent } from '../../../../src/speech/endpointer.js';
import { SteadyNoise } from '../../../../src/speech/endpointing/noiseFloor.js';
import type { SileroVad } from '../../../../src/speech/vad/sileroVad.js';
import { openVad, recordedFrames, VAD_MODEL } from '../../../fixtures/ears.js';
import { skipWithoutModel } from '../../../fixtures/models.js';
import { sharedFile, skipWithout } from '../../../fixtures/shared.js';
import { hearingOptions } from '../../../fixtures/speechFrames.js';

const SECOND = Math.round(1000 / FRAME_MS);
type Level = (frame: number) => number;

const random = seededNumbers(3);
const fan: Level = () => -40 + 2 * (random() - 0.5);
/** Most of its energy is slow, so that its level wanders. */
const pinkNoise: Level = (frame) => -42 + 1.5 * Math.sin(frame / 40) + 4 * (random() - 0.5);
/** A chord that swells and fades over 8 s. */
const chord: Level = (frame) => -38 + 3 * Math.sin((2 * Math.PI * frame * FRAME_MS) / 8000) + random();
/** 4 syllables a second. */
const speech: Level = (frame) => -35 + 12 * Math.sin((2 * Math.PI * 4 * frame * FRAME_MS) / 1000);
/** Two beats a second, each fading by 15 dB. */
const drums: Level = (frame) => -30 - 15 * ((frame % 16) / 16);

/** What passes of frames that the VAD takes for speech. */
function passed(filter: SteadyNoise, level: Level, frames: number, probability = 0.8): number[] {
  return Array.from({ length: frames }, (_, frame) => filter.push(level(frame), probability));
}

describe('a steady noise that the VAD takes for speech', () => {
  for (const [name, level] of Object.entries({ fan, pinkNoise, chord })) {
    it(`is not voiced after 3 s, and no more: ${name}`, () => {
      const heard = passed(new SteadyNoise(), level, 20 * SECOND);
      assert.ok(heard.slice(0, 2 * SECOND).every((probability) => probability === 0.8));
      const later = heard.slice(4 * SECOND);
      assert.ok(later.filter((probability) => probability > 0).length <= 0.03 * later.length);
    });

    it(`ends a turn long before it is too long: ${name}`, () => {
      const filter = new SteadyNoise();
      const endpointer = new Endpointer(hearingOptions);
      const events: (EndpointerEvent & { second: number })[] = [];
      for (let frame = 0; frame < 30 * SECOND; frame++) {
        const event = endpointer.push(filter.push(level(frame), 0.8));
        if (event) events.push({ ...event, second: frame / SECOND });
      }
      const end = events.find(({ type }) => type === 'ended');
      assert.ok(end?.type === 'ended' && end.reason === 'silence' && end.second < 8, JSON.stringify(events));
    });
  }

  it('is background where the VAD hears speech in it now and then', () => {
    const filter = new SteadyNoise();
    const heard = Array.from({ length: 8 * SECOND }, (_, frame) =>
      filter.push(fan(frame), frame % 12 === 0 ? 0.6 : 0.1),
    );
    assert.ok(heard.slice(4 * SECOND).every((probability) => probability === 0));
  });

  it('lets a louder voice pass', () => {
    const filter = new SteadyNoise();
    passed(filter, fan, 5 * SECOND);
    assert.ok(passed(filter, () => -30, SECOND).every((probability) => probability === 0.8));
    assert.ok(passed(filter, fan, SECOND).every((probability) => probability === 0));
  });

  it('is forgotten 96 ms after it has gone, so that soft speech is heard', () => {
    const filter = new SteadyNoise();
    passed(filter, fan, 5 * SECOND);
    passed(filter, () => -70, 3, 0.05);
    assert.ok(passed(filter, (frame) => speech(frame) - 20, 2 * SECOND).every((probability) => probability === 0.8));
  });

  it('is left alone where the VAD knows it for noise, and so is the soft beginning of a word in it', () => {
    const filter = new SteadyNoise();
    passed(filter, fan, 5 * SECOND, 0.05);
    assert.deepEqual(passed(filter, fan, 10), new Array(10).fill(0.8));
  });
});

describe('what is not steady', () => {
  for (const [name, level] of Object.entries({ speech, drums }))
    it(`is never suppressed: ${name}`, () =>
      assert.ok(passed(new SteadyNoise(), level, 30 * SECOND).every((probability) => probability === 0.8)));
});

const folder = sharedFile('speech');
describe('recorded speech', { skip: skipWithoutModel(VAD_MODEL) || skipWithout(folder) }, () => {
  const never = new AbortController().signal;
  let vad: SileroVad;
  before(() => {
    vad = openVad();
  });
  after(() => vad.close());

  it('is heard by the endpointer just as without the filter, utterance by utterance', async () => {
    for (const name of readdirSync(folder ?? '', { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.wav')) continue;
      await vad.reset(never);
      const filter = new SteadyNoise();
      const plain: EndpointerEvent[] = [];
      const filtered: EndpointerEvent[] = [];
      const [hear, hearFiltered] = [heardBy(plain), heardBy(filtered)];
      for await (const frame of recordedFrames(sharedFile(`speech/${name}`) ?? '', never)) {
        const probability = await vad.probability(frame, never);
        hear(probability);
        hearFiltered(filter.push(levelDb(frame.samples), probability));
      }
      assert.deepEqual(filtered, plain, name);
    }
  });
});

/** An endpointer after the other, each for one utterance. */
function heardBy(events: EndpointerEvent[]): (probability: number) => void {
  let endpointer = new Endpointer(hearingOptions);
  return (probability) => {
    const event = endpointer.push(probability);
    if (event) events.push(event);
    if (event?.type === 'ended') endpointer = new Endpointer(hearingOptions);
  };
}
