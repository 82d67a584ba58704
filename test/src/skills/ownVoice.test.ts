import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openSkills } from '../../../src/cli/openSkills.js';
import { Router } from '../../../src/skills/router.js';
import type { LastReply, Surroundings } from '../../../src/skills/surroundings.js';

const router = new Router(await openSkills());
const REPLY = ['Ada was', 'a mathematician.'];
const AGAIN = ['Ada was ', 'a mathematician. '];
const never = new AbortController().signal;

/** An assistant that has just replied, and can be told something. */
function assistant(given: { percent?: number; factor?: number; lastReply?: LastReply } = {}) {
  const volume = { percent: given.percent ?? 50, isMuted: false };
  const rate = { factor: given.factor ?? 1 };
  const context = {
    now: new Date(0),
    language: 'en',
    timeZone: 'UTC',
    clock: '24h',
    talk: { lastReply: given.lastReply ?? { chunks: REPLY, ageMs: 3_000 }, forget: async () => true },
  } as const;
  const say = async (utterance: string, more: Partial<Surroundings> = { volume, rate }) => {
    const routing = router.route(utterance);
    assert.ok('skill' in routing, routing.why);
    return routing.skill.run(routing.slots, { ...context, ...more }, never);
  };
  return { volume, rate, say };
}

const LONG_AGO = { chunks: REPLY, ageMs: 600_000 };
const NONE = { chunks: [], ageMs: 0 };

describe('who wants the last reply again', () => {
  it('hears its chunks as they were', async () => assert.deepEqual(await assistant().say('Say that again.'), AGAIN));

  it('hears it however long ago it was, and is told when there was none', async () => {
    assert.deepEqual(await assistant({ lastReply: LONG_AGO }).say('Repeat that.'), AGAIN);
    assert.deepEqual(await assistant({ lastReply: NONE }).say('Repeat that.'), ['I have not said anything yet.']);
  });

  it('hears it louder or slower, and it stays so', async () => {
    const { say, volume, rate } = assistant();
    assert.deepEqual(await say('Say it again a bit louder.'), AGAIN);
    assert.deepEqual(await say('Once more, but slower.'), AGAIN);
    assert.deepEqual([volume.percent, rate.factor], [55, 0.87]);
  });

  it('is told where neither can be changed, or no further, and hears it nevertheless', async () => {
    const { say } = assistant({ percent: 100 });
    assert.deepEqual(await say('Say it again louder.', {}), ['I cannot change how loud I am here. ', ...AGAIN]);
    assert.deepEqual(await say('Say it again slower.', {}), ['I cannot change how fast I speak here. ', ...AGAIN]);
    assert.deepEqual(await say('Say it again louder.'), ['This is as loud as I get. ', ...AGAIN]);
  });
});

