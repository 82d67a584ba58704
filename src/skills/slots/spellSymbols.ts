import { withoutHesitations } from './hesitations.js';

/** What a figure or a sign says, where the letters alone would say something else. In this order. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/(?<=\d)\s?½/g, ' and a half'],
  [/(?<=\d)\s?¼/g, ' and a quarter'],
  [/(?<=\d)\s?¾/g, ' and three quarters'],
  [/(?<=\d)(?:\s+and)?\s+1\/2(?![\d/])/g, ' and a half'],
  [/(?<=\d)(?:\s+and)?\s+1\/4(?![\d/])/g, ' and a quarter'],
  [/(?<=\d)(?:\s+and)?\s+3\/4(?![\d/])/g, ' and three quarters'],
  [/(?<=\d)(?:\s+and)?\s+1\/3(?![\d/])/g, ' and a third'],
  [/(?<=\d)(?:\s+and)?\s+2\/3(?![\d/])/g, ' and two thirds'],
  [/½/g, ' half '],
  [/¼/g, ' quarter '],
  [/¾/g, ' three quarters '],
  [/²/g, ' squared '],
  [/³/g, ' cubed '],
  [/√/g, ' square root of '],
  [/(?<=\d),(?=\d{3}(?!\d))/g, ''],
  [/(?<=\d)\.(?=\d)/g, ' point '],
  [/(?<![\w.])\.(?=\d)/g, ' point '],
  [/(?<![A-Za-z])([ap])\.\s?m(?:\.|\b)/gi, '$1m '],
  [/%/g, ' percent '],
  [/°/g, ' degrees '],
  [/(?<=\d)\s?['′](?=\s|$)/g, ' feet '],
  [/(?<=\s)[-–−](?=\s)/g, ' minus '],
  [/(?<=^|\s)[-–−](?=\d)/g, ' minus '],
  [/−/g, ' minus '],
  [/\+/g, ' plus '],
  [/[*×]/g, ' times '],
  [/÷/g, ' divided by '],
  [/(?<=\d)\s*\/\s*(?=\d)/g, ' over '],
  [/\^/g, ' to the power of '],
];

/** The things that are to go on a list, or off it. */
const ENUMERATION =
  /(?<=\b(?:add|put|write|remove|delete|take|cross off)\b)[^?!]+(?=\b(?:to|on|onto|from|off)\b[^,]*\blist\b)/i;

/**
 * An utterance with its signs as words, for `plainWords`, which keeps letters and figures only: "2.5" would be "2 5".
 * Recognisers write "15%", "7 p.m." and "½"; people type "5 + 6".
 */
export function spellSymbols(utterance: string): string {
  const fluent = withoutHesitations(utterance);
  const spelled = SPELLINGS.reduce((text, [sign, words]) => text.replaceAll(sign, words), fluent);
  return spelled.replace(ENUMERATION, (things) => things.replace(/^\s*,/, '').replaceAll(/,(?: and\b)?/g, ' and '));
}
