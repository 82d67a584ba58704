import type { z } from 'zod';
import type { Surroundings } from './skill.js';

/** What an utterance asks of a skill, and why it was taken so. */
export interface Understood<Args> {
  readonly args: Args;
  readonly why: string;
}

/** Answers one kind of request without a language model, which may also call it as a tool. */
export interface IntentSkill<Args> {
  /** Name in routes: "timer" is routed as "intent:timer". */
  readonly name: string;
  /** One sentence, for the chat model. */
  readonly description: string;
  /**
   * Single words, in English, that make an utterance worth telling the model of this skill; besides those of its name and,
   * two at a time, of its description.
   */
  readonly cues?: readonly string[];
  /** Plain data; `z.toJSONSchema` makes the parameters of the tool of it. */
  readonly args: z.ZodType<Args>;
  /**
   * What the whole utterance asks for; undefined where any of it is not understood.
   * @param words an utterance after `spellSymbols` and `plainWords`
   */
  understand(words: string): Understood<Args> | undefined;
  /** The spoken answer; '' for silence. Wrong arguments have an answer too: the model makes them up. */
  run(args: Args, context: Surroundings, signal: AbortSignal): Promise<string>;
}
