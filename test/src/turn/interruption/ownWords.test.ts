import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { spokenForm } from '../../../../src/speech/text/spokenForm.js';
import { foreignWords, isOwnEcho } from '../../../../src/turn/interruption/ownWords.js';
import { type PlayedChunk, spokenWindow } from '../../../../src/turn/interruption/spokenWindow.js';
import { homeQuestions, homeRequests } from '../../speech/endpointing/homeUtterances.js';

const WORD_MS = 380;

/** Chunks one after the other, each as long as its words. */
function played(...texts: string[]): PlayedChunk[] {
  let heardAtMs = 10_000;
  return texts.map((text) => {
    const lengthMs = spokenForm(text).length * WORD_MS;
    const chunk = { text, heardAtMs, lengthMs };
    heardAtMs += lengthMs;
    return chunk;
  });
}

const STORY = played(
  'Once there was a kettle that sang in the morning while a cat listened to it.',
  'Every evening the old kettle dreamt of distant mountains and rivers.',
  'The weather was cold, so nobody knew whether the harbour would freeze before eight.',
);
const STORY_WORDS = STORY.flatMap(({ text }) => spokenForm(text));
const FACTS = played(
  'The Eiffel Tower is 330 meters tall and stands in Paris.',
  'It was built by two engineers for the World Fair in 1889.',
  'About seven million people climb their way up every year.',
);
const FACT_WORDS = FACTS.flatMap(({ text }) => spokenForm(text));

/** What the microphone heard; what of it is the user's. */
const OVER_THE_STORY: readonly (readonly [heard: string, users: string])[] = [
  ['Once there was a kettle that sang in the morning', ''],
  ['once there was a kettle', ''],
  ['kettle', ''],
  ['that sang in the morning while a cat listened to it', ''],
  ['in the morning while a', ''],
  ['One there was a kettle that sank in the morning.', ''],
  ['Once their was a cattle that sang in the mourning', ''],
  ['once there was kettle sang in morning', ''],
  ['wants there was a kettle that sang', ''],
  ['Once there was a cat till that sang in the morning', ''],
  ['There was a ket all that sang in the morning while a cat', ''],
  ['while a cat listen to it every evening', ''],
  ['every even ing the old kettle', ''],
  ['the old kettle dreamt of this tent mountains', ''],
  ['dreamed of distant mountain and river', ''],
  ['the whether was cold so nobody new weather the harbor would freeze before ate', ''],
  ['nobody knew', ''],
  ['Nobody knew weather the harbour would freeze', ''],
  ['there was a', ''],
  ['stop', 'stop'],
  ['Once there was a kettle stop', 'stop'],
  ['once there was stop please a kettle that sang', 'stop please'],
  ['once there was a hold on kettle that sang in the morning', 'hold on'],
  ['wait once there was a kettle', 'wait'],
  ['once there was a kettle no no no', 'no no no'],
  ['what time is it', 'what time is it'],
  ['Once there was a kettle that what time is it', 'what time is it'],
  ['once there was a kettle turn off the lights in the kitchen', 'turn off the lights in the kitchen'],
  ['set a timer for ten minutes sang in the morning while a cat', 'set a timer for ten minutes'],
  ['what about the kettle', 'what about the kettle'],
  ['tell me more about the cat', 'tell me more about the cat'],
  ['that sang in the morning what about the cat', 'what about the cat'],
  ['is it going to rain', 'is it going to rain'],
  ['was it the', 'was it the'],
  ['okay', 'okay'],
  ['yeah but why', 'yeah but why'],
  ['rivers and mountains sing in the cold', 'rivers and mountains sing in the cold'],
  ['', ''],
  ['...', ''],
  ['quiet', 'quiet'],
  ['once there was a kettle that sang be quiet please', 'be quiet please'],
];

const OVER_THE_FACTS: typeof OVER_THE_STORY = [
  ['The Eiffel Tower is three hundred and thirty meters tall', ''],
  ['The Eiffel Tower is 330 metres tall and stands in Paris.', ''],
  ['the I full tower is 330 meters tall', ''],
  ['it was built by to engineers four the world fare in 1889', ''],
  ['about 7 million people climb there way up every year', ''],
  ['seven million people climb their weigh up', ''],
  ['the Eiffel Tower is how old is it', 'how old is it'],
  ['no I meant the tower in Tokyo', 'no i meant the tower in tokyo'],
  ['how many people live in Paris', 'how many people live in paris'],
  ['it was built by two engineers skip this and play some music', 'skip this and play some music'],
];

describe('the words that are not our own', () => {
  for (const [heard, users] of OVER_THE_STORY)
    it(`over the story, of "${heard}": "${users}"`, () =>
      assert.equal(foreignWords(heard, STORY_WORDS).join(' '), users));

  for (const [heard, users] of OVER_THE_FACTS)
    it(`over the facts, of "${heard}": "${users}"`, () =>
      assert.equal(foreignWords(heard, FACT_WORDS).join(' '), users));

  it('are all where nothing is being said', () => {
    assert.deepEqual(foreignWords('Once there was', []), ['once', 'there', 'was']);
  });
});

