import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { speakable } from '../../../../src/speech/text/speakableText.js';

/** What is written, what is said, and the language if it is not English. */
type Case = readonly [written: string, said: string, language?: string];

const cases: Record<string, readonly Case[]> = {
  emphasis: [
    ['**Warning.** The pan is hot.', 'Warning. The pan is hot.'],
    ['**Warning.', 'Warning.'],
    ['The pan** is hot.', 'The pan is hot.'],
    ['It is *very* hot.', 'It is very hot.'],
    ['It is _very_ hot.', 'It is very hot.'],
    ['It is __very__ hot.', 'It is very hot.'],
    ['***Stop!***', 'Stop!'],
    ['It is ~~cold~~ warm.', 'It is cold warm.'],
    ['\\*stars\\*', 'stars'],
    ['*', ''],
  ],
  'headings, lists, quotes': [
    ['## Weather\n', 'Weather'],
    ['# Title #', 'Title'],
    ['### 2. Weather', '2. Weather'],
    ['- Fruit', 'Fruit'],
    ['* **Milk:** one liter', 'Milk: one liter'],
    ['+ Bread', 'Bread'],
    ['• Bread', 'Bread'],
    ['  - Nested', 'Nested'],
    ['1. Preheat the oven.', '1. Preheat the oven.'],
    ['1. **Preheat** the oven.', '1. Preheat the oven.'],
    ['- [ ] Buy milk', 'Buy milk'],
    ['- [x] Buy milk', 'Buy milk'],
    ['> Be kind.', 'Be kind.'],
    ['> > Be kind.', 'Be kind.'],
    ['---', ''],
    ['***', ''],
    ['\n\nDone.\n', 'Done.'],
    ['One\nTwo', 'One, Two'],
  ],
  'closing marks': [
    ['The weather today, ', 'The weather today,'],
    ['It works quite well — ', 'It works quite well,'],
    ['**Sure**, ', 'Sure,'],
    ['Sure, 😀', 'Sure'],
    ['Sure., ', 'Sure.'],
  ],
  tables: [
    ['| City | Temp. |', 'City, Temp.'],
    ['|---|:--:|', ''],
    ['| Oslo | 12.5 |\n', 'Oslo, 12.5'],
    ['| Oslo |  |', 'Oslo'],
    ['Oslo | 12', 'Oslo, 12'],
  ],
  'links and images': [
    ['See [the guide](https://example.com/a?b=1).', 'See the guide.'],
    ['See [the guide](https://example.com "A title").', 'See the guide.'],
    ['See [Foo](https://en.example.org/wiki/Foo_(bar)).', 'See Foo.'],
    ['See [the guide][1].', 'See the guide.'],
    ['![A cat](cat.png)', 'A cat'],
    ['![](cat.png)', ''],
    ['See <https://example.com/x>.', 'See example dot com.'],
    ['[1]: https://example.com', ''],
    ['The tower is tall.[1]', 'The tower is tall.'],
    ['The tower[^2] is tall [3].', 'The tower is tall.'],
    ['Use [square] brackets.', 'Use square brackets.'],
  ],
  code: [
    ['Run `npm install` now.', 'Run npm install now.'],
    ['Open `config.json`.', 'Open config.json.'],
    ['Set `max_speed` first.', 'Set max speed first.'],
    ['Add `--help`.', 'Add help.'],
    ['Run `rm -rf /tmp/*` now.', 'Run now.'],
    ['Use ``a`b`` there.', 'Use there.'],
    ['```sh\necho hi\n```', ''],
    ['```sh\necho hi', ''],
    ['```\n', ''],
    ['~~~\nx = 1\n~~~', ''],
    ['Try this: ```x = 1``` and see.', 'Try this: and see.'],
  ],
  addresses: [
    ['See https://www.example.com/menu?x=1.', 'See example dot com.'],
    ['See http://example.com, then rest.', 'See example dot com, then rest.'],
    ['See www.example.org!', 'See example dot org!'],
    ['See example.com for the menu.', 'See example dot com for the menu.'],
    ['(see https://example.com/a)', '(see example dot com)'],
    ['Open http://localhost:8080/x.', 'Open localhost.'],
    ['Mail ana.silva@example.com.', 'Mail ana dot silva at example dot com.'],
    ['Mail a_b-c@my-shop.co.uk.', 'Mail a underscore b dash c at my dash shop dot co dot uk.'],
    ['Schreib an ana@example.de.', 'Schreib an ana at example Punkt de.', 'de'],
    ['Écrivez à ana@example.fr.', 'Écrivez à ana arobase example point fr.', 'fr-FR'],
    ['Escribe a ana@example.es.', 'Escribe a ana arroba example punto es.', 'es'],
    ['Node.js reads notes.txt.', 'Node.js reads notes.txt.'],
  ],
  symbols: [
    ['Salt & pepper.', 'Salt and pepper.'],
    ['Salz & Pfeffer.', 'Salz und Pfeffer.', 'de'],
    ['It is 21 °C.', 'It is 21 degrees Celsius.'],
    ['It is 21°C.', 'It is 21 degrees Celsius.'],
    ['It is 70 °F.', 'It is 70 degrees Fahrenheit.'],
    ['Turn it 90°.', 'Turn it 90 degrees.'],
    ['Es sind 21 °C.', 'Es sind 21 Grad Celsius.', 'de'],
    ['It is at 80%.', 'It is at 80 percent.'],
    ['É de 80 %.', 'É de 80 por cento.', 'pt'],
    ['Settings → Wi-Fi', 'Settings, Wi-Fi'],
    ['Settings -> Wi-Fi', 'Settings, Wi-Fi'],
    ['3 * 4 = 12', '3 times 4 = 12'],
    ['5 < 6', '5 less than 6'],
    ['2^10', '2 to the power of 10'],
    ['~5 km', 'about 5 km'],
    ['You are #1.', 'You are number 1.'],
    ['(2 + 3) * 4 = 20', '(2 + 3) times 4 = 20'],
    ['Meet @ 5.', 'Meet at 5.'],
    ['See § 5.', 'See section 5.'],
    ['C# and C++', 'C sharp and C++'],
    ['#garden', 'garden'],
  ],
  'HTML and LaTeX': [
    ['a<br>b', 'a b'],
    ['<b>Bold</b> and <i>thin</i>', 'Bold and thin'],
    ['<a href="https://example.com">here</a>', 'here'],
    ['Tom &amp; Ann', 'Tom and Ann'],
    ['a&nbsp;b', 'a b'],
    ['It&#39;s', "It's"],
    ['<!-- no -->Yes', 'Yes'],
    ['Let $x$ be.', 'Let x be.'],
    ['$E = mc^2$', 'E = mc to the power of 2'],
    ['$$\\frac{1}{2}$$', '1 over 2'],
    ['\\(a \\times b\\)', 'a times b'],
    ['It costs $5 and $10.', 'It costs $5 and $10.'],
  ],
  'emoji and signs': [
    ['Done! 🎉', 'Done!'],
    ['It works 👍🏽!', 'It works!'],
    ['We had fun 👨‍👩‍👧‍👦.', 'We had fun.'],
    ['🇪🇸 Olé', 'Olé'],
    ['Press 1️⃣ now', 'Press 1 now'],
    ['✓ Done ★', 'Done'],
    ['❤️', ''],
    ['x\u200by', 'xy'],
    ['a\u0007b', 'ab'],
    ['क्\u200dष', 'क्\u200dष'],
  ],
  punctuation: [
    ['What?!?!', 'What?!'],
    ['No!!!', 'No!'],
    ['Well......', 'Well...'],
    ['Wait -- what', 'Wait – what'],
    ['...', ''],
    ['?!', ''],
    ['   ', ''],
    ['', ''],
    ['Really ()?', 'Really ?'],
  ],
};