describe('who wants another volume', () => {
  for (const [utterance, percent] of [
    ['Louder.', 60],
    ['A bit louder.', 55],
    ['Much louder.', 70],
    ['Quieter.', 40],
    ["I can't hear you.", 60],
    ['Too loud.', 40],
  ] as const) {
    it(`hears the last reply again at ${percent} percent after "${utterance}"`, async () => {
      const { say, volume } = assistant();
      assert.deepEqual(await say(utterance), AGAIN);
      assert.equal(volume.percent, percent);
    });
  }

  it('hears the volume instead when the last reply was long ago, or there was none', async () => {
    assert.equal(await assistant({ lastReply: LONG_AGO }).say('Louder.'), 'Volume 60 percent.');
    assert.equal(await assistant({ lastReply: NONE }).say('Louder.'), 'Volume 60 percent.');
  });

  for (const [utterance, percent] of [
    ['Turn it up.', 60],
    ['Turn it up by fifteen percent.', 65],
    ['Volume down a lot.', 30],
    ['Set the volume to forty-two percent.', 42],
    ['Volume one hundred.', 100],
    ['Set the volume to 250.', 100],
    ['Volume at half.', 50],
    ['Maximum volume.', 100],
    ["What's the volume?", 50],
  ] as const) {
    it(`hears that it is ${percent} percent after "${utterance}"`, async () => {
      const { say, volume } = assistant();
      assert.equal(await say(utterance), `Volume ${percent} percent.`);
      assert.equal(volume.percent, percent);
    });
  }

  it('is told when it goes no further', async () => {
    assert.equal(await assistant({ percent: 100 }).say('Louder.'), 'This is as loud as I get.');
    const { say, volume } = assistant({ percent: 15 });
    assert.deepEqual(await say('Quieter.'), AGAIN);
    assert.match(String(await say('Quieter.')), /^This is as quiet as I get\./);
    assert.equal(volume.percent, 10);
  });

  it('is never left with a voice that cannot be heard', async () => {
    const { say, volume } = assistant();
    assert.equal(await say('Set the volume to zero.'), 'Volume 10 percent. Below that I cannot be heard.');
    assert.equal(volume.percent, 10);
    const low = assistant({ percent: 5 });
    assert.match(String(await low.say('Volume down.')), /^This is as quiet/);
    assert.equal(low.volume.percent, 5, 'quieter makes nothing louder');
    await low.say('Volume up.');
    assert.equal(low.volume.percent, 15);
  });

  it('can mute it, without a word, until it is wanted again', async () => {
    const { say, volume } = assistant();
    assert.equal(await say('Mute.'), '');
    assert.deepEqual(volume, { percent: 50, isMuted: true });
    assert.equal(await say('Unmute.'), 'Volume 50 percent.');
    for (const utterance of ['Louder.', 'Volume fifty.', 'Turn it up.']) {
      await say('Mute.');
      await say(utterance);
      assert.equal(volume.isMuted, false, utterance);
    }
    await say('Mute.');
    await say('Turn it down.');
    assert.equal(volume.isMuted, true, 'turned down is no wish to hear it');
  });

  it('is told where there is no speaker', async () => {
    assert.equal(await assistant().say('Louder.', {}), 'I cannot change how loud I am here.');
  });
});

describe('who wants another pace', () => {
  for (const [utterance, factor] of [
    ['Slower.', 0.87],
    ['A bit slower.', 0.93],
    ['Speak much slower.', 0.76],
    ['Faster.', 1.15],
    ['You speak too fast.', 0.87],
    ['Normal speed.', 1],
  ] as const) {
    it(`hears the last reply again at ${factor} after "${utterance}"`, async () => {
      const { say, rate } = assistant();
      assert.deepEqual(await say(utterance), AGAIN);
      assert.equal(rate.factor, factor);
    });
  }

  it('comes back by as many steps as they went', async () => {
    for (const [one, other] of [
      ['Slower.', 'Faster.'],
      ['A bit faster.', 'A bit slower.'],
    ] as const) {
      const { say, rate } = assistant();
      await say(one);
      await say(other);
      assert.equal(rate.factor, 1, one);
    }
  });

  it('is told when it goes no further', async () => {
    const { say, rate } = assistant({ factor: 0.55 });
    assert.deepEqual(await say('Slower.'), AGAIN);
    assert.equal(rate.factor, 0.5);
    assert.equal(await say('Slower.'), 'I cannot speak any slower.');
    assert.equal(await assistant({ factor: 2 }).say('Faster.'), 'I cannot speak any faster.');
  });

  it('hears what has changed when there is no reply to say again', async () => {
    const { say } = assistant({ lastReply: NONE });
    assert.equal(await say('Slower.'), 'I speak slower now.');
    assert.equal(await say('Faster.'), 'I speak faster now.');
    assert.equal(await say('Normal speed.'), 'I speak at my normal speed now.');
  });

  it('is told where it cannot be changed', async () => {
    assert.equal(await assistant().say('Slower.', {}), 'I cannot change how fast I speak here.');
  });
});

describe('who wants nothing any more', () => {
  it('hears nothing', async () => assert.equal(await assistant().say('Never mind.'), ''));
});
