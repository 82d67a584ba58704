import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { HiddenTextFilter } from '../../../../src/speech/text/hiddenText.js';

function visible(tokens: readonly string[], options = {}): string {
  const filter = new HiddenTextFilter(options);
  return tokens.map((token) => filter.push(token)).join('') + filter.flush();
}

const call = '{"name": "get_weather", "parameters": {"city": "Lis{bon\\"}"}}';

describe('the hidden text filter', () => {
  const cases: [what: string, text: string, heard: string][] = [
    ['a think block', '<think>Let me\nsee.</think>It is ten.', 'It is ten.'],
    ['an empty think block', '<think>\n\n</think>\n\nYes.', '\n\nYes.'],
    ['a thinking block', '<thinking>a < b</thinking>Yes.', 'Yes.'],
    ['tags in capitals', '<THINK>hm</Think>Yes.', 'Yes.'],
    ['a think block in the middle', 'Well, <think>what?</think>yes.', 'Well, yes.'],
    ['a block that is never closed', 'Yes.<think>Now what', 'Yes.'],
    ['a closing tag alone', '\n</think>\n\nYes.', '\n\n\nYes.'],
    ['a tool call in tags', `<tool_call>\n${call}\n</tool_call>Done.`, 'Done.'],
    ['a bare tool call', call, ''],
    ['a tool call and text', `${call}\nDone.`, '\nDone.'],
    ['a tool call on a later line', `One moment.\n${call}`, 'One moment.\n'],
    ['two tool calls', `${call}\n${call}`, '\n'],
    ['a list of tool calls', `[${call}, ${call}] ok`, ' ok'],
    ['a tool call with its arguments first', '{"arguments":{"a":[1]},"name":"f"}', ''],
    ['a tool call of the OpenAI style', '{"type":"function","function":{"name":"f"}}', ''],
    ['a fenced tool call', `\`\`\`json\n${call}\n\`\`\`\nDone.`, '\nDone.'],
    ['a tool call that is cut off', '{"name":"f","arguments":{"a', ''],
  ];
  for (const [what, text, heard] of cases) it(`takes out ${what}`, () => assert.equal(visible([text]), heard));

  for (const text of [
    'It is <b>bold</b> and 3 < 4.',
    '<thin ice>',
    '{"name": "Ana", "age": 5}',
    '{"name": "Ana',
    '{ } is an empty object.',
    '```json\n{"a": 1}\n```',
    '```js\nlet a;\n```',
    '[link](example.com)',
    '<',
    'a <thi',
    '',
  ])
    it(`leaves ${JSON.stringify(text)}`, () => assert.equal(visible([text]), text));

  it('hides everything up to the first closing tag when the template has opened the block', () => {
    assert.equal(visible(['So the user', ' asks</th', 'ink>Hello.'], { startsInThinking: true }), 'Hello.');
  });

  it('passes at once what cannot be hidden any more', () => {
    const filter = new HiddenTextFilter();
    assert.equal(filter.push('Hello <'), 'Hello ');
    assert.equal(filter.push('th'), '');
    assert.equal(filter.push('e'), '<the');
    assert.equal(filter.push(' {x'), ' {x');
    assert.equal(filter.push('\n{'), '\n');
    assert.equal(filter.push('"n'), '');
    assert.equal(filter.push('o": 1}'), '{"no": 1}');
  });

  it('starts afresh after flush', () => {
    const filter = new HiddenTextFilter();
    filter.push('<think>');
    filter.flush();
    assert.equal(filter.push('Yes.'), 'Yes.');
  });

  const parts = [
    'Hi ',
    '\n',
    '<',
    '>',
    '<think>',
    '</think>',
    '<tool_call>',
    '</tool_call>',
    call,
    '{',
    '}',
    '{"name":"',
    '"',
    '```',
    'json',
    '[',
    'é👍',
  ];
  it('gives the same text however it is cut into tokens', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 12 }), fc.nat(20), (pieces, size) => {
        const text = pieces.join('');
        const tokens = text.match(new RegExp(`[^]{1,${size + 1}}`, 'g')) ?? [];
        assert.equal(visible(tokens), visible([text]));
        assert.equal(visible(text.split('')), visible([text]));
      }),
    );
  });

  it('leaves text without tags or braces as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!/[<{]/.test(text));
        assert.equal(visible([text]), text);
      }),
    );
  });
});
