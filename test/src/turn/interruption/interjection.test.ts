import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { spokenForm } from '../../../../src/speech/text/spokenForm.js';
import { Interjection, type Verdict } from '../../../../src/turn/interruption/interjection.js';

const CLEAR = { speechDb: -20, floorDb: -60 };
const WORD_MS = 380;
const BEGAN_MS = 10_000;

/** Speech that is heard from the very beginning of a reply on. */
function over(reply: string) {
  const chunk = { text: reply, heardAtMs: BEGAN_MS, lengthMs: spokenForm(reply).length * WORD_MS };
  return new Interjection({ chunks: [chunk], textAt: () => reply }, BEGAN_MS);
}

const STORY = 'Once there was an old kettle that sang in the morning.';
const QUESTION = 'Shall I set a timer for the kettle?';
const soonMs = BEGAN_MS + 600;

/** What a recogniser has understood; by default it is sure of that. */
function heard(text: string, logProbability = -0.3) {
  return { text, logProbability };
}

function partials(reply: string, ...transcripts: readonly string[]): Verdict[] {
  const interjection = over(reply);
  return transcripts.map((transcript) => interjection.soFar(heard(transcript), soonMs));
}

describe('what is said into a reply', () => {
  it('interrupts it with the second word', () => {
    assert.deepEqual(partials(STORY, 'What', 'What about'), ['unclear', 'interrupts']);
  });

  it('interrupts it with one word only if that is said alone, and nothing follows', () => {
    assert.deepEqual(partials(STORY, 'Why', 'Tuesday.'), ['unclear', 'unclear']);
    assert.equal(over(STORY).whole(heard('Why?'), CLEAR, soonMs), 'interrupts');
    assert.equal(over(STORY).whole(heard('Clap.'), CLEAR, soonMs), 'passes');
  });

  it('passes when the recogniser is not sure of any words, whatever it writes', () => {
    for (const words of ['Stop.', 'He knows what is', 'Thank you.', 'Why?']) {
      assert.equal(over(STORY).soFar(heard(words, -3), soonMs), 'unclear');
      assert.equal(over(STORY).paused(heard(words, -3), soonMs), 'passes');
      assert.equal(over(STORY).whole(heard(words, -3), CLEAR, soonMs), 'passes');
    }
  });

  it('is words where the recogniser does not say how sure it is', () => {
    assert.equal(over(STORY).soFar({ text: 'Stop.', logProbability: undefined }, soonMs), 'interrupts');
  });

  for (const words of ['Stop.', 'Wait', 'no', 'Cancel that.', 'be quiet', 'hold on']) {
    it(`interrupts it at once with "${words}"`, () => {
      assert.deepEqual(partials(STORY, words), ['interrupts']);
    });
  }

  for (const words of ['Yeah.', 'okay', 'Right.', 'Mm-hm.', 'I see.', 'That makes sense.', 'uh-huh', 'Yes.']) {
    it(`passes when it is "${words}", however much of that has been heard`, () => {
      const begun = words.split(' ').map((_, index, all) => all.slice(0, index + 1).join(' '));
      assert.ok(partials(STORY, ...begun, words).every((verdict) => verdict === 'unclear'));
      assert.equal(over(STORY).paused(heard(words), soonMs), 'passes');
      assert.equal(over(STORY).whole(heard(words), CLEAR, soonMs), 'passes');
    });
  }

  it('is an answer when the reply asks: "yes" interrupts it as a whole', () => {
    assert.equal(over(QUESTION).paused(heard('Yes.'), soonMs), 'unclear');
    assert.equal(over(QUESTION).whole(heard('Yes.'), CLEAR, soonMs), 'interrupts');
    assert.equal(over(QUESTION).whole(heard('Mm.'), CLEAR, soonMs), 'passes');
  });

  it('passes when nobody said a word', () => {
    for (const words of ['', '[coughing]', 'Hmm.', 'Ugh.']) {
      assert.equal(over(STORY).paused(heard(words), soonMs), 'passes');
      assert.equal(over(STORY).whole(heard(words), CLEAR, soonMs), 'passes');
    }
  });

  it('passes when it is our own voice, whatever the recogniser makes of that', () => {
    assert.deepEqual(partials(STORY, 'Once there', 'once there was an'), ['unclear', 'unclear']);
    assert.equal(over(STORY).soFar(heard('once there was an old cattle'), soonMs + 1_500), 'unclear');
    assert.equal(over(STORY).whole(heard('Once there was an old cattle.'), CLEAR, soonMs + 2_000), 'passes');
  });

  it("interrupts with the user's words behind our own", () => {
    assert.equal(over(STORY).soFar(heard('once there was stop'), soonMs), 'interrupts');
    assert.equal(over(STORY).soFar(heard('once there was what is the weather'), soonMs), 'interrupts');
  });

  it('goes on from agreement to a request: "yeah but what about lunch"', () => {
    assert.deepEqual(partials(STORY, 'Yeah', 'yeah but', 'yeah but what'), ['unclear', 'interrupts', 'interrupts']);
  });

  it('passes when it is what recognisers invent of a noise that is not loud', () => {
    assert.equal(over(STORY).whole(heard('You'), { speechDb: -58, floorDb: -62 }, soonMs), 'passes');
  });
});
