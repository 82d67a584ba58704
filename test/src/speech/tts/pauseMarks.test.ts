import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pauseMarks } from '../../../../src/speech/tts/pauseMarks.js';

/** The text with "|" after each pause within a sentence and "‖" after each end of a sentence. */
function marked(text: string): string {
  let out = '';
  let from = 0;
  for (const { end, kind } of pauseMarks(text)) {
    out += text.slice(from, end) + (kind === 'sentence' ? '‖' : '|');
    from = end;
  }
  return out + text.slice(from);
}

const cases: readonly [why: string, expected: string][] = [
  ['commas and ends of sentences', 'Hello,| world.‖ How are you?‖'],
  ['a semicolon and a colon', 'One thing:| it works;| so be it.‖'],
  ['a mark inside closing quotes', '"Hello,"| she said.‖ "Go!"‖ He went.‖'],
  ['several marks as one', 'Really?!‖ Well...‖ Yes!!‖'],
  ['a question that the sentence goes on after', '"Really?"| she asked.‖'],
  ['an ellipsis that the sentence goes on after', 'Wait...| what is that?‖'],
  ['an em dash without spaces', 'The lamp—|the old one —| is on.‖'],
  ['a dash between spaces', 'The lamp – |the old one - |is on.‖'],
  ['a line break', 'milk\n|eggs\n|bread'],
  ['marks of Chinese, which no space follows', '你好，|世界。‖再见！‖'],
  ['a danda', 'नमस्ते।‖ आप कैसे हैं?‖'],
  ['no title', 'Dr. Smith and Mrs. Jones met Prof. Lee on Mt. Fuji.‖'],
  [
    'no abbreviation before a small letter',
    'Take approx. five, e.g. the red ones, etc. if you like.‖'.replace(/,/g, ',|'),
  ],
  ['no time of day', 'Dr. Smith came at 5 p.m. today.‖'],
  ['a time of day that ends a sentence', 'He came at 5 p.m.‖ Then he left.‖'],
  ['no initials', 'J. R. R. Tolkien and the U.S. Army.‖'],
  ['initials that end a sentence', 'He lived in the U.S.‖ He liked plan B.‖ It worked.‖'],
  ['"I" at the end of a sentence', 'So am I.‖ Peter too.‖'],
  ['no month or number before digits', 'It is No. 5, Jan. 6, see p. 12.‖'.replace(/,/g, ',|')],
  ['"No." as an answer', 'No.‖ It is not.‖'],
  ['nothing in numbers, times and addresses', 'Pay 3,000.50 at 10:30 on www.example.com/a,b;c?d now.‖'],
  ['no range of numbers', 'Read pages 3–5 and 7 - 9 now.‖'],
  ['sentences in a text without capital letters', 'yes.‖ it is.‖'],
];

describe('pauses in a text', () => {
  for (const [why, expected] of cases) {
    it(`finds ${why}: ${expected.replaceAll('\n', '\\n')}`, () => {
      assert.equal(marked(expected.replace(/[|‖]/g, '')), expected);
    });
  }

  it('names the mark that is heard', () => {
    const heard = (text: string) => pauseMarks(text).map(({ mark }) => mark);
    assert.deepEqual(heard('Yes, no; so: go! What?! Oh...'), [',', ';', ':', '!', '?', '.']);
    assert.deepEqual(heard('a — b\nc'), [',', ',']);
    assert.deepEqual(heard('at 5 p.m., or later'), [',']);
    assert.deepEqual(heard('你好，世界。好！'), [',', '.', '!']);
  });
});
