import type { z } from 'zod';
import type { Surroundings } from './surroundings.js';

/** What an utterance asks of a skill, and why it was taken so. */
export interface Understood<Args> {
  readonly args: Args;
  readonly why: string;
}

/** Words, or the chunks of the last reply to be spoken as they were; '' where silence is the answer. */
export type SkillAnswer = string | readonly string[];

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
  /** More such words of which it takes two, as of its description; the model does not read them. */
  readonly related?: readonly string[];
  /** Plain data; `z.toJSONSchema` makes the parameters of the tool of it. */
  readonly args: z.ZodType<Args>;
  /** A question loses its "can you tell me" and "again" (`plainWords`), a request does not (`requestWords`). Default: question. */
  readonly reads?: 'question' | 'request';
  /**
   * The request is about the last reply or its voice. Neither it nor the answer becomes part of the conversation: the model
   * would read the same reply twice, and a second "louder" would repeat the first one's "volume fifty percent".
   */
  readonly isAside?: true;
  /** After the answer nobody is listened to: the user has gone. */
  readonly isLast?: true;
  /**
   * What the whole utterance asks for; undefined where any of it is not understood. `understanding` makes it of patterns.
   * @param words an utterance after `spellSymbols`, reduced as `reads` says
   */
  understand(words: string): Understood<Args> | undefined;
  /** It has so long to answer (ms), where others have five seconds. */
  readonly timeoutMs?: number;
  /** The spoken answer. Wrong arguments have an answer too: the model makes them up. */
  run(args: Args, context: Surroundings, signal: AbortSignal): Promise<SkillAnswer>;
}
