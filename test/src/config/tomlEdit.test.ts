import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { editToml } from '../../../src/config/tomlEdit.js';

const set = (source: string, name: string, value: string | number | boolean, meaning = '') => {
  const dot = name.lastIndexOf('.');
  return editToml(source, { section: name.slice(0, Math.max(0, dot)), key: name.slice(dot + 1), value, meaning });
};

const cases: readonly (readonly [
  what: string,
  before: string,
  name: string,
  value: string | number | boolean,
  after: string,
])[] = [
  ['a value in its place', '[llm]\nmodel = "a" # mine\n', 'llm.model', 'b', '[llm]\nmodel = "b" # mine\n'],
  ['what is so already', "[llm]\nmodel = 'a'\n", 'llm.model', 'a', "[llm]\nmodel = 'a'\n"],
  [
    'a key below the last of its section',
    '[llm]\nurl = "x" # c\n\n[tts]\n',
    'llm.model',
    'b',
    '[llm]\nurl = "x" # c\nmodel = "b"\n\n[tts]\n',
  ],
  ['a key in a section without any', '[llm] # empty\n[tts]\n', 'llm.model', 'b', '[llm] # empty\nmodel = "b"\n[tts]\n'],
  ['a section that is missing', '[tts]\nspeaker = 1', 'llm.model', 'b', '[tts]\nspeaker = 1\n\n[llm]\nmodel = "b"\n'],
  [
    'a section within another',
    '[skills]\nfolder = "x"\n',
    'skills.mqtt.url',
    'b',
    '[skills]\nfolder = "x"\n\n[skills.mqtt]\nurl = "b"\n',
  ],
  ['a dotted key', 'audio.input = "x"\n', 'audio.input', 'y', 'audio.input = "y"\n'],
  [
    'a key beside dotted ones',
    'audio.input = "x"\n[llm]\n',
    'audio.output',
    'y',
    'audio.input = "x"\naudio.output = "y"\n[llm]\n',
  ],
  [
    'a key within a section of dotted ones',
    '[skills]\nmqtt.url = "x"\n',
    'skills.mqtt.topic',
    'y',
    '[skills]\nmqtt.url = "x"\nmqtt.topic = "y"\n',
  ],
  [
    'an inline table',
    'audio = { input = "x" } # short\n',
    'audio.output',
    'y',
    'audio = { input = "x", output = "y" } # short\n',
  ],
  ['an empty inline table', 'audio = {}\n', 'audio.output', 'y', 'audio = { output = "y" }\n'],
  ['a quoted key', '["llm"]\n"model" = "a"\n', 'llm.model', 'b', '["llm"]\n"model" = "b"\n'],
  ['a top-level key above all sections', '[llm]\n', 'board', 'none', 'board = "none"\n\n[llm]\n'],
  [
    'a top-level key below remarks on the file',
    '# Mine\n\n# about llm\n[llm]\n',
    'board',
    'none',
    '# Mine\n\nboard = "none"\n\n# about llm\n[llm]\n',
  ],
  ['line ends of another system', '[llm]\r\nurl = "x"\r\n', 'llm.model', 'b', '[llm]\r\nurl = "x"\r\nmodel = "b"\r\n'],
  ['a byte order mark', '\uFEFF[llm]\nmodel = "a"\n', 'llm.model', 'b', '\uFEFF[llm]\nmodel = "b"\n'],
  ['a value of several lines', '[a]\nb = """\nx\n"""\n[c]\n', 'a.b', 'y', '[a]\nb = "y"\n[c]\n'],
  ['a number and a truth', '[a]\nb = 1\n', 'a.c', true, '[a]\nb = 1\nc = true\n'],
];

suite('setting a value in a TOML file', () => {
  for (const [what, before, name, value, after] of cases) {
    test(`changes nothing but ${what}`, () => assert.equal(set(before, name, value), after));
  }

  test('says above a new key what it means, in lines of a readable length', () => {
    const after = set('', 'llm.model', 'x', 'word '.repeat(40));
    const lines = after.split('\n').filter((line) => line.startsWith('#'));
    assert.equal(lines.length, 3);
    assert.ok(lines.every((line) => line.length <= 100));
    assert.equal(set('[llm]\nmodel = "a"\n', 'llm.model', 'b', 'not again'), '[llm]\nmodel = "b"\n');
  });

  test('keeps any text that is given, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const root = parseTOML(set('# c\n[other]\nx = 1\n', 'llm.model', text)).body[0];
        assert.deepEqual(getStaticTOMLValue(root), { other: { x: 1 }, llm: { model: text } });
      }),
      { numRuns: 200 },
    );
  });

  test('keeps every line of any file but the one it sets, in order', () => {
    const line = fc.constantFrom('# remark', '', '   # indented', 'x = 1 # why');
    const section = fc.constantFrom('a', 'b', 'c.d');
    const body = fc
      .uniqueArray(section, { minLength: 1 })
      .chain((sections) =>
        fc.tuple(
          ...sections.map((name) => fc.array(line, { maxLength: 4 }).map((lines) => [`[${name}]`, ...unique(lines)])),
        ),
      );
    fc.assert(
      fc.property(body, fc.constantFrom('a.new', 'b.new', 'c.d.new', 'e.new', 'board'), (parts, name) => {
        const before = parts.flat();
        const after = set(`${before.join('\n')}\n`, name, 7).split('\n');
        const header = `[${name.replace(/\.new$/, '')}]`;
        const isNew = (text: string) => /^(new|board) = 7$/.test(text) || (text === header && !before.includes(header));
        const kept = after.filter((text) => text !== '' && !isNew(text));
        assert.deepEqual(
          kept,
          before.filter((text) => text !== ''),
        );
        assert.equal(after.filter((text) => /^(new|board) = 7$/.test(text)).length, 1);
      }),
      { numRuns: 200 },
    );
  });
});

/** A key may be there once. */
function unique(lines: readonly string[]): string[] {
  return lines.filter((line, index) => !line.startsWith('x') || lines.indexOf(line) === index);
}
