import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ClauseChunker } from '../../../../src/speech/text/clauseChunker.js';
import { SentenceChunker } from '../../../../src/speech/text/sentenceChunker.js';
import { tokenize } from './segmentation.js';

function chunksOf(tokens: readonly string[], options = {}): string[] {
  const chunker = new ClauseChunker(new SentenceChunker(), options);
  return [...tokens.flatMap((token) => chunker.push(token)), ...chunker.flush()];
}

describe('the clause chunker', () => {
  const cases: [what: string, ...chunks: string[]][] = [
    ['at a comma', 'The weather today,', ' as far as I know, is fine. ', 'Go out.'],
    ['at a semicolon', 'Chill it for an hour;', ' then slice it.'],
    ['at a colon', 'Here is the answer: ', 'you can.'],
    ['at a dash', 'It works quite well — ', 'mostly.'],
    ['at a dash without spaces', 'It works quite well—', 'mostly.'],
    ['at a hyphen used as a dash', 'It works quite well - ', 'mostly.'],
    ['before a conjunction', 'You should take an umbrella ', 'because it will rain.'],
    ['before a German conjunction', 'Du solltest einen Schirm mitnehmen ', 'weil es regnet.'],
    ['at a Chinese comma', '今天天气非常好，', '我们去公园吧。', '好。'],
    ['not at a comma that comes too early', 'Sure, it is on. ', 'Next.'],
    ['not between digits', 'It opened on March 3, 2024.'],
    ['not within a number', 'The answer is 1,000,000 or so.'],
    ['not after an abbreviation', 'Take something warm,', ' e.g., tea.'],
    ['not within an abbreviation', 'Something like that,', ' i.e., this.'],
    ['not within an address', 'Look it up at https://example.com/a,b;c:d now.'],
    ['not within brackets', 'The film I mean (old, slow, long) is on.'],
    ['not within a quote', 'She said "wait, stop, go" to him.'],
    ['not within code', 'You can type `a, b, c` there.'],
    ['not after a whole sentence', 'Of course. ', 'The lamp in the hall, I think, is on.'],
    ['whole, a sentence without a boundary', 'The kettle is on. ', 'It boils.'],
  ];
  for (const [what, ...chunks] of cases) {
    it(`cuts ${what}: ${chunks.join('|')}`, () => assert.deepEqual(chunksOf(tokenize(chunks.join(''))), chunks));
  }

  it('cuts after nine words when nothing else comes, though not after a word that leans on the next', () => {
    const words = 'lamps shine lamps shine lamps shine lamps ';
    assert.deepEqual(chunksOf([`${words}shine lamps shine lamps.`]), [`${words}shine lamps `, 'shine lamps.']);
    assert.deepEqual(chunksOf([`${words}shine the lamps shine lamps.`]), [`${words}shine the lamps `, 'shine lamps.']);
    assert.deepEqual(chunksOf(['lamps shine lamps shine.'], { maxWords: 2 }), ['lamps shine ', 'lamps shine.']);
  });

  it('cuts before a phrase from five words on, and not before', () => {
    assert.deepEqual(chunksOf(['Lamps shine in the hall.']), ['Lamps shine in the hall.']);
    assert.deepEqual(chunksOf(['The lamps always shine brightly in the hall.']), [
      'The lamps always shine brightly ',
      'in the hall.',
    ]);
    assert.deepEqual(chunksOf(['Lamps shine in the hall.'], { minWordsBeforePhrase: 2 }), [
      'Lamps shine ',
      'in the hall.',
    ]);
  });

  it('does not leave the last word of a sentence alone', () => {
    assert.equal(chunksOf(['lamps shine lamps shine lamps shine lamps shine lamps shine.']).length, 1);
  });

  it('releases the clause with its comma, and does not wait for what follows', () => {
    const chunker = new ClauseChunker(new SentenceChunker());
    assert.deepEqual(chunker.push('The weather today,'), ['The weather today,']);
  });

  it('waits for the first letter after a mark that may still be closed, or belong to something else', () => {
    for (const [text, next] of [
      ['The *weather today,', '* a'],
      ['The “weather today,', '” a'],
      ['Here is the answer:', ' a'],
      ['The bus leaves at 7,', ' a'],
    ] as const) {
      const chunker = new ClauseChunker(new SentenceChunker());
      assert.deepEqual(chunker.push(text), [], text);
      assert.equal(chunker.push(next).length, text.includes('“') ? 0 : 1, text);
    }
  });

  it('holds nothing that the sentence chunker would release', () => {
    const chunker = new ClauseChunker(new SentenceChunker());
    assert.deepEqual(chunker.push('The kettle is on the stove.'), []);
    assert.deepEqual(chunker.push(' B'), ['The kettle is on the stove. ']);
  });

  it('asks for a clause again after flush and after clear', () => {
    const chunker = new ClauseChunker(new SentenceChunker());
    chunker.push('One. Two. Three');
    chunker.flush();
    chunker.push('It was rather late ');
    chunker.clear();
    assert.deepEqual(chunker.push('The weather today, as'), ['The weather today,']);
  });

  const parts = [
    'The lamp ',
    'is on, ',
    'because ',
    'and ',
    'an',
    'd',
    'in the hall ',
    'you all ',
    ' — ',
    '—',
    '，',
    '今天',
    '(a, b) ',
    '"a, b" ',
    '. ',
    '\n',
    '```',
    '👍',
    'Mr. ',
    '3, 4 ',
  ];
  const text = fc.array(fc.constantFrom(...parts), { maxLength: 30 }).map((pieces) => pieces.join(''));

  it('releases exactly what it was given, in the same chunks however it is cut into tokens', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 9 }), (whole, size) => {
        const chunks = chunksOf([whole]);
        assert.equal(chunks.join(''), whole);
        assert.deepEqual(chunksOf(whole.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []), chunks);
      }),
    );
  });
});
