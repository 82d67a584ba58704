import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dialectOf } from '../../../../../src/speech/text/normalise/dialect.js';
import { type Rule, readAloud } from '../../../../../src/speech/text/normalise/rule.js';
import { englishRules, spokenText } from '../../../../../src/speech/text/normalise/spokenText.js';
import { speakable } from '../../../../../src/speech/text/speakableText.js';
import { spokenForm } from '../../../../../src/speech/text/spokenForm.js';
import { sharedFile, skipWithout } from '../../../../fixtures/shared.js';
import { readCases } from '../segmentation.js';
import { measureCases } from './measureCases.js';
import { numberCases, serialCases, wordCases } from './spokenCases.js';

const shared = sharedFile('sentences/cases.json');
const america = { language: 'en-US', clock: '12h' } as const;
const britain = { language: 'en-GB', clock: '24h' } as const;

const written = Object.values({ ...numberCases, ...measureCases, ...serialCases, ...wordCases })
  .flat()
  .map(([text]) => text);
const pieces = [
  ...written.flatMap((text) => text.split(' ')),
  ...[
    '5',
    '0',
    '12',
    '2007',
    '1,000',
    '.',
    ',',
    ':',
    '/',
    '-',
    '–',
    '+',
    '=',
    '%',
    '$',
    '£',
    '€',
    '#',
    '°',
    '²',
    '√',
    '½',
    "'",
    '"',
  ],
  ...[
    'a',
    'A',
    'I',
    'X',
    'IV',
    'St',
    'Dr',
    'No',
    'vs',
    'etc',
    'am',
    'pm',
    'kg',
    'in',
    'May',
    'King',
    'chapter',
    'STOP',
    'the',
    '\n',
    '(',
    ')',
  ],
];
const text = fc
  .array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(' ', ' ', '')), { maxLength: 12 })
  .map((parts) => parts.flat().join(''));

describe('text as it is said, whatever it is', () => {
  for (const [name, locale] of Object.entries({ america, britain })) {
    it(`says its own words unchanged (${name})`, () => {
      fc.assert(
        fc.property(text, (chunk) => {
          const once = spokenText(chunk, locale);
          assert.equal(spokenText(once, locale), once);
        }),
        { numRuns: 1000 },
      );
    });

    it(`leaves no figure in English (${name})`, () => {
      fc.assert(
        fc.property(text, (chunk) =>
          assert.doesNotMatch(spokenText(`It is the ${chunk} that it is.`, locale), /[0-9]/),
        ),
        { numRuns: 1000 },
      );
    });
  }

  it('takes any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        (chunk) => typeof spokenText(chunk, america) === 'string',
      ),
    );
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200 }),
        fc.string(),
        (chunk, language) => typeof spokenText(chunk, { language, clock: '24h' }) === 'string',
      ),
    );
  });

  const plain = fc
    .array(
      fc.constantFrom(
        ..."the kettle is on and it's well-made naïve “yes” (maybe) I a Wi-Fi iPhone Ana's no, so; then: –".split(' '),
      ),
      { minLength: 1, maxLength: 15 },
    )
    .map((words) => `${words.join(' ')}.`);

  it('keeps plain text byte for byte', () => {
    fc.assert(fc.property(plain, (chunk) => assert.equal(spokenText(chunk, america), chunk)));
  });

  it('keeps the words of a reply that have nothing to read byte for byte', {
    skip: skipWithout(shared),
  }, () => {
    for (const { text: reply } of readCases(shared ?? '')) {
      if (/\d|\p{Lu}\p{Lu}|\p{L}\.\p{L}|\b(?:Mr|Mrs|Dr|Prof|St|vs|etc|i\.e)\b/u.test(reply)) continue;
      assert.equal(spokenText(reply, america), reply);
    }
  });

  it('ends each sentence that ended', { skip: skipWithout(shared) }, () => {
    for (const { expected } of readCases(shared ?? '')) {
      for (const sentence of expected) {
        const end = /[.!?…。！？।]["'”’)]*$/u.exec(sentence)?.[0];
        if (end) assert.ok(spokenText(sentence, america).endsWith(end), sentence);
      }
    }
  });

  for (const foreign of [
    'Der Zug fährt am 3. Mai um 8 Uhr.',
    'Das kostet 3,50 € und ist 5 km weit.',
    'Il est 19h05, et il fait 20 °C.',
    'Son las 7:05 y cuesta 5 €.',
    'La casa tiene 3 habitaciones y 2 baños.',
    'Bonjour, il y a 12 personnes ici.',
    'Ich habe 3 Katzen.',
    '今天是3月5日，气温20度。',
  ]) {
    it(`keeps ${JSON.stringify(foreign)}, whatever language is set`, () => {
      for (const language of ['en-US', 'de-DE', 'fr', 'zh-Hans-CN']) {
        assert.equal(spokenText(foreign, { language, clock: '24h' }), foreign);
      }
    });
  }

  for (const place of ['Los Angeles: 5 km.', 'El Paso: 5 km.', 'OS: 5 km.']) {
    it(`takes ${JSON.stringify(place)} for English`, () => {
      assert.doesNotMatch(spokenText(place, america), /5/);
    });
  }

  it('is what is compared: a text and its words sound the same', () => {
    for (const chunk of written) assert.deepEqual(spokenForm(spokenText(chunk, america)), spokenForm(chunk), chunk);
  });

  it('is spoken as it is when it is made speakable again', () => {
    for (const chunk of written) {
      const said = spokenText(speakable(chunk), america);
      assert.equal(spokenText(speakable(said), america), said);
    }
  });
});

describe('the work of reading', () => {
  it('has no pattern that matches without limit', () => {
    for (const { pattern } of englishRules) {
      const bare = pattern.source.replace(/\\./g, 'e').replace(/\[[^\]]*\]/g, 'c');
      assert.doesNotMatch(bare, /[*]|[^(]\+|\{\d+,\}/, pattern.source);
    }
  });

  const size = 3000;
  for (const [name, hostile] of Object.entries({
    figures: '7'.repeat(size),
    'figures and commas': '7,'.repeat(size / 2),
    'groups of figures': '1,000,'.repeat(size / 6),
    'figures and stops': '7.'.repeat(size / 2),
    'figures and hyphens': '7-'.repeat(size / 2),
    'figures and colons': '12:34:'.repeat(size / 6),
    'money and money': '$5/'.repeat(size / 3),
    'brackets in brackets': '('.repeat(size),
    capitals: 'A'.repeat(size),
    'capitals and stops': 'A.'.repeat(size / 2),
    quotes: '"\''.repeat(size / 2),
    'spaces and figures': `${' '.repeat(size / 2)}5${' '.repeat(size / 2)}`,
  })) {
    it(`tries each rule once at each place at most: ${name}`, () => {
      let tries = 0;
      const counted: Rule[] = englishRules.map(({ begins, pattern, say }) => ({
        begins,
        pattern: {
          get lastIndex() {
            return pattern.lastIndex;
          },
          set lastIndex(at: number) {
            tries += 1;
            pattern.lastIndex = at;
          },
          exec: (input: string) => pattern.exec(input),
        } as unknown as RegExp,
        say,
      }));
      const dialect = dialectOf(america);
      assert.ok(dialect);
      readAloud(hostile, counted, dialect);
      assert.ok(tries <= englishRules.length * hostile.length, `${tries}`);
    });
  }

  it('reads a million figures', () => {
    assert.doesNotMatch(spokenText('7'.repeat(1_000_000), america), /\d/);
  });
});
