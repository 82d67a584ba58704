import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainWords } from '../../../../src/skills/plainWords.js';
import { clockTimeOf } from '../../../../src/skills/slots/clockTimeOf.js';
import { durationOf } from '../../../../src/skills/slots/durationOf.js';
import { numberOf } from '../../../../src/skills/slots/numberOf.js';
import { spellSymbols } from '../../../../src/skills/slots/spellSymbols.js';

const heard = (utterance: string) => plainWords(spellSymbols(utterance), 'Pressel');

const numbers: Readonly<Record<string, number | undefined>> = {
  seven: 7,
  '10': 10,
  'twenty five': 25,
  'twenty-five': 25,
  'a dozen': 12,
  'half a dozen': 6,
  'two dozen': 24,
  'a couple': 2,
  'a hundred': 100,
  'one hundred and five': 105,
  'a hundred and twenty three': 123,
  'twelve hundred': 1200,
  'two thousand and twenty six': 2026,
  '3 million': 3e6,
  '2.5 million': 2.5e6,
  '1,000': 1000,
  '1,234,567': 1_234_567,
  '2.5': 2.5,
  '.5': 0.5,
  'two point five': 2.5,
  'three point one four': 3.14,
  'three point fourteen': 3.14,
  'zero point oh five': 0.05,
  'two and a half': 2.5,
  '2½': 2.5,
  '2 1/2': 2.5,
  '5 and 3/4': 5.75,
  '1 1/3': 1 + 1 / 3,
  'five and three quarters': 5.75,
  half: 0.5,
  'a half': 0.5,
  'a quarter': 0.25,
  'three quarters': 0.75,
  '¾': 0.75,
  '3/4': 0.75,
  'two thirds': 2 / 3,
  'minus five': -5,
  '-5': -5,
  'negative 40': -40,
  '': undefined,
  a: undefined,
  'five six': undefined,
  'twenty ten': undefined,
  'hundred and': undefined,
  'one hundred two hundred': undefined,
  'three apples': undefined,
  second: undefined,
  '1 over 0': undefined,
  point: undefined,
  'two and two': undefined,
};

const durations: Readonly<Record<string, number | undefined>> = {
  'ten minutes': 600,
  '10 minutes': 600,
  'ten-minute': 600,
  '10-minute': 600,
  '10 min': 600,
  '10min': 600,
  '90s': 90,
  '90 seconds': 90,
  'a minute': 60,
  'an hour': 3600,
  'one hour': 3600,
  'an hour and a half': 5400,
  'one and a half hours': 5400,
  '1.5 hours': 5400,
  '1½ hours': 5400,
  'half an hour': 1800,
  'half hour': 1800,
  'a half hour': 1800,
  'half a minute': 30,
  'a quarter of an hour': 900,
  'quarter of an hour': 900,
  'three quarters of an hour': 2700,
  '1 hour 20 minutes': 4800,
  '1 hour and 20 minutes': 4800,
  'one hour twenty': 4800,
  '1 h 20 min': 4800,
  'an hour, five minutes and thirty seconds': 3930,
  'two minutes thirty': 150,
  'two and a half minutes': 150,
  'two minutes and a half': 150,
  'a couple of minutes': 120,
  'twenty five minutes': 1500,
  'two days': 172_800,
  'zero minutes': 0,
  'minus five minutes': -300,
  '1000000000 seconds': 1e9,
  'a few minutes': undefined,
  minutes: undefined,
  ten: undefined,
  'five minutes ten hours': undefined,
  'ten minutes pasta': undefined,
  'an hour and twenty': undefined,
  'five minutes five minutes': undefined,
  'two days twenty': undefined,
};

/** As "HH:MM", "?" where the half of the day is open, and the day. */
const times: Readonly<Record<string, string | undefined>> = {
  seven: '07:00?',
  '7': '07:00?',
  '7:30': '07:30?',
  '07:30': '07:30',
  '7:30 pm': '19:30',
  '7.30': '07:30?',
  '7pm': '19:00',
  '7 p.m.': '19:00',
  '7 a.m': '07:00',
  '12 am': '00:00',
  '12 pm': '12:00',
  '730': '07:30?',
  '0730': '07:30',
  '1930': '19:30',
  '19:05': '19:05',
  "seven o'clock": '07:00?',
  'seven oclock': '07:00?',
  'seven thirty': '07:30?',
  'seven oh five': '07:05?',
  'twenty one fifteen': '21:15',
  'twenty thirty': '20:30',
  'half past seven': '07:30?',
  'half seven': '07:30?',
  'quarter to eight in the morning': '07:45',
  'a quarter past nine in the evening': '21:15',
  'ten to seven': '06:50?',
  'twenty five past six': '06:25?',
  'five minutes to one pm': '12:55',
  noon: '12:00',
  midnight: '00:00',
  'midnight tomorrow': '00:00 tomorrow',
  'seven in the evening': '19:00',
  'eleven at night': '23:00',
  'one at night': '01:00',
  'six thirty tomorrow': '06:30? tomorrow',
  'seven thirty tomorrow morning': '07:30 tomorrow',
  'tomorrow morning at seven thirty': '07:30 tomorrow',
  'tomorrow at 7': '07:00? tomorrow',
  'the day after tomorrow at noon': '12:00 day after tomorrow',
  'monday at six': '06:00? monday',
  'six on monday': '06:00? monday',
  'friday evening at eight': '20:00 friday',
  'eight this evening': '20:00 today',
  'nine tonight': '21:00 today',
  'twelve tonight': '00:00',
  'quarter to one in the afternoon': '12:45',
  twentyfive: undefined,
  '25': undefined,
  'twenty five': undefined,
  'seven five': undefined,
  '7:75': undefined,
  'fifteen in the morning': undefined,
  'half to seven': undefined,
  monday: undefined,
  'seven monday tuesday': undefined,
  'the evening': undefined,
  'a dozen': undefined,
  'seven pm in the morning': undefined,
};

function shown(text: string): string | undefined {
  const time = clockTimeOf(heard(text));
  if (!time) return undefined;
  const digits = (value: number) => String(value).padStart(2, '0');
  return `${digits(time.hour)}:${digits(time.minute)}${time.isTwelveHour ? '?' : ''}${time.day ? ` ${time.day}` : ''}`;
}

describe('A number as it is said', () => {
  for (const [text, value] of Object.entries(numbers)) {
    it(`reads "${text}" as ${value}`, () => assert.equal(numberOf(heard(text)), value));
  }
});

describe('A duration as it is said', () => {
  for (const [text, seconds] of Object.entries(durations)) {
    it(`reads "${text}" as ${seconds} seconds`, () => assert.equal(durationOf(heard(text)), seconds));
  }
});

describe('A time of day as it is said', () => {
  for (const [text, time] of Object.entries(times)) {
    it(`reads "${text}" as ${time}`, () => assert.equal(shown(text), time));
  }
});
