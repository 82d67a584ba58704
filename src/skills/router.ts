import { plainWords } from './plainWords.js';
import type { Skill } from './skill.js';

/** Who answers, and why. */
export type Routing =
  | { readonly route: `intent:${string}`; readonly skill: Skill; readonly why: string }
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
    const words = plainWords(utterance, this.name);
    for (const skill of this.skills) {
      const pattern = skill.patterns.find((candidate) => candidate.test(words));
      if (pattern) return { route: `intent:${skill.name}`, skill, why: `"${words}" matches ${pattern.source}` };
    }
    return { route: 'llm', why: `no skill knows "${words}"` };
  }
}