describe('speakable text', () => {
  for (const [group, table] of Object.entries(cases)) {
    describe(group, () => {
      for (const [written, said, language] of table) {
        it(`says ${JSON.stringify(written)} as ${JSON.stringify(said)}`, () => {
          assert.equal(speakable(written, language), said);
        });
      }
    });
  }

  const plainWords = [
    'The',
    'kettle',
    "it's",
    'Wi-Fi',
    '3.14',
    '14:30',
    '$5',
    '5-6',
    'e.g.',
    'U.S.',
    '“yes”',
    '"no"',
    '(maybe)',
    'naïve',
    '天气',
    'है',
    '-5',
    'C++',
    '1,000',
  ];
  const plainText = fc
    .array(fc.tuple(fc.constantFrom(...plainWords), fc.constantFrom('', ',', ';', ':', ' –')), {
      minLength: 1,
      maxLength: 12,
    })
    .map((words) => `Well ${words.map(([word, mark]) => word + mark).join(' ')} so`)
    .chain((text) => fc.constantFrom('.', '!', '?', '...', '').map((end) => text + end));

  it('leaves plain text as it is', () => {
    fc.assert(fc.property(plainText, (text) => assert.equal(speakable(text), text)));
  });

  const marks = [
    ...[
      'a',
      'Word',
      '5',
      ' ',
      '\n',
      '.',
      ',',
      '!',
      '?',
      '-',
      '--',
      '->',
      '(',
      ')',
      '[',
      ']',
      '[1]',
      '](x)',
      '![',
      '&',
      '&amp;',
      '&lt;',
      '&#35;',
    ],
    ...[
      '*',
      '**',
      '_',
      '__',
      '#',
      '## ',
      '`',
      '``',
      '```',
      '~',
      '~~',
      '~~~',
      '|',
      '||',
      '---',
      '> ',
      '<',
      '>',
      '<b>',
      '</b>',
      '<br',
      '$',
      '$$',
      '\\',
      '\\(',
      '^',
    ],
    ...[
      '🎉',
      '👍🏽',
      '\u200d',
      '\ufe0f',
      '°C',
      '%',
      '→',
      'a@b.de',
      'example.com',
      'http://',
      '@',
      '{',
      '}',
      '- ',
      '1. ',
      '\ud83d',
      '=',
      '+',
    ],
  ];
  const marked = fc.array(fc.constantFrom(...marks), { maxLength: 25 }).map((parts) => parts.join(''));

  it('says its own words unchanged', () => {
    fc.assert(
      fc.property(marked, (text) => {
        const once = speakable(text);
        assert.equal(speakable(once), once);
      }),
    );
  });

  it('leaves nothing that is not read aloud, whatever the marks', () => {
    fc.assert(
      fc.property(marked, (text) =>
        assert.doesNotMatch(speakable(text), /[*_#`|~<>\\^{}]|\p{Extended_Pictographic}|\u200b|\ufe0f|\n/u),
      ),
    );
  });
});
