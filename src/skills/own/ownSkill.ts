import type { z } from 'zod';
import type { Surroundings } from '../surroundings.js';
import type { JsonSchema } from './jsonSchemaArgs.js';

/**
 * What a file of `skills.d` exports by default, or a function that is given `{ z }` (zod, to describe arguments with) and
 * returns it. Everything else in these files is the owner's business; they run inside the program and may do what it may.
 */
export interface OwnSkill<Args = Readonly<Record<string, unknown>>> {
  /** In routes ("intent:name") and for the chat model: small letters, figures and "-". */
  readonly name: string;
  /** One sentence, for the chat model. */
  readonly description: string;
  /**
   * Whole utterances: "water the {plant}", where "{plant}" is any words, "[...]" may be left out and "(a|b)" is one of several;
   * or regular expressions with named groups, on small letters without punctuation. Slots are the arguments.
   */
  readonly patterns?: readonly (string | RegExp)[];
  /** In place of patterns, or after them: the arguments that an utterance (small letters, no punctuation) asks for, or nothing. */
  readonly understand?: (words: string) => Args | undefined;
  /** A type of zod 4, or a JSON Schema, of an object; without it any texts are arguments, and patterns name them. */
  readonly args?: z.ZodType<Args> | JsonSchema;
  /** Whether the chat model may call it, too. Default: yes. */
  readonly tool?: boolean;
  /** The answer in words, '' for none. The signal is aborted when the turn is over, or after ten seconds. */
  run(args: Args, context: Surroundings, signal: AbortSignal): string | Promise<string>;
}
