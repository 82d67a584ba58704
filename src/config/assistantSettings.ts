import { z } from 'zod';
import { textThat } from './fieldKinds.js';

const MAX_NAME_CHARS = 40;
const MAX_PERSONALITY_CHARS = 1_000;

/** Who answers. */
export const assistantSettings = z
  .strictObject({
    name: textThat(
      `a name of at most ${MAX_NAME_CHARS} characters in one line`,
      (name) => name.trim() !== '' && name.length <= MAX_NAME_CHARS && !/[\p{Cc}\u2028\u2029]/u.test(name),
    )
      .default('Pressel')
      .describe('What the assistant is called, and calls itself.'),
    personality: textThat(
      `text of at most ${MAX_PERSONALITY_CHARS} characters`,
      (personality) => personality.length <= MAX_PERSONALITY_CHARS,
    )
      .default('')
      .describe('Sentences for the chat model on how to be, such as "You are dry and brief."; each costs context.'),
  })
  .describe('Who answers.');
