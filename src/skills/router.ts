import { plainWords, requestWords } from './plainWords.js';
import type { Skill, Slots } from './skill.js';

/** Who answers, and why. */
export type Routing =
  | { readonly route: `intent:${string}`; readonly skill: Skill; readonly slots: Slots; readonly why: string }
  | { readonly route: 'llm'; readonly why: string };

/**
 * Decides before the model is asked. Deterministic and instant; a near miss goes to the model, never to the wrong
 * skill, which is why patterns cover whole utterances.
 */
export class Router {
  /** @param name what the assistant is called: "Pressel, what time is it?" is the same question without it */
  constructor(
    readonly skills: readonly Skill[],
    private readonly name = 'Pressel',
  ) {}

  route(utterance: string): Routing {
    const question = plainWords(utterance, this.name);
    const request = requestWords(utterance, this.name);
    for (const skill of this.skills) {
      const found = firstMatch(skill.patterns, skill.reads === 'request' ? request : question);
      if (found) return { route: `intent:${skill.name}`, skill, ...found };
    }
    return { route: 'llm', why: `no skill knows "${question}"` };
  }
}

function firstMatch(patterns: readonly RegExp[], words: string): { slots: Slots; why: string } | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(words);
    if (!match) continue;
    const named = Object.entries(match.groups ?? {}).filter(([, value]) => value !== undefined);
    return { slots: Object.fromEntries(named), why: `"${words}" matches ${pattern.source}` };
  }
  return undefined;
}
