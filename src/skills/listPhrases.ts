import type { ListName } from '../lists/listState.js';
import type { ListArgs } from './listSkill.js';
import { asOrder } from './slots/requestFrame.js';

const THE_LIST =
  '(?:the |my |our )?(?<list>shopping|grocery|groceries|shop|to do|todo|task|tasks|things to do)(?: list| lists)|(?:the|my|our) list';
const LIST = `(?:${THE_LIST})`;

const SHORT_OF =
  "(?:(?:i|we) (?:need|want|have no|(?:have|'ve )?(?:run|ran) out of|ran out of)|(?:i'm|i am|we're|we are) (?:almost |nearly )?(?:out of|running out of|low on|running low on))";
const ADD = [
  new RegExp(
    `^(?:add|put|write|note|stick|get|place)(?: down)? (?<items>.+?)(?: down)? (?:to|on to|onto|on|in|into) ${LIST}$`,
  ),
  new RegExp(`^(?:add|put) (?:to|on|onto|on to) ${LIST} (?<items>.+)$`),
  new RegExp(`^${LIST} (?:add|put) (?<items>.+)$`),
  new RegExp(`^${SHORT_OF} (?<items>.+?)(?: and| so)? (?:add|put) (?:it|them|that) (?:to|on|onto|on to) ${LIST}$`),
];
const REMOVE = new RegExp(
  `^(?:remove|delete|take|cross|strike|scratch|tick|check|drop|erase|get rid of)(?: off| out)? (?<items>.+?)(?: off| out)? (?:from|off|on|off of|of) ${LIST}$`,
);
const REMOVE_BARE = /^(?:remove|delete|cross off|strike|tick off|check off|take off) (?<items>.+)$/;
const CLEAR = [
  new RegExp(`^(?:clear|empty|erase|delete|wipe|reset)(?: out)? (?:all of )?${LIST}$`),
  new RegExp(
    `^(?:remove|delete|clear|erase|take) (?:everything|all items|all of it|all|every item)(?: off)? (?:from|off|on) ${LIST}$`,
  ),
];
/** There is one list for all days. */
const TODAY = '(?: (?:for )?today)?';

const READ = [
  new RegExp(
    `^(?:what's|what is|what are|what do (?:i|we) have|what have (?:i|we) got|what things are|what items are)(?: still| left)? (?:on|in) ${LIST}${TODAY}$`,
  ),
  new RegExp(
    `^(?:read|show|list|check)(?: out)?(?: me)?(?: out)?(?: everything on| the items on)? ${LIST}(?: out)?(?: to me)?$`,
  ),
  new RegExp(
    `^(?:is there anything|anything|do (?:i|we) have anything|how many (?:things|items) are|how much is)(?: left| still)? (?:on|in) ${LIST}$`,
  ),
  /^(?:what do (?:i|we) (?:need|have) to buy)$/,
  new RegExp(`^what does ${LIST} say$`),
];
const HAS = [
  new RegExp(`^(?:is|are) (?:there )?(?:any |some )?(?<items>.+?) (?:already )?(?:on|in) ${LIST}$`),
  new RegExp(`^(?:do|did) (?:i|we) (?:have|put) (?<items>.+?) (?:on|in) ${LIST}$`),
];

/** Dishes and the like, which are one thing to buy. */
const PAIRS =
  /\b(salt|mac|macaroni|fish|rice|gin|oil|bed|half) and (pepper|cheese|chips|beans|tonic|vinegar|breakfast|half)\b/g;

/**
 * What an utterance asks of the lists.
 * @param listOf the list that an item is on, for "remove milk", which names none
 */
export function listRequest(words: string, listOf: (item: string) => ListName | undefined): ListArgs | undefined {
  const order = asOrder(words);
  for (const pattern of CLEAR) {
    const match = pattern.exec(order);
    if (match) return { action: 'clear', list: listNamed(match.groups?.['list']) };
  }
  for (const pattern of READ) {
    const match = pattern.exec(order);
    if (match) return { action: 'read', list: listNamed(match.groups?.['list']) };
  }
  return (
    withItems('has', HAS, order) ??
    withItems('add', ADD, order) ??
    withItems('remove', [REMOVE], order) ??
    bare(order, listOf)
  );
}

function withItems(action: ListArgs['action'], patterns: readonly RegExp[], order: string): ListArgs | undefined {
  for (const pattern of patterns) {
    const groups = pattern.exec(order)?.groups;
    if (!groups?.['items']) continue;
    const list = listNamed(groups['list']);
    const items = list === 'to-do' ? [groups['items']] : itemsOf(groups['items']);
    if (items.length > 0 && items.every(isThing)) return { action, list, items };
  }
  return undefined;
}

function bare(order: string, listOf: (item: string) => ListName | undefined): ListArgs | undefined {
  const items = itemsOf(REMOVE_BARE.exec(order)?.groups?.['items'] ?? '');
  const lists = new Set(items.map(listOf));
  const [list] = lists;
  return lists.size === 1 && list !== undefined ? { action: 'remove', list, items } : undefined;
}

function itemsOf(text: string): string[] {
  return text
    .replaceAll(PAIRS, '$1 & $2')
    .split(/(?:^| )and (?:also )?/)
    .map((item) =>
      item
        .replace(' & ', ' and ')
        .replace(/^(?:(?:some|the|more|any) |(?:a|an) (?!dozen |few |couple |pair |\S+ of ))/, '')
        .trim(),
    )
    .filter((item) => item !== '');
}

/** "Add it to the list" is about what was said before. */
function isThing(item: string): boolean {
  return !/^(?:it|this|that|them|these|those|him|her|me|something|anything|everything|one|things|stuff|(?:that|this) .*)$/.test(
    item,
  );
}

function listNamed(name: string | undefined): ListName {
  return name !== undefined && /do|task/.test(name) ? 'to-do' : 'shopping';
}
