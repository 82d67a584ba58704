import { isDeepStrictEqual } from 'node:util';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { BOARD_KEY } from '../../config/boardSetting.js';
import { defaultOf, show } from '../../config/checkSetting.js';
import type { NamedSetting } from './settingNames.js';

/** A figure with or without its unit. */
const QUANTITY = /^(-?\d[\d_]*(?:[.,]\d+)*)\s*([A-Za-z%/]+)?$/;

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  second: 1000,
  seconds: 1000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
};

/** What words may stand for. */
const WORDS: Readonly<Record<string, readonly unknown[]>> = {
  on: [true],
  true: [true],
  yes: [true],
  always: [true, -1],
  off: [false, 'off', '', 0],
  false: [false],
  no: [false],
  never: [false, 0],
  none: ['none', undefined, ''],
  unset: [undefined],
  empty: [''],
  nothing: ['', undefined],
};

const NUMBERS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** All words that may count units. */
export const NUMBER_WORDS: readonly string[] = NUMBERS;

/** All words that may state a default. */
export const DEFAULT_WORDS = Object.keys(WORDS);

/** The default of a setting; that of the board is the one without any. */
function defaultOfNamed({ section, key }: NamedSetting): unknown {
  return section === '' && key === BOARD_KEY ? 'none' : defaultOf(section, key);
}

/**
 * What is wrong with a default that a text states; undefined when it is right.
 * @param stated `"auto"`, `auto`, `[]`, `8000`, `8 s`, `ten quiet minutes`, `off`
 */
export function wrongDefault(setting: NamedSetting, stated: string): string | undefined {
  const value = defaultOfNamed(setting);
  if (meanings(stated, setting.key).some((meant) => isDeepStrictEqual(meant, value))) return undefined;
  const name = setting.section === '' ? setting.key : `${setting.section}.${setting.key}`;
  return `the default of ${name} is ${value === undefined ? 'unset' : show(value)}, not ${stated}`;
}

function meanings(stated: string, key: string): readonly unknown[] {
  const meant: unknown[] = [stated, ...(WORDS[stated.toLowerCase()] ?? [])];
  if (/^(off|none|empty|nothing)$/i.test(stated)) meant.push([]);
  const [number = '', ...words] = stated.split(' ');
  const spelt = NUMBERS.indexOf(number.toLowerCase());
  const inFigures = spelt < 0 ? stated : `${spelt} ${words.at(-1) ?? ''}`;
  const [, digits = '', unit] = QUANTITY.exec(inFigures.trim()) ?? [];
  if (digits !== '') {
    const figure = Number(digits.replace(/[_,](?=\d{3}\b)/g, '').replace(',', '.'));
    meant.push(key.endsWith('_ms') && unit !== undefined ? figure * (UNIT_MS[unit] ?? Number.NaN) : figure);
  }
  return [...meant, ...tomlValue(stated)];
}

/** The value that the text is in TOML. */
function tomlValue(text: string): unknown[] {
  try {
    return [getStaticTOMLValue(parseTOML(`value = ${text}`))['value']];
  } catch {
    return [];
  }
}
