import type { Tool } from '../llm/chatModel.js';

/** Words by which an utterance and a tool are brought together, without their endings. */
export interface ToolWords {
  /** One of these is enough. */
  readonly cues: ReadonlySet<string>;
  /** Of these it takes two. */
  readonly others: ReadonlySet<string>;
}

/** In descriptions of tools as in any sentence. */
const COMMON = new Set(
  `a about add after all also an and any are as at back be before by can do does eg for from get give given go has have her
  him his how i in into is it its keep know long made make many me more most much my name named no not of off on one or other
  out over own please put say set since so some start take tell than that the their them then there these they this to told
  two up us use used user want was we what when where whether which who will with word would you your`
    .split(/\s+/)
    .map(stem),
);

/**
 * @param cues more words of which one is enough, besides those of the name
 * @param related more words of which it takes two, besides those of the description and the parameters
 */
export function toolWords(
  { name, description, parameters }: Tool,
  cues: readonly string[] = [],
  related: readonly string[] = [],
): ToolWords {
  const named = name.replace(/([a-z])([A-Z])/g, '$1 $2');
  return {
    cues: new Set([named, ...cues].flatMap(stems)),
    others: new Set([description, ...textsOf(parameters), ...related].flatMap(stems)),
  };
}

/**
 * How much an utterance is about a tool: 0 for not at all. Of a cue 2, of another word 1, and at least 2 in all: the words
 * of a description are those of many sentences.
 */
export function relevance(utterance: string, { cues, others }: ToolWords): number {
  const said = [...new Set(stems(utterance))];
  const score = said.reduce((sum, word) => sum + (cues.has(word) ? 2 : others.has(word) ? 1 : 0), 0);
  return score < 2 ? 0 : score;
}

/** The values and descriptions of parameters, and what they are called. */
function textsOf(schema: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(schema).flatMap(([key, value]) => {
    if (key === 'description') return [String(value)];
    if (key === 'enum' && Array.isArray(value)) return value.map(String);
    if (key === 'properties' && isObject(value)) return [...Object.keys(value), ...Object.values(value).flatMap(inner)];
    return inner(value);
  });
}

function inner(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(inner);
  return isObject(value) ? textsOf(value) : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function stems(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}[\p{L}\p{M}]+/gu) ?? [];
  return words.map(stem).filter((word) => !COMMON.has(word));
}

/** "cancelled" -> "cancel", "pausing" -> "paus" like "pause". Not a linguist's stem: the same for forms of one word. */
function stem(word: string): string {
  const base = word.length > 4 ? word.replace(/(?:ing|ed|es|s)$/, '') : word.replace(/(?<=..[^s])s$/, '');
  return base.replace(/([b-df-hj-np-tv-z])\1$/, '$1').replace(/(?<=...)e$/, '');
}
