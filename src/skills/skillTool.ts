import { z } from 'zod';
import type { Tool } from '../llm/chatModel.js';
import { toolTokens } from '../llm/promptTokens.js';
import type { IntentSkill } from './intent.js';
import { type ToolWords, toolWords } from './toolWords.js';

/** A skill as the chat model may call it. */
export interface SkillTool {
  readonly skill: IntentSkill<unknown>;
  readonly tool: Tool;
  /** What it takes of the model's context where it is the only one. */
  readonly tokens: number;
  /** What makes an utterance worth telling the model of it. */
  readonly words: ToolWords;
}

/** Each skill as a tool; of two of one name the first. */
export function skillTools(skills: readonly IntentSkill<unknown>[]): readonly SkillTool[] {
  return new SkillTools().of(skills);
}

/** Makes tools of skills, each once, so that the model reads the same bytes always. */
export class SkillTools {
  readonly #made = new WeakMap<IntentSkill<unknown>, SkillTool>();

  /** Those of skills that there are at this moment; of two of one name the first. */
  of(skills: readonly IntentSkill<unknown>[]): readonly SkillTool[] {
    const first = new Map<string, SkillTool>();
    for (const skill of skills) if (!first.has(skill.name)) first.set(skill.name, this.#toolOf(skill));
    return [...first.values()];
  }

  #toolOf(skill: IntentSkill<unknown>): SkillTool {
    const known = this.#made.get(skill);
    if (known) return known;
    const tool = { name: skill.name, description: skill.description, parameters: parametersOf(skill) };
    const made = { skill, tool, tokens: toolTokens([tool]), words: toolWords(tool, skill.cues, skill.related) };
    this.#made.set(skill, made);
    return made;
  }
}

type Schema = Readonly<Record<string, unknown>>;

/** What model servers read of a schema. The rest, such as limits, would cost tokens; it is checked when the model calls. */
const KEPT = ['type', 'description', 'enum', 'const', 'properties', 'required', 'items', 'anyOf'];

function parametersOf({ args }: IntentSkill<unknown>): Schema {
  const schema = reduced(z.toJSONSchema(args, { unrepresentable: 'any', io: 'input' }));
  return schema['type'] === 'object' ? schema : { type: 'object', properties: {} };
}

function reduced(schema: Schema): Schema {
  const kept = KEPT.flatMap((key) => (isReadable(key, schema[key]) ? [[key, reducedValue(key, schema[key])]] : []));
  return Object.fromEntries(kept);
}

/** A model server refuses the whole question for a value of another type, and other programs' tools may have any. */
function isReadable(key: string, value: unknown): boolean {
  switch (key) {
    case 'type':
      return typeof value === 'string' || isTexts(value);
    case 'description':
      return typeof value === 'string';
    case 'required':
      return isTexts(value);
    case 'enum':
    case 'anyOf':
      return Array.isArray(value);
    case 'properties':
      return isSchema(value);
    default:
      return value !== undefined;
  }
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function reducedValue(key: string, value: unknown): unknown {
  if (key === 'properties' && isSchema(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, isSchema(each) ? reduced(each) : {}]));
  }
  if (key === 'anyOf' && Array.isArray(value)) return value.map((each) => (isSchema(each) ? reduced(each) : {}));
  return key === 'items' && isSchema(value) ? reduced(value) : value;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
