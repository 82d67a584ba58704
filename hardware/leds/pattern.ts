import { COLOUR_NAMES, parseColour, type Rgb } from './rgb.js';

/** How light changes over time. Drawn by `renderPattern`. */
export type LedPattern =
  | { readonly kind: 'off' }
  | { readonly kind: 'solid'; readonly colour: Rgb }
  /** `breathe` swells and fades, `blink` is on for half of the period, `spin` goes round, fading behind itself. */
  | { readonly kind: 'breathe' | 'blink' | 'spin'; readonly colour: Rgb; readonly periodMs: number }
  /** So many short flashes at the beginning of each period, a faint glow for the rest of it. */
  | { readonly kind: 'pulse'; readonly colour: Rgb; readonly periodMs: number; readonly flashes: number };

/** A flash of `pulse`, and the pause that follows it: under three flashes a second, which is safe for everybody. */
export const FLASH_MS = 150;
export const FLASH_PAUSE_MS = 250;

const MIN_PERIOD_MS = 100;
const MAX_PERIOD_MS = 60_000;
const MAX_FLASHES = 9;

/** A text is not a light pattern. The message goes on from "expected". */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

type Parts = { colour?: Rgb; periodMs?: number; flashes?: number };

/** What each kind is made of besides its name, in the order in which people write it. */
const PARTS_OF: Readonly<Record<LedPattern['kind'], readonly (keyof Parts)[]>> = {
  off: [],
  solid: ['colour'],
  breathe: ['colour', 'periodMs'],
  blink: ['colour', 'periodMs'],
  spin: ['colour', 'periodMs'],
  pulse: ['colour', 'periodMs', 'flashes'],
};

const EXAMPLES: Readonly<Record<LedPattern['kind'], string>> = {
  off: 'off',
  solid: 'solid #0030ff',
  breathe: 'breathe #0030ff 4s',
  blink: 'blink red 500ms',
  spin: 'spin white 1s',
  pulse: 'pulse orange 4s 3x',
};

/**
 * Reads a pattern as the owner writes it: `off`, `solid #0030ff`, `breathe blue 4s`, `blink red 500ms`, `spin #fff 1s`,
 * `pulse orange 4s 3x`. Colours are `#rgb`, `#rrggbb` or a name; a period is in ms or s; `3x` counts flashes.
 * @throws {PatternError} when it is not one, saying which part is wrong
 */
export function parsePattern(text: string): LedPattern {
  const [word = '', ...rest] = text.trim().toLowerCase().split(/\s+/);
  if (!isKind(word)) {
    throw new PatternError(`${list(Object.values(EXAMPLES))} (there is no pattern "${word}")`);
  }
  const parts: Parts = {};
  for (const part of rest) Object.assign(parts, parsePart(part, word));
  const { colour, periodMs, flashes } = complete(word, parts);
  switch (word) {
    case 'off':
      return { kind: word };
    case 'solid':
      return { kind: word, colour };
    case 'pulse':
      return { kind: word, colour, periodMs: withRoomFor(flashes, periodMs), flashes };
    default:
      return { kind: word, colour, periodMs };
  }
}

function isKind(word: string): word is LedPattern['kind'] {
  return Object.hasOwn(PARTS_OF, word);
}

function parsePart(part: string, kind: LedPattern['kind']): Parts {
  const duration = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(part);
  if (duration) return { periodMs: periodOf(Number(duration[1]) * (duration[2] === 's' ? 1000 : 1), part) };
  const count = /^(\d+)x$/.exec(part);
  if (count) return { flashes: flashesOf(Number(count[1]), part) };
  const colour = parseColour(part);
  if (colour) return { colour };
  if (/^\d+(\.\d+)?$/.test(part)) throw new PatternError(`a time with its unit, "500ms" or "4s" ("${part}" has none)`);
  if (part.startsWith('#')) throw new PatternError(`a colour such as "#03f" or "#0030ff" ("${part}" is none)`);
  throw new PatternError(
    `a pattern such as "${EXAMPLES[kind]}", with a colour such as "#0030ff" or ${list(COLOUR_NAMES)} ("${part}" is none)`,
  );
}

function periodOf(periodMs: number, part: string): number {
  if (periodMs >= MIN_PERIOD_MS && periodMs <= MAX_PERIOD_MS) return periodMs;
  throw new PatternError(`a time from ${MIN_PERIOD_MS}ms to ${MAX_PERIOD_MS / 1000}s ("${part}" is not)`);
}

function flashesOf(flashes: number, part: string): number {
  if (flashes >= 1 && flashes <= MAX_FLASHES) return flashes;
  throw new PatternError(`from 1x to ${MAX_FLASHES}x flashes ("${part}" is not)`);
}

/** All parts that `kind` needs, and no other. */
function complete(kind: LedPattern['kind'], parts: Parts): Required<Parts> {
  const wanted = PARTS_OF[kind];
  for (const part of ['colour', 'periodMs', 'flashes'] as const) {
    if (wanted.includes(part) === (parts[part] !== undefined)) continue;
    const what = { colour: 'colour', periodMs: 'time', flashes: 'number of flashes' }[part];
    throw new PatternError(`"${EXAMPLES[kind]}" ("${kind}" ${wanted.includes(part) ? 'needs a' : 'takes no'} ${what})`);
  }
  return { colour: [0, 0, 0], periodMs: 0, flashes: 0, ...parts };
}

function withRoomFor(flashes: number, periodMs: number): number {
  const neededMs = (flashes + 1) * (FLASH_MS + FLASH_PAUSE_MS);
  if (periodMs >= neededMs) return periodMs;
  throw new PatternError(
    `a time of at least ${neededMs}ms: ${flashes}x flashes and a pause do not fit into ${periodMs}ms`,
  );
}

function list(values: readonly string[]): string {
  return values.map((value) => `"${value}"`).join(', ');
}
