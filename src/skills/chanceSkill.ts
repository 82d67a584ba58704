import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { IntentSkill } from './intent.js';
import { countOf, wholeNumberOf } from './slots/numberOf.js';
import { asOrder } from './slots/requestFrame.js';
import { spokenList } from './spokenList.js';

/** Where chance comes from. */
export interface Random {
  /** Each whole number from `low` to `high`, both included, is as likely as any other. */
  integer(low: number, high: number): number;
}

/** The operating system's. */
export const systemRandom: Random = { integer: (low, high) => randomInt(low, high + 1) };

const MAX_THROWN = 20;
const MAX_SIDES = 1000;
/** `randomInt` takes ranges up to 2^48. */
const MAX_NUMBER = 1e12;

const args = z.object({
  action: z.enum(['coin', 'dice', 'number']),
  count: z.number().optional().describe('how many coins or dice; 1 if absent'),
  sides: z.number().optional().describe('of a die; 6 if absent'),
  low: z.number().optional().describe('number: the smallest; 1 if absent'),
  high: z.number().optional().describe('number: the largest; 100 if absent'),
});
export type ChanceArgs = z.infer<typeof args>;

const WANTED: Readonly<Record<ChanceArgs['action'], string>> = {
  coin: 'the toss of a coin',
  dice: 'a throw of dice',
  number: 'a number by chance',
};

const THROW = '(?:roll|throw|toss|cast)(?: me)?';
const COIN =
  /^(?:(?:flip|toss|throw)(?: me)? (?<count>.+?) coins?|(?:flip|toss) coins?|heads or tails|coin (?:flip|toss))$/;
const DICE = [
  new RegExp(`^${THROW} (?:(?<count>.+?) )?(?:(?<sides>[^ ]+|[^ ]+ [^ ]+)[ -]sided )?(?:dice|die)$`),
  new RegExp(`^${THROW} (?:(?<count>.+?) ?)?(?:the )?d ?(?<sides>\\d+)s?$`),
  /^(?:roll|throw) (?<count>\d+) ?d ?(?<sides>\d+)$/,
  /^(?:dice roll|(?<count>\d+)d(?<sides>\d+)|d(?<only>\d+))$/,
];
const PICK = '(?:(?:pick|choose|give me|think of|tell me|generate|say|draw|name|select|get me|roll|i need|i want) )?';
const NUMBER = [
  new RegExp(
    `^${PICK}(?:a |any |some )?(?:random )?(?:whole )?(?:number|integer) (?:between|from) (?<low>.+?) (?:and|to|through) (?<high>.+)$`,
  ),
  new RegExp(`^${PICK}(?:a )?random (?:whole )?(?:number|integer)(?: (?:up to|below) (?<high>.+))?$`),
  /^(?:pick|choose) (?:a|any) number$/,
];

/** "Flip a coin", "roll two dice", "pick a number between one and ten". */
export function chanceSkill(random: Random): IntentSkill<ChanceArgs> {
  return {
    name: 'chance',
    description: 'Flips coins, rolls dice and picks random whole numbers.',
    args,
    understand: (words) => {
      const asked = chanceRequest(asOrder(words));
      return asked && { args: asked, why: `"${words}" asks for ${WANTED[asked.action]}` };
    },
    run: async (asked) => answer(asked, random),
  };
}

function chanceRequest(order: string): ChanceArgs | undefined {
  const coin = COIN.exec(order);
  if (coin) return thrown('coin', coin.groups?.['count'], undefined);
  for (const pattern of DICE) {
    const match = pattern.exec(order);
    const dice = match && thrown('dice', match.groups?.['count'], match.groups?.['sides'] ?? match.groups?.['only']);
    if (dice) return dice;
  }
  for (const pattern of NUMBER) {
    const match = pattern.exec(order);
    if (!match) continue;
    const [low, high] = [match.groups?.['low'], match.groups?.['high']];
    const [from, to] = [low === undefined ? 1 : wholeNumberOf(low), high === undefined ? 100 : wholeNumberOf(high)];
    if (from !== undefined && to !== undefined) return { action: 'number', low: from, high: to };
  }
  return undefined;
}

function thrown(
  action: 'coin' | 'dice',
  countText: string | undefined,
  sidesText: string | undefined,
): ChanceArgs | undefined {
  const article = countText === undefined || /^(?:the|my|some|a|an|another|a pair of)$/.test(countText);
  const one = action === 'dice' && countText === 'a pair of' ? 2 : 1;
  const count = article ? one : countOf(countText.replace(/^the /, ''));
  const sides = sidesText === undefined ? undefined : wholeNumberOf(sidesText);
  if (count === undefined || !Number.isInteger(count) || (sidesText !== undefined && sides === undefined))
    return undefined;
  return { action, count, ...(sides !== undefined && { sides }) };
}

function answer({ action, count = 1, sides = 6, low = 1, high = 100 }: ChanceArgs, random: Random): string {
  if (action === 'number') {
    if (![low, high].every((end) => Number.isSafeInteger(end) && Math.abs(end) <= MAX_NUMBER))
      return 'I only pick whole numbers, up to a trillion.';
    return `${random.integer(Math.min(low, high), Math.max(low, high))}.`;
  }
  if (!Number.isInteger(count) || count < 1) return 'Then there is nothing to throw.';
  if (count > MAX_THROWN) return `I throw ${MAX_THROWN} at most.`;
  if (action === 'dice' && (!Number.isInteger(sides) || sides < 2 || sides > MAX_SIDES))
    return `I have dice with 2 to ${MAX_SIDES} sides.`;
  const throws = Array.from({ length: count }, () => random.integer(1, action === 'coin' ? 2 : sides));
  if (action === 'dice') {
    return count === 1
      ? `${throws[0]}.`
      : `${spokenList(throws.map(String))}: ${throws.reduce((a, b) => a + b, 0)} in all.`;
  }
  const heads = throws.filter((side) => side === 1).length;
  if (count === 1) return heads === 1 ? 'Heads.' : 'Tails.';
  return `${sidesOf(heads, 'head')} and ${sidesOf(count - heads, 'tail').toLowerCase()}.`;
}

function sidesOf(count: number, side: string): string {
  return `${count === 0 ? 'No' : count} ${side}${count === 1 ? '' : 's'}`;
}
