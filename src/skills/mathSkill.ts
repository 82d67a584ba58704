import { z } from 'zod';
import { evaluate, ReckoningError } from '../reckoning/evaluate.js';
import { MAX_EXPRESSION_LENGTH, readExpression } from '../reckoning/expression.js';
import type { MathLibrary } from '../reckoning/openMath.js';
import type { IntentSkill } from './intent.js';
import { expressionOf } from './mathPhrases.js';
import { asOrder } from './slots/requestFrame.js';
import { aboutAmount } from './spokenAmount.js';

/** As many as a person keeps in mind. */
const DECIMALS = 4;

const args = z.object({
  expression: z
    .string()
    .max(MAX_EXPRESSION_LENGTH)
    .describe('numbers, + - * / ^, sqrt(), cbrt() and brackets, e.g. "15 / 100 * 80"'),
});
export type MathArgs = z.infer<typeof args>;

const TROUBLE = {
  'division-by-zero': 'Nothing can be divided by zero.',
  'not-real': 'That has no real result: it is the root of a negative number.',
  'too-large': 'That is too large for me to work out.',
} as const satisfies Record<ReckoningError['reason'], string>;

/** "What is 12 times 7", "fifteen percent of 80", "the square root of 144". */
export function mathSkill(math: MathLibrary): IntentSkill<MathArgs> {
  return {
    name: 'math',
    description: 'Works out arithmetic exactly.',
    args,
    understand: (words) => {
      const expression = expressionOf(asOrder(words));
      if (expression === undefined || !readExpression(expression)) return undefined;
      return { args: { expression }, why: `"${words}" asks for ${expression}` };
    },
    run: async ({ expression }) => {
      const read = readExpression(expression);
      if (!read) return 'I can only add, subtract, multiply, divide and take powers and roots.';
      try {
        const result = aboutAmount(evaluate(read, math), DECIMALS);
        return `That's ${result}.`;
      } catch (error) {
        if (!(error instanceof ReckoningError)) throw error;
        return TROUBLE[error.reason];
      }
    },
  };
}
