import { z } from 'zod';
import type { Slots } from './understanding.js';

/** How far something is to be changed, by the slots `bit` and `much`. Ends with a space. */
export const AMOUNT =
  '(?:(?<bit>just a bit|a little bit|a bit|a little|slightly|somewhat|a touch) |(?<much>much|a lot|way|far|even) )?';

/** The same behind what is changed. Begins with a space. */
export const AMOUNT_BEHIND =
  '(?: (?<bit>just a bit|a little bit|a bit|a little|slightly|somewhat|a touch)| (?<much>a lot|much|way))?';

/** How far, as an argument of a skill. */
export const amount = z.enum(['bit', 'much']).optional();
export type Amount = z.infer<typeof amount>;

export function amountIn({ bit, much }: Slots): { readonly amount?: NonNullable<Amount> } {
  if (bit !== undefined) return { amount: 'bit' };
  return much === undefined ? {} : { amount: 'much' };
}

/** How far, in usual steps. */
export function stepsOf(howFar: Amount): number {
  if (howFar === 'bit') return 0.5;
  return howFar === 'much' ? 2 : 1;
}
