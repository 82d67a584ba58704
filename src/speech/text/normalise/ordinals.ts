import { cardinal } from './cardinals.js';
import type { Dialect } from './dialect.js';

const IRREGULAR: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** "Twenty-third". @param value a whole number from 0 to 10^15 - 1 */
export function ordinal(value: number, dialect: Pick<Dialect, 'isBritish'>): string {
  return cardinal(value, dialect).replace(/[a-z]+$/, (last) => IRREGULAR[last] ?? `${last.replace(/y$/, 'ie')}th`);
}