describe('our own echo', () => {
  const [first] = STORY;
  const during = (transcript: string, fromMs: number, toMs: number) =>
    isOwnEcho({ transcript, fromMs: 10_000 + fromMs, toMs: 10_000 + toMs }, STORY);

  it('is what was played at that time', () => {
    assert.ok(first);
    assert.equal(during('once there was a kettle', 0, 5 * WORD_MS), true);
  });

  it('may be heard 400 ms after it was played', () => {
    assert.equal(during('once there was a kettle', 400, 400 + 5 * WORD_MS), true);
  });

  it('is not what was played long before', () => {
    assert.equal(during('once there was a kettle', 10_000, 10_000 + 5 * WORD_MS), false);
  });

  it('is not what is going to be played', () => {
    assert.equal(during('before eight', 0, 2 * WORD_MS), false);
  });

  it('is heard across the border of two chunks', () => {
    assert.equal(during('a cat listened to it every evening the old kettle', 10 * WORD_MS, 20 * WORD_MS), true);
  });

  it('is nothing when nothing was heard', () => {
    assert.equal(during('', 0, 2000), false);
  });

  it('is not a user who talks over it', () => {
    assert.equal(during('once there was a kettle what time is it', 0, 9 * WORD_MS), false);
  });
});

/** What recognisers do to a word. */
const ERRORS: readonly ((word: string, other: string) => string)[] = [
  (word) => word.slice(0, -1) || word,
  (word) => `${word}s`,
  (word) => word.replace(/[aeiou]/, 'e'),
  () => '',
  (word) => (word.length > 5 ? `${word.slice(0, 3)} ${word.slice(3)}` : word),
  (_, other) => other,
];
/** Share of the words that are wrong, and how many of 2000 echoes are taken for a user at most. */
const MISTAKEN = [
  [0.1, 0],
  [0.2, 2],
  [0.3, 4],
] as const;
const OTHERS = ['banana', 'trouble', 'running', 'purple', 'yesterday', 'ship', 'of', 'the'];

describe("our own echo, with a recogniser's errors", () => {
  const texts = [...STORY, ...FACTS].map(({ text }) => text).join(' ');
  const replyWords = spokenForm(texts);
  /** A stretch of the reply, and what is made of it when `share` of its words are wrong, two in a row at most. */
  const misheard = (share: number) =>
    fc
      .record({
        from: fc.nat(replyWords.length - 6),
        length: fc.integer({ min: 6, max: 30 }),
        places: fc.array(fc.nat(1000), { minLength: 30, maxLength: 30 }),
        errors: fc.array(fc.constantFrom(...ERRORS), { minLength: 30, maxLength: 30 }),
        others: fc.array(fc.constantFrom(...OTHERS), { minLength: 30, maxLength: 30 }),
      })
      .map(({ from, length, places, errors, others }) => {
        const said = replyWords.slice(from, from + length);
        const wrong = new Set<number>();
        for (const place of places) {
          const at = place % said.length;
          const near = [-2, -1, 1, 2].filter((step) => wrong.has(at + step)).length;
          if (wrong.size < Math.floor(share * said.length) && near < 2) wrong.add(at);
        }
        const heard = said.map((word, i) => (wrong.has(i) ? errors[i]?.(word, others[i] ?? '') : word));
        return { heard: heard.join(' '), window: replyWords.slice(Math.max(0, from - 4), from + length + 4) };
      });

  it('is always our own when all is understood', () => {
    fc.assert(
      fc.property(misheard(0), ({ heard, window }) => assert.deepEqual(foreignWords(heard, window), [])),
      { numRuns: 1000 },
    );
  });

  // Never all: where the first or the last words are wrong there is nothing to tell them from a user's.
  for (const [share, mistaken] of MISTAKEN)
    it(`is our own with ${share * 100} % of the words wrong, but for ${mistaken} in 2000`, () => {
      const samples = fc.sample(misheard(share), { numRuns: 2000, seed: 7 });
      const taken = samples.filter(({ heard, window }) => foreignWords(heard, window).length > 0);
      assert.ok(
        taken.length <= mistaken,
        `${taken.length}: ${taken
          .map(({ heard }) => heard)
          .slice(0, 5)
          .join('; ')}`,
      );
    });

  it('is always found by the time it was played at, whatever the delay', () => {
    fc.assert(
      fc.property(
        fc.nat(STORY_WORDS.length - 4),
        fc.integer({ min: 3, max: 15 }),
        fc.nat(400),
        (from, length, delayMs) => {
          const words = STORY_WORDS.slice(from, from + length);
          const fromMs = 10_000 + from * WORD_MS + delayMs;
          const heard = { transcript: words.join(' '), fromMs, toMs: fromMs + words.length * WORD_MS };
          assert.ok(isOwnEcho(heard, STORY));
        },
      ),
    );
  });

  it('is never what a user asks at home with less than 40 % of its words', () => {
    const requests = [...homeRequests, ...homeQuestions];
    fc.assert(
      fc.property(
        fc.constantFrom(...requests),
        fc.constantFrom(STORY, FACTS),
        fc.nat(20_000),
        (request, reply, atMs) => {
          const window = spokenWindow(reply, 8000 + atMs, 11_000 + atMs);
          const words = spokenForm(request);
          const shared = words.filter((word) => window.includes(word)).length;
          fc.pre(shared < 0.4 * words.length);
          assert.notDeepEqual(foreignWords(request, window), []);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('gives most of what a user asks in the middle of it, and next to nothing of our own, in 99 of 100', () => {
    const lost: string[] = [];
    let requests = 0;
    for (const request of [...homeRequests, ...homeQuestions]) {
      const words = spokenForm(request);
      const shared = words.filter((word) => STORY_WORDS.includes(word)).length;
      if (words.length < 5 || shared >= 0.4 * words.length) continue;
      for (let own = 4; own <= 12; own++) {
        requests += 1;
        const heard = [...STORY_WORDS.slice(0, own), ...words].join(' ');
        const users = foreignWords(heard, STORY_WORDS.slice(0, own + words.length + 4));
        const kept = words.filter((word) => users.includes(word)).length;
        if (kept < words.length / 2 || users.length > words.length + 1) lost.push(`${heard} -> ${users.join(' ')}`);
      }
    }
    assert.ok(requests > 500 && lost.length <= requests / 100, lost.join('\n'));
  });
});
