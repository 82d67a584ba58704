import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { breathesBefore, firstClauseDefaults } from '../../../../src/speech/text/clauseBreath.js';
import { ClauseChunker } from '../../../../src/speech/text/clauseChunker.js';
import { SentenceChunker } from '../../../../src/speech/text/sentenceChunker.js';
import { tokenize } from './segmentation.js';

/** Replies as an assistant gives them, with a bar where the first chunk ends: what stands before it makes sense aloud. */
const REPLIES: readonly string[] = [
  'The capital of Australia is Canberra, | which lies between Sydney and Melbourne.',
  'Photosynthesis is the process by which green plants use | sunlight to make sugar from carbon dioxide and water.',
  'The quick way to peel garlic | is to crush each clove with the flat side of a knife.',
  'You can keep cooked rice | in the fridge for about three days if it cools quickly.',
  'A light year is the distance | that light travels in one year, about nine and a half trillion kilometres.',
  'Leonardo da Vinci painted the Mona Lisa | in Florence at the beginning of the sixteenth century.',
  'To reset the router you need to hold the small button | on the back for ten seconds.',
  'I would be happy to help you | with your essay about the French Revolution.',
  'Whether you should refinance depends on how long you plan to stay | in the house.',
  'Dogs can eat small amounts of plain cooked pumpkin | without any problem at all.',
  'The best time to plant tulip bulbs | is in late autumn before the ground freezes.',
  'Mount Everest is 8,849 metres high and was first climbed | in 1953 by Edmund Hillary and Tenzing Norgay.',
  'There are usually about five litres of blood | in the body of an adult.',
  'It looks like you want to turn on the lights | in the living room.',
  'Romeo and Juliet is a tragedy | that William Shakespeare wrote early in his career.',
  'The difference between a crocodile and an alligator | is mostly the shape of the snout.',
  'You will need two hundred and fifty grams of flour | and the same amount of sugar.',
  'Bats find their way in the dark | with sounds that are too high for us to hear.',
  'My favourite thing about autumn | is the smell of wet leaves on the ground.',
  'Water boils at a lower temperature | in the mountains because the air pressure is lower there.',
  'If your phone does not charge you should first clean the port | with a dry toothpick.',
  'Your appointment with Dr. Meyer | is on Tuesday at half past four in the afternoon.',
  'Classical music written for small groups of players | is called chamber music.',
  'The old man and the sea | is a short novel about a fisherman from Cuba.',
  'An hour of brisk walking burns roughly three hundred calories | for most people.',
  'The Great Wall of China stretches | over more than twenty thousand kilometres from east to west.',
  'People who sleep less than six hours a night | tend to catch colds more often.',
  'The library closes at 6 p.m. on weekdays | and at noon on Saturdays.',
  'Bananas ripen faster | when you put them into a paper bag with an apple.',
  'Most modern washing machines use much less water than the older ones did.',
  'Your package was delivered yesterday afternoon | and left with your neighbour in number twelve.',
  'The train to Hamburg leaves | from platform seven in about twenty minutes.',
  'Penguins live almost only in the southern half of the world.',
  'That is a wonderful question about something | that scientists still argue about.',
  'One simple trick to remember names | is to say them aloud right after you hear them.',
  'You could try to write down three good things | that happened today before you sleep.',
  'The recipe calls for a teaspoon of baking soda | rather than baking powder.',
  'Bees tell each other | where flowers are by dancing on the honeycomb.',
  'The Eiffel Tower was built | between 1887 and 1889 as the entrance to a world fair.',
  'Every good paragraph has one main idea | which the first sentence usually tells the reader.',
  'Your blood pressure changes during the day | and is lowest while you sleep at night.',
  'It was Neil Armstrong who first walked | on the moon in July 1969.',
  'The word robot comes from a Czech play about artificial workers | from the year 1920.',
  'Try to soak the beans | in plenty of cold water overnight before you cook them.',
  'Heavy rain is expected across the northern part of the country | until tomorrow evening.',
  'The human heart beats about one hundred thousand times | every single day of our lives.',
  'Cast iron pans should be dried | at once and rubbed with a little oil after washing.',
  'I found three restaurants near you | that are open now and serve vegetarian food.',
  'Solar panels still produce some electricity | on cloudy days but much less than in sunshine.',
  'The first thing I would check | is whether the plug is properly in the socket.',
  'Small children learn languages so easily | because their brains are still growing very fast.',
  'Honey never spoils | because it contains very little water and a lot of acid.',
  'The meeting with your design team | has been moved from Monday to Wednesday morning.',
  'We usually call somebody an expert | when they have practised something for many years.',
  'Tea contains less caffeine than coffee | but it stays in the body for longer.',
  'Running regularly strengthens your heart | and helps you to sleep better.',
  'Octopuses have three hearts | and blue blood that carries oxygen with copper instead of iron.',
  'There is no single right answer | to what makes a good life.',
  'The song Yesterday by the Beatles | has been recorded by more than two thousand artists.',
  'The shortest war in history lasted less than forty five minutes | and was fought in 1896.',
  'This joke about two tomatoes crossing the road | is one of my favourites.',
  "Saturn's rings are made of countless pieces of ice | and rock that circle the planet.",
  'Good olive oil smells of fresh grass | and leaves a slightly peppery taste in the throat.',
  'Most of the gold on Earth came from collisions of dead stars | billions of years ago.',
  'Please make sure that the oven is really off | before you leave the house.',
  'The oldest known living tree | is a bristlecone pine in California called Methuselah.',
  'A group of three hundred young men crossed the river | near the old stone bridge at night.',
  'Open https://example.com/a,b in your browser | to see the list of stations near you.',
  'The command `git log -n 5, --all` shows you the last five commits of the project.',
  'The sign said "Mind the gap, please, and stand back" in large yellow letters | on the wall.',
  'The speed of light in a vacuum | is exactly 299,792,458 metres per second.',
  'Paris is the capital of France.',
  'Thirty degrees Celsius is eighty six degrees Fahrenheit.',
];

