import { z } from 'zod';
import { didYouMean } from '../../config/nearestName.js';
import { messageOf } from '../../failures/messageOf.js';
import type { IntentSkill } from '../intent.js';
import { isPlainObject, jsonSchemaArgs } from './jsonSchemaArgs.js';
import { NAME_RULE, SKILL_NAME } from './skillTables.js';
import { expressionPattern, PatternError, type UtterancePattern, wordPattern } from './utterancePattern.js';

/** A skill, and who may ask for it. */
export interface CheckedSkill {
  readonly skill: IntentSkill<unknown>;
  /** It understands utterances by itself. */
  readonly isRouted: boolean;
  /** The chat model may call it. */
  readonly isTool: boolean;
  /** Utterances that it understands, where that is known. */
  readonly examples: readonly string[];
}

/** What is exported is no skill. `message` says which member is wrong and what it has to be. */
export class OwnSkillError extends Error {
  override readonly name = 'OwnSkillError';
}

const MEMBERS = ['name', 'description', 'patterns', 'understand', 'args', 'tool', 'run'];

/**
 * Makes a skill of what a file exports.
 * @param exported the default export
 * @throws {OwnSkillError}
 */
export function checkOwnSkill(exported: unknown): CheckedSkill {
  const own = typeof exported === 'function' ? made(exported) : exported;
  if (!isPlainObject(own)) throw new OwnSkillError('expected a skill as its default export, found none');
  const { name, description, understand, run, tool = true } = own;
  for (const member of Object.keys(own)) {
    const meant = MEMBERS.includes(member) ? '' : didYouMean(member, MEMBERS);
    if (meant !== '') throw new OwnSkillError(`unknown member "${member}"${meant}`);
  }
  if (typeof name !== 'string' || !SKILL_NAME.test(name)) throw expected('name', NAME_RULE, name);
  if (typeof description !== 'string' || description.trim() === '')
    throw expected('description', 'a sentence', description);
  if (typeof run !== 'function') throw expected('run', 'a function', run);
  if (understand !== undefined && typeof understand !== 'function')
    throw expected('understand', 'a function', understand);
  if (typeof tool !== 'boolean') throw expected('tool', 'true or false', tool);
  const patterns = patternsOf(own['patterns'] ?? []);
  const isRouted = patterns.length > 0 || understand !== undefined;
  if (!isRouted && !tool) throw new OwnSkillError('patterns or understand: expected one of them, as tool is false');
  const args = argsOf(own['args'], patterns);
  const skill: IntentSkill<unknown> = {
    name,
    description,
    args,
    understand: (words) => {
      for (const pattern of patterns) {
        const slots = pattern.match(words);
        const parsed = slots && args.safeParse(slots);
        if (parsed?.success) return { args: parsed.data, why: `"${words}" matches ${pattern.source}` };
      }
      const understood: unknown = understand?.call(own, words);
      const parsed = understood === undefined || understood === null ? undefined : args.safeParse(understood);
      return parsed?.success ? { args: parsed.data, why: `${name} understands "${words}"` } : undefined;
    },
    run: async (given, context, signal) => run.call(own, given, context, signal),
  };
  return { skill, isRouted, isTool: tool, examples: patterns.flatMap(({ example }) => example ?? []) };
}

function made(make: CallableFunction): unknown {
  try {
    return make({ z });
  } catch (error) {
    throw new OwnSkillError(`its default export threw: ${messageOf(error)}`);
  }
}

function patternsOf(given: unknown): UtterancePattern[] {
  if (!Array.isArray(given)) throw expected('patterns', 'a list of texts and regular expressions', given);
  return given.map((pattern: unknown) => {
    if (!(pattern instanceof RegExp) && typeof pattern !== 'string')
      throw expected('patterns', 'a list of texts and regular expressions', pattern);
    try {
      return pattern instanceof RegExp ? expressionPattern(pattern) : wordPattern(pattern);
    } catch (error) {
      throw error instanceof PatternError ? new OwnSkillError(`patterns: ${error.message}`) : error;
    }
  });
}

function argsOf(given: unknown, patterns: readonly UtterancePattern[]): z.ZodType<unknown> {
  if (given === undefined) return slotTexts(patterns);
  if (isZod4(given)) return given;
  if (!isPlainObject(given) || '_def' in given) {
    throw expected('args', 'a type of zod 4 (export ({ z }) => ({ ... })) or a JSON Schema', given);
  }
  if (given['type'] !== 'object') throw expected('args', 'a JSON Schema of type "object"', given['type']);
  try {
    return jsonSchemaArgs(given);
  } catch (error) {
    throw new OwnSkillError(`args: ${messageOf(error)}`);
  }
}

/** Also of another copy of zod, which the owner's folder may have. */
function isZod4(value: unknown): value is z.ZodType<unknown> {
  return typeof value === 'object' && value !== null && '_zod' in value && 'safeParse' in value;
}

/** Texts: a slot that not all patterns have may be missing. */
function slotTexts(patterns: readonly UtterancePattern[]): z.ZodType<unknown> {
  const names = new Set(patterns.flatMap(({ slots }) => slots));
  return z.object(Object.fromEntries([...names].map((name) => [name, z.string().optional()])));
}

function expected(member: string, what: string, found: unknown): OwnSkillError {
  const shown = found === undefined ? 'nothing' : typeof found === 'function' ? 'a function' : JSON.stringify(found);
  return new OwnSkillError(`${member}: expected ${what}, found ${String(shown).slice(0, 100)}`);
}
