import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ToolCall } from '../../../src/llm/chatModel.js';
import { writtenToolCalls } from '../../../src/llm/writtenToolCalls.js';
import { HiddenTextFilter } from '../../../src/speech/text/hiddenText.js';

const TOOLS = ['time', 'lamp'];
const LAMP = { name: 'lamp', arguments: { on: true, room: "cook's" } };
const TIME = { name: 'time', arguments: {} };
const json = JSON.stringify(LAMP);

/** What is heard of these tokens, and what they call. */
function read(tokens: readonly string[], tools = TOOLS) {
  const calls: ToolCall[] = [];
  const filter = new HiddenTextFilter({
    tools,
    onToolCall: (written) => calls.push(...(writtenToolCalls(written) ?? [{ name: 'unreadable', arguments: {} }])),
  });
  const heard = tokens.map((token) => filter.push(token)).join('') + filter.flush();
  return { heard: heard.replace(/[`;\s]+/g, ' ').trim(), calls };
}

const FORMS: readonly (readonly [written: string, calls: readonly ToolCall[]])[] = [
  ['{"name": "time", "arguments": {}}', [TIME]],
  ['{"name":"time","parameters":{}}', [TIME]],
  ['{"name":"time"}', [TIME]],
  [json, [LAMP]],
  [`\`\`\`json\n${json}\n\`\`\``, [LAMP]],
  [`\`\`\`\n${json}\n\`\`\``, [LAMP]],
  [`\`${json}\``, [LAMP]],
  [`<tool_call>${json}</tool_call>`, [LAMP]],
  [`<tool_call>\n${json}\n</tool_call>\n<tool_call>\n{"name": "time", "arguments": {}}\n</tool_call>`, [LAMP, TIME]],
  [`<tool_call>\n${json}\n{"name": "time", "arguments": {}}\n</tool_call>`, [LAMP, TIME]],
  [`[${json}, {"name": "time", "arguments": {}}]`, [LAMP, TIME]],
  [`${json}; {"name": "time", "parameters": {}}`, [LAMP, TIME]],
  [`[TOOL_CALLS] [${json}]`, [LAMP]],
  ['[TOOL_CALLS]lamp[ARGS]{"on": true, "room": "cook\'s"}', [LAMP]],
  [`<|python_tag|>${json}<|eom_id|>`, [LAMP]],
  [`<｜tool▁calls▁begin｜>${json}<｜tool▁calls▁end｜>`, [LAMP]],
  ['<function=lamp>{"on": true, "room": "cook\'s"}</function>', [LAMP]],
  [
    "<tool_call>\n<function=lamp>\n<parameter=on>\ntrue\n</parameter>\n<parameter=room>\ncook's\n</parameter>\n</function>\n</tool_call>",
    [LAMP],
  ],
  ['time()', [TIME]],
  ['[time()]', [TIME]],
  ['[time(), lamp(on=True, room="cook\'s")]', [TIME, LAMP]],
  ["```tool_code\nprint(lamp(on=True, room='cook\\'s'))\n```", [LAMP]],
  ['```python\ntime()\n```', [TIME]],
  ['lamp({"on": true, "room": "cook\'s"})', [LAMP]],
  ["{'name': 'lamp', 'arguments': {'on': True, 'room': \"cook's\"}}", [LAMP]],
  ['lamp("on, please")', [{ name: 'lamp', arguments: '"on, please"' }]],
  ['{"on": true}', [{ name: 'unreadable', arguments: {} }]],
];

describe('a call in the text of a model that was told of tools', () => {
  for (const [written, calls] of FORMS) {
    it(`is taken out and read, however it is cut into tokens: ${JSON.stringify(written.slice(0, 50))}`, () => {
      assert.deepEqual(read([written]), { heard: '', calls });
      assert.deepEqual(read(written.split('')), { heard: '', calls });
      for (let at = 1; at < written.length; at++) {
        assert.deepEqual(read([written.slice(0, at), written.slice(at)]), { heard: '', calls });
      }
      const around = `Let me see.\n${written}\nOne moment.`;
      for (let at = 1; at < around.length; at++) {
        assert.deepEqual(read([around.slice(0, at), around.slice(at)]), { heard: 'Let me see. One moment.', calls });
      }
    });
  }

  it('has its place in the middle of a line where it cannot be anything else', () => {
    for (const written of [
      json,
      `\`\`\`json\n${json}\n\`\`\``,
      `<tool_call>${json}</tool_call>`,
      `[TOOL_CALLS][${json}]`,
    ]) {
      assert.deepEqual(read([`Sure! ${written} There.`]), { heard: 'Sure! There.', calls: [LAMP] });
    }
  });

  it('is the same however a reply with several is cut', () => {
    const texts = fc.array(
      fc.constantFrom(...FORMS.map(([written]) => written), 'Well.', 'It is {nice}.', 'time flies'),
      {
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(texts, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 }), (parts, sizes) => {
        const text = parts.join('\n');
        const tokens: string[] = [];
        for (let at = 0, i = 0; at < text.length; at += tokens.at(-1)?.length ?? 1, i++) {
          tokens.push(text.slice(at, at + (sizes[i % sizes.length] ?? 1)));
        }
        assert.deepEqual(read(tokens), read([text]));
      }),
      { numRuns: 100 },
    );
  });
});

describe('text that only looks like a call', () => {
  for (const text of [
    'The set {1, 2, 3} is small.',
    '{1, 2, 3} is a small set.',
    '[Laughs] That is funny.',
    '[1] is the first.',
    'time flies like an arrow.',
    'lamp',
    'lamps (two of them) are on.',
    'In Python you write time() to get it.',
    'A name: "lamp".',
    'Is 3 < 4? Yes | no.',
    '<b>Yes</b>',
    '<function',
    '[TOOL',
  ]) {
    it(`is spoken: ${text}`, () => {
      assert.deepEqual(read([text]), { heard: text, calls: [] });
      assert.deepEqual(read(text.split('')), { heard: text, calls: [] });
    });
  }

  it('is spoken where no tool was offered', () => {
    for (const text of ['time()', '{"on": true}', '{"name": "Ana", "age": 5}']) {
      assert.deepEqual(read([text], []), { heard: text, calls: [] });
    }
  });
});
