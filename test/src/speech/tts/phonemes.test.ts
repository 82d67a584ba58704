import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { loadPhonemizer } from '../../../../src/speech/tts/espeakPhonemes.js';
import { phonemeIds } from '../../../../src/speech/tts/phonemeIds.js';
import { type Phonemize, spokenPhonemes } from '../../../../src/speech/tts/spokenPhonemes.js';

describe('phonemes with punctuation', () => {
  let phonemize: Phonemize;
  before(async () => {
    phonemize = await loadPhonemizer('en-us');
  });

  const cases: readonly [text: string, phonemes: string][] = [
    ['Hello, world. How are you?', 'həlˈoʊ, wˈɜːld. hˈaʊ ɑːɹ juː?'],
    ['Dr. Smith came at 5 p.m. today.', 'dˈɑːktɚ smˈɪθ kˈeɪm æt fˈaɪv pˌiːˈɛm tədˈeɪ.'],
    ['At 10:30', 'æt tˈɛn θˈɜːɾi'],
    ['"Go!" he said', 'ɡˈoʊ! hiː sˈɛd'],
    ['one — two\nthree', 'wˌʌn, tˈuː, θɹˈiː'],
  ];
  for (const [text, phonemes] of cases) {
    it(`speaks ${JSON.stringify(text)} as ${phonemes}`, () => assert.equal(spokenPhonemes(text, phonemize), phonemes));
  }

  it('makes one clause of 3,000: no pause within a number', () => {
    assert.doesNotMatch(spokenPhonemes('It is 3,000 now', phonemize), /,/);
  });

  it('is empty for a text without words', () => {
    assert.equal(spokenPhonemes(' ... "', phonemize), '');
    assert.equal(spokenPhonemes('', phonemize), '');
  });

  it('is left with no notation of the phonemizer, whatever it is given', () => {
    const text = 'a_b | c (d) [[h@l]] \0 <b>e</b> Привет 你好 café 🎉 and so on';
    const phonemes = spokenPhonemes(text, phonemize);
    assert.doesNotMatch(phonemes, /[_|()\0]/);
    assert.match(phonemes, /sˌoʊ ˈɔn$/, 'what follows a NUL is spoken too');
  });

  it('takes the language for a variety that the phonemizer does not know', async () => {
    const british = await loadPhonemizer('en-gb'); // known as "en" only
    assert.equal(british('bath'), 'bˈaθ');
  });

  it('refuses a language that the phonemizer does not know', async () => {
    await assert.rejects(loadPhonemizer('tlh'), { reason: 'badConfig', message: /no voice "tlh"/ });
  });
});

describe('ids of phonemes', () => {
  const map = { _: [7], '^': [8], $: [9], a: [20], b: [21, 22], ' ': [3], '\u0327': [30], c: [31] };

  it('come from the voice’s own map: begin, each symbol with a pad after it, end', () => {
    assert.deepEqual(phonemeIds('a b', map), { ids: [8, 7, 20, 7, 3, 7, 21, 22, 7, 9], unknown: [] });
  });

  it('are those of the decomposed symbols', () => {
    assert.deepEqual(phonemeIds('ç', map).ids, [8, 7, 31, 7, 30, 7, 9]);
  });

  it('leave out symbols that the map lacks, and say which', () => {
    assert.deepEqual(phonemeIds('a😀x', map), { ids: [8, 7, 20, 7, 9], unknown: ['😀', 'x'] });
  });

  it('are those of the small letter where the map has no capital', () => {
    assert.deepEqual(phonemeIds('A', map), phonemeIds('a', map));
  });
});
