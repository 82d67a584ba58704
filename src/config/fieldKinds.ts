import { z } from 'zod';

/**
 * The kinds of values a configuration has. Each carries, as the message of every failure, what was expected, so that a
 * complaint reads "expected a whole number from 0 to 5000 (ms), found "fast"".
 */

interface Range {
  readonly min: number;
  readonly max: number;
  /** Shown in brackets: ms, tokens. */
  readonly unit?: string;
}

function rangeText(kind: string, { min, max, unit }: Range): string {
  return `${kind} from ${min} to ${max}${unit ? ` (${unit})` : ''}`;
}

export function whole(range: Range) {
  const error = rangeText('a whole number', range);
  return z.int({ error }).min(range.min, { error }).max(range.max, { error });
}

export function decimal(range: Range) {
  const error = rangeText('a number', range);
  return z.number({ error }).min(range.min, { error }).max(range.max, { error });
}

export function flag() {
  return z.boolean({ error: 'true or false' });
}

export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: `one of ${values.map((value) => `"${value}"`).join(', ')}` });
}

/** Any text that is not empty. */
export function text(what: string) {
  return z.string({ error: what }).min(1, { error: what });
}

/** Text that `isValid` accepts; `what` says which. */
export function textThat(what: string, isValid: (value: string) => boolean) {
  return z.string({ error: what }).refine(isValid, { error: what });
}

/** Before the check of a list: a text with commas is one, which is what an environment variable can hold. */
export function commaSeparated(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** How long a model server keeps a model: seconds, or a duration with its unit. Ollama rejects "-1" as text. */
export function keepAlive() {
  const error = 'seconds (-1: for ever) or a duration such as "10m"';
  return z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value),
    z.union([z.int({ error }).min(-1, { error }), z.string({ error }).regex(/^\d+(\.\d+)?(ms|s|m|h)$/, { error })], {
      error,
    }),
  );
}
