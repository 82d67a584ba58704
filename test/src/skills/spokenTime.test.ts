import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dateSkill } from '../../../src/skills/dateSkill.js';
import { numberWords, ordinalWords, spokenDate, spokenTime } from '../../../src/skills/spokenTime.js';
import type { Surroundings } from '../../../src/skills/surroundings.js';
import { timeSkill } from '../../../src/skills/timeSkill.js';

/** Time of day in UTC, as a person says it with either clock. */
const times: readonly (readonly [string, string, string])[] = [
  ['00:00', 'midnight', 'midnight'],
  ['00:01', 'twelve oh one in the morning', 'zero oh one'],
  ['00:05', 'five past twelve in the morning', 'zero oh five'],
  ['00:15', 'a quarter past twelve in the morning', 'zero fifteen'],
  ['00:30', 'half past twelve in the morning', 'zero thirty'],
  ['00:45', 'a quarter to one in the morning', 'zero forty-five'],
  ['01:00', "one o'clock in the morning", "one o'clock"],
  ['01:30', 'half past one in the morning', 'one thirty'],
  ['04:59', 'four fifty-nine in the morning', 'four fifty-nine'],
  ['05:00', "five o'clock in the morning", "five o'clock"],
  ['06:07', 'six oh seven in the morning', 'six oh seven'],
  ['07:20', 'twenty past seven in the morning', 'seven twenty'],
  ['08:35', 'twenty-five to nine in the morning', 'eight thirty-five'],
  ['09:10', 'ten past nine in the morning', 'nine ten'],
  ['10:50', 'ten to eleven in the morning', 'ten fifty'],
  ['11:45', 'a quarter to twelve in the morning', 'eleven forty-five'],
  ['11:55', 'five to twelve in the morning', 'eleven fifty-five'],
  ['12:00', 'noon', "twelve o'clock"],
  ['12:01', 'twelve oh one in the afternoon', 'twelve oh one'],
  ['12:30', 'half past twelve in the afternoon', 'twelve thirty'],
  ['12:40', 'twenty to one in the afternoon', 'twelve forty'],
  ['13:00', "one o'clock in the afternoon", "thirteen o'clock"],
  ['14:25', 'twenty-five past two in the afternoon', 'fourteen twenty-five'],
  ['17:59', 'five fifty-nine in the afternoon', 'seventeen fifty-nine'],
  ['18:00', "six o'clock in the evening", "eighteen o'clock"],
  ['19:05', 'five past seven in the evening', 'nineteen oh five'],
  ['19:32', 'seven thirty-two in the evening', 'nineteen thirty-two'],
  ['20:20', 'twenty past eight in the evening', 'twenty twenty'],
  ['21:13', 'nine thirteen in the evening', 'twenty-one thirteen'],
  ['22:00', "ten o'clock at night", "twenty-two o'clock"],
  ['23:30', 'half past eleven at night', 'twenty-three thirty'],
  ['23:45', 'a quarter to twelve at night', 'twenty-three forty-five'],
  ['23:59', 'eleven fifty-nine at night', 'twenty-three fifty-nine'],
];

describe('the time as it is spoken', () => {
  for (const [time, twelve, twentyFour] of times) {
    it(`${time} is "${twelve}" or "${twentyFour}"`, () => {
      const now = new Date(`2026-11-23T${time}:30Z`);
      assert.equal(spokenTime(now, 'UTC', '12h'), twelve);
      assert.equal(spokenTime(now, 'UTC', '24h'), twentyFour);
    });
  }

  const zones: readonly (readonly [string, string, string])[] = [
    ['2026-11-23T12:00Z', 'Europe/Lisbon', "twelve o'clock"],
    ['2026-11-23T12:00Z', 'Asia/Tokyo', "twenty-one o'clock"],
    ['2026-11-23T12:00Z', 'Asia/Kathmandu', 'seventeen forty-five'],
    ['2026-11-23T12:00Z', 'America/New_York', "seven o'clock"],
    ['2026-11-23T23:30Z', 'Europe/Berlin', 'zero thirty'],
    // Summer time begins in Berlin: 02:00 becomes 03:00.
    ['2026-03-29T00:59Z', 'Europe/Berlin', 'one fifty-nine'],
    ['2026-03-29T01:00Z', 'Europe/Berlin', "three o'clock"],
    // It ends: 03:00 becomes 02:00, and half past two comes twice.
    ['2026-10-25T00:30Z', 'Europe/Berlin', 'two thirty'],
    ['2026-10-25T01:30Z', 'Europe/Berlin', 'two thirty'],
    ['2026-10-25T02:30Z', 'Europe/Berlin', 'three thirty'],
    // New York changes on other days.
    ['2026-03-08T07:00Z', 'America/New_York', "three o'clock"],
    ['2026-11-01T06:30Z', 'America/New_York', 'one thirty'],
  ];
  for (const [moment, timeZone, spoken] of zones) {
    it(`${moment} in ${timeZone} is "${spoken}"`, () => {
      assert.equal(spokenTime(new Date(moment), timeZone, '24h'), spoken);
    });
  }

  it('has a number word for every minute, no two alike', () => {
    const words = Array.from({ length: 60 }, (_, minute) => numberWords(minute));
    assert.equal(new Set(words).size, 60);
    for (const word of words) assert.match(word, /^[a-z]+(?:-[a-z]+)?$/);
  });
});

const ordinals = [
  ...['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh'],
  ...['twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth'],
  ...['twentieth', 'twenty-first', 'twenty-second', 'twenty-third', 'twenty-fourth', 'twenty-fifth', 'twenty-sixth'],
  ...['twenty-seventh', 'twenty-eighth', 'twenty-ninth', 'thirtieth', 'thirty-first'],
];

describe('the date as it is spoken', () => {
  ordinals.forEach((ordinal, index) => {
    const day = index + 1;
    it(`day ${day} is the ${ordinal}`, () => {
      assert.equal(ordinalWords(day), ordinal);
      const spoken = spokenDate(new Date(Date.UTC(2026, 0, day, 12)), 'UTC');
      assert.match(spoken, new RegExp(`^[A-Z][a-z]+day, the ${ordinal} of January$`));
    });
  });

  it('names the weekday and the month', () => {
    assert.equal(spokenDate(new Date('2026-11-23T12:00Z'), 'UTC'), 'Monday, the twenty-third of November');
    assert.equal(spokenDate(new Date('2028-02-29T12:00Z'), 'UTC'), 'Tuesday, the twenty-ninth of February');
  });

  it('is that of the time zone', () => {
    const newYear = new Date('2026-12-31T23:30Z');
    assert.equal(spokenDate(newYear, 'America/New_York'), 'Thursday, the thirty-first of December');
    assert.equal(spokenDate(newYear, 'Asia/Tokyo'), 'Friday, the first of January');
  });
});

describe('the time and date skills', () => {
  const context: Surroundings = {
    now: new Date('2026-11-23T19:05Z'),
    language: 'en-GB',
    timeZone: 'UTC',
    clock: '12h',
  };
  const never = new AbortController().signal;

  it('answer in a sentence', async () => {
    assert.equal(await timeSkill.run({}, context, never), "It's five past seven in the evening.");
    assert.equal(await timeSkill.run({}, { ...context, clock: '24h' }, never), "It's nineteen oh five.");
    assert.equal(await dateSkill.run({}, context, never), "It's Monday, the twenty-third of November.");
  });
});
