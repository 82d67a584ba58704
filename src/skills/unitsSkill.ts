import { z } from 'zod';
import { ConversionError, convert, measureNamed } from '../reckoning/convert.js';
import { MEASURES, type Measure, measureOf } from '../reckoning/measures.js';
import type { MathLibrary } from '../reckoning/openMath.js';
import type { IntentSkill } from './intent.js';
import { countOf } from './slots/numberOf.js';
import { asOrder } from './slots/requestFrame.js';
import { aboutAmount } from './spokenAmount.js';
import { capitalised } from './spokenList.js';

const DECIMALS = 2;
/** Names of a unit are at most this many words: "degrees Celsius", "kilometres per hour". */
const MAX_UNIT_WORDS = 3;

/** A text to the model, for whom a list of all units would be three quarters of a kilobyte to read; checked when it calls. */
const unit = z
  .string()
  .refine((name) => measureNamed(name) !== undefined, {
    error: 'not a known unit: write it out, such as "mile" or "kilogram"',
  })
  .describe('in singular, such as "mile"');
const args = z.object({ value: z.number(), from: unit, to: unit });
export type UnitsArgs = z.infer<typeof args>;

const QUESTIONS = [
  /^how many (?<to>.+?) (?:are |is )?(?:there )?(?:are |is )?(?:in|make up|makes up|make|makes|to|equals?) (?<quantity>.+)$/,
  /^how many (?<to>.+?) (?:is|are) (?<quantity>.+)$/,
  /^(?:convert|change|turn) (?<quantity>.+) (?:to|into|in) (?<to>.+)$/,
  /^(?:what's|what is|what are|how much is|how much are|how far is|how long is|how heavy is|how hot is|how warm is|how cold is|how fast is|how big is|how tall is) (?<quantity>.+) (?:in|to|into|as) (?<to>.+)$/,
  /^(?:what|how (?:much|far|long|heavy|hot|warm|cold|fast)) would (?<quantity>.+) be (?:in|as) (?<to>.+)$/,
  /^what (?<quantity>.+) (?:is|are) (?:in|to|into|as) (?<to>.+)$/,
  /^how (?:many|much) (?<to>.+?) (?<quantity>.+) (?:is|are|has|have|makes?)$/,
  /^(?<quantity>.+) (?:in|to|into|as) (?<to>.+)$/,
];

/** "How many centimetres in an inch", "convert 5 miles to kilometres", "100 fahrenheit in celsius". */
export function unitsSkill(math: MathLibrary): IntentSkill<UnitsArgs> {
  return {
    name: 'units',
    description:
      'Converts lengths, weights, volumes, temperatures, times, speeds, areas, amounts of data and energies.',
    related: MEASURES.flatMap(({ one, many }) => [one, many]),
    args,
    understand: (words) => {
      const asked = unitsRequest(asOrder(words));
      return asked && { args: asked, why: `"${words}" asks for ${asked.value} ${asked.from} in ${asked.to}` };
    },
    run: async ({ value, from, to }, { language }) => {
      const [given, wanted] = [measureNamed(from), measureNamed(to)];
      if (!given || !wanted) return 'I do not know that unit.';
      try {
        const result = convert(value, given, wanted, language, math);
        const verb = value === 1 ? 'is' : 'are';
        return `${capitalised(`${aboutAmount(value, 4)} ${nameOf(given, value)}`)} ${verb} ${aboutAmount(result, DECIMALS)} ${nameOf(wanted, result)}.`;
      } catch (error) {
        if (!(error instanceof ConversionError)) throw error;
        return refusal(error.reason, given, wanted);
      }
    },
  };
}

function unitsRequest(order: string): UnitsArgs | undefined {
  for (const pattern of QUESTIONS) {
    const groups = pattern.exec(order)?.groups;
    const wanted = measureOf(groups?.['to'] ?? '');
    const quantity = wanted && quantityOf(groups?.['quantity'] ?? '');
    if (!quantity) continue;
    const [from, to] = [fluid(quantity.measure, wanted), fluid(wanted, quantity.measure)];
    if (from.of === to.of && from !== to) return { value: quantity.value, from: from.one, to: to.one };
  }
  return undefined;
}

/** The ounces of a cup are fluid ones. */
function fluid(measure: Measure, other: Measure): Measure {
  return measure.unit === 'oz' && other.of === 'volume' ? (measureNamed('floz') ?? measure) : measure;
}

/** "5 miles", "an inch", "100 fahrenheit", "5km", "two and a half cups"; "minus 40 degrees celsius". */
function quantityOf(text: string): { readonly value: number; readonly measure: Measure } | undefined {
  const words = text.replace(/(\d)(?=[a-z]+$)/, '$1 ').split(' ');
  for (let length = MAX_UNIT_WORDS; length > 0; length--) {
    if (length >= words.length) continue;
    const measure = measureOf(words.slice(-length).join(' '));
    const value = measure && countOf(countWords(words.slice(0, -length)));
    if (value !== undefined && measure) return { value, measure };
  }
  return undefined;
}

/** "half a cup", "a quarter of an inch", "one". */
function countWords(words: readonly string[]): string {
  return words.join(' ').replace(/^(.*\b(?:half|thirds?|quarters?))(?: of)? an?$/, '$1');
}

function nameOf({ one, many }: Measure, value: number): string {
  return value === 1 ? one : many;
}

function refusal(reason: ConversionError['reason'], from: Measure, to: Measure): string {
  if (reason === 'unlike') return `${capitalised(from.many)} cannot be converted into ${to.many}.`;
  return reason === 'no-number' ? 'I need a number to convert.' : 'Nothing is that cold.';
}
