import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import type { Clock } from '../../../hardware/clock.js';
import { messageOf } from '../../failures/messageOf.js';
import { childEnvironment } from '../../processes/childEnvironment.js';
import { type ProgramTrouble, programTrouble } from '../../processes/findProgram.js';
import { type CommandEnd, runCommand } from '../../processes/runCommand.js';
import { speakable } from '../../speech/text/speakableText.js';
import type { IntentSkill } from '../intent.js';
import { FAILED } from '../spokenFailure.js';
import { OWN_WATCH_MS } from '../withinTime.js';
import { SlowExpressionError } from './boundedExpression.js';
import { type OnFailure, shortened } from './guardedSkill.js';
import type { ExecTable } from './skillTables.js';
import {
  expressionPattern,
  PatternError,
  type SpokenSlots,
  type UtterancePattern,
  wordPattern,
} from './utterancePattern.js';

/** So much of the output is spoken. */
const MAX_SPOKEN_CHARS = 500;
/** What was said in one slot is at most so long. */
const MAX_SLOT_CHARS = 100;

/** Said where the command has nothing to say. */
const DONE = 'Done.';
const TOO_SLOW = 'Sorry, that took too long.';
const REFUSED = 'Sorry, I cannot do that with these words.';

/** What an argument may be made of: one line that no program takes for an option. */
const slotValue = z
  .string()
  .trim()
  .min(1)
  .max(MAX_SLOT_CHARS)
  .regex(/^[^-\p{Cc}][^\p{Cc}]*$/u, { error: 'must be plain words and not begin with "-"' });

export interface ExecSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly onFailure: OnFailure;
}

/**
 * A skill that runs a program and says what it prints. No shell is involved, and what was said becomes part of single
 * arguments: nothing that is said can become another argument or an option.
 * @throws {PatternError} where a pattern cannot be used, or lacks a slot that the command needs
 */
export function execSkill(name: string, table: ExecTable, surroundings: ExecSurroundings): IntentSkill<SpokenSlots> {
  const patterns = table.patterns.map(execPattern);
  const needed = [...new Set(table.command.flatMap(slotsOf))];
  for (const pattern of patterns) {
    const missing = needed.find((slot) => !pattern.slots.includes(slot));
    if (missing !== undefined)
      throw new PatternError(`${pattern.source} has no slot {${missing}}, which the command needs`);
  }
  const args = z.object(Object.fromEntries(needed.map((slot) => [slot, slotValue])));
  return {
    name,
    description: table.description,
    args,
    timeoutMs: table.timeout_ms + OWN_WATCH_MS,
    understand: (words) => {
      for (const pattern of patterns) {
        const slots = matched(pattern, words, (why) => surroundings.onFailure(name, why));
        const parsed = slots && args.safeParse(slots);
        if (parsed?.success) return { args: parsed.data, why: `"${words}" matches ${pattern.source}` };
      }
      return undefined;
    },
    run: async (given, { language }, signal) => {
      const slots = args.safeParse(given);
      if (!slots.success) return REFUSED;
      const argv = table.command.map((argument) => filled(argument, slots.data));
      const end = await runCommand(
        argv,
        {
          env: childEnvironment(surroundings.env, table.env),
          cwd: table.working_folder,
          timeoutMs: table.timeout_ms,
          clock: surroundings.clock,
        },
        signal,
      );
      const failure = failureOf(end, table);
      if (failure !== undefined) surroundings.onFailure(name, failure);
      return spokenEnd(end, language);
    },
  };
}

/** Why the program of a table cannot be run now, or undefined. */
export function execTrouble(
  table: Pick<ExecTable, 'command' | 'env' | 'working_folder'>,
  env: ExecSurroundings['env'],
): Promise<ProgramTrouble | undefined> {
  const searchPath = childEnvironment(env, table.env)['PATH'] ?? '';
  return programTrouble(table.command[0] ?? '', searchPath, table.working_folder);
}

function matched(pattern: UtterancePattern, words: string, onSlow: (why: string) => void): SpokenSlots | undefined {
  try {
    return pattern.match(words);
  } catch (error) {
    if (!(error instanceof SlowExpressionError)) throw error;
    onSlow(error.message);
    return undefined;
  }
}

/** `/^dim to (?<level>.+)$/` or `dim to {level}`. @throws {PatternError} */
export function execPattern(source: string): UtterancePattern {
  const expression = /^\/(.+)\/$/.exec(source)?.[1];
  if (expression === undefined) return wordPattern(source);
  try {
    return expressionPattern(new RegExp(expression, 'u'));
  } catch (error) {
    if (error instanceof PatternError) throw error;
    throw new PatternError(`${source} is no regular expression: ${messageOf(error)}`);
  }
}

function slotsOf(argument: string): string[] {
  return [...argument.matchAll(/\{([a-z][a-z0-9_]*)\}/g)].flatMap(([, slot]) => slot ?? []);
}

/** In one go: what a slot says is not looked at again. */
function filled(argument: string, slots: SpokenSlots): string {
  return argument.replaceAll(/\{([a-z][a-z0-9_]*)\}/g, (whole, slot: string) => slots[slot] ?? whole);
}

function spokenEnd(end: CommandEnd, language: string): string {
  if (end.ended === 'timedOut') return TOO_SLOW;
  if (end.ended !== 'exited' || end.status !== 0) return FAILED;
  const text = withoutControls(end.stdout).slice(0, 2 * MAX_SPOKEN_CHARS);
  const said = shortened(speakable(text, language), MAX_SPOKEN_CHARS);
  return said === '' ? DONE : said;
}

/** Without colours and what else steers a terminal. */
function withoutControls(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/(?![\n\t\r])\p{Cc}/gu, '');
}

function failureOf(end: CommandEnd, { command, timeout_ms }: ExecTable): string | undefined {
  const [program] = command;
  switch (end.ended) {
    case 'timedOut':
      return `${program} was ended after ${timeout_ms} ms (timeout_ms)`;
    case 'notStarted':
      return `${program} cannot be started: ${end.error.message}`;
    case 'killed':
      return `${program} was ended by ${end.by}`;
    case 'exited':
      return end.status === 0 ? undefined : `${program} ended with status ${end.status}: ${firstLine(end.stderr)}`;
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0]?.slice(0, 200) || 'it wrote no error';
}