/** Where nobody breathes, however long the clause. */
const HELD_TOGETHER: readonly (readonly [before: string, word: string, why: string])[] = [
  ['the', 'hall', 'an article and its noun'],
  ['in', 'there', 'a preposition and what it governs'],
  ['she', 'wrote', 'a pronoun and its verb'],
  ['has', 'in', 'an auxiliary and its verb'],
  ["it's", 'sold', 'a short form and what it leans on'],
  ["Anna's", 'house', 'an owner and what is owned'],
  ['small', 'shoes', 'an adjective and its noun'],
  ['curious', 'things', 'an adjective, by its ending, and its noun'],
  ['three', 'sailors', 'a number and what is counted'],
  ['42', 'sailors', 'digits and what is counted'],
  ['hundred', 'and', 'the parts of a number'],
  ['Romeo', 'and', 'two names'],
  ['painter', 'Vincent', 'a name and what goes before it'],
  ['years', 'ago', 'a span of time and "ago"'],
  ['wanted', 'to', 'a verb and the "to" it calls for'],
  ['cup', 'of', 'a measure and what is measured'],
  ['saw', 'them', 'a verb and its pronoun'],
];

function chunksOf(text: string): string[] {
  const chunker = new ClauseChunker(new SentenceChunker());
  return [...tokenize(text).flatMap((token) => chunker.push(token)), ...chunker.flush()];
}

describe('the first chunk of a reply ends where a reader could breathe', () => {
  for (const reply of REPLIES) {
    it(reply, () => {
      const [first] = reply.split(' | ');
      assert.equal(chunksOf(reply.replace(' | ', ' '))[0]?.trimEnd(), first);
    });
  }

  for (const [before, word, why] of HELD_TOGETHER) {
    it(`not between ${why}: ${before} / ${word}`, () => {
      const clause = (last: string) => ({ letters: 50, words: [...Array.from({ length: 9 }, () => 'lamps'), last] });
      assert.equal(breathesBefore(word, clause(before), firstClauseDefaults), false);
      assert.equal(breathesBefore('shine', clause('lamps'), firstClauseDefaults), true, 'any other two words');
    });
  }

  it('not between the words of a pair, however long', () => {
    const words = 'The difference that everybody sees between lamps'.split(' ');
    assert.equal(breathesBefore('and', { letters: 50, words }, firstClauseDefaults), false);
  });
});
