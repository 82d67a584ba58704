import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writtenText } from '../../../../src/speech/text/writtenText.js';

describe('the text of a chunk in the history', () => {
  for (const plain of [
    'The weather today, ',
    '\n\nIt works quite well — ',
    'It works quite well—',
    'It is 20 °C, and 50% of it  is R&D.\n',
    'Write to ana@example.com or see https://example.com/a.\n\n',
    '1. Preheat the oven.\n',
    '今天天气非常好，',
  ])
    it(`is as the model wrote it: ${JSON.stringify(plain)}`, () => assert.equal(writtenText(plain), plain));

  for (const [chunk, written] of [
    ['**Warning.** The pan is hot. ', 'Warning. The pan is hot. '],
    ['\n- Bread, butter\n', '\nBread, butter\n'],
    ['I turned it off 😀\n', 'I turned it off\n'],
    ['Type `npm install`, then ', 'Type npm install, then '],
    ['**Sure**, ', 'Sure, '],
  ] as const)
    it(`is what was spoken where there was more: ${JSON.stringify(chunk)}`, () =>
      assert.equal(writtenText(chunk), written));

  it('is nothing where there was nothing to say', () => {
    for (const silent of ['', ' \n', '😀 ', '---\n', '```sh\nls\n```\n']) assert.equal(writtenText(silent), '');
  });

  it('has the words of its own language for symbols, and figures as they are', () => {
    assert.equal(writtenText('**Es sind 3,5 % mehr.** ', 'de-DE'), 'Es sind 3,5 Prozent mehr. ');
    assert.equal(writtenText('**It weighs 3.5 kg.**', 'en-GB'), 'It weighs 3.5 kg.');
  });
});
