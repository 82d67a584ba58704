import { z } from 'zod';
import type { Tool } from '../llm/chatModel.js';
import type { IntentSkill } from './intent.js';
import { type ToolWords, toolWords } from './toolWords.js';

/** A skill as the chat model may call it. */
export interface SkillTool {
  readonly skill: IntentSkill<unknown>;
  readonly tool: Tool;
  /** What makes an utterance worth telling the model of it. */
  readonly words: ToolWords;
}

/** Each skill as a tool; of two of one name the first. Made once, so that the model reads the same bytes always. */
export function skillTools(skills: readonly IntentSkill<unknown>[]): readonly SkillTool[] {
  const first = new Map<string, IntentSkill<unknown>>();
  for (const skill of skills) if (!first.has(skill.name)) first.set(skill.name, skill);
  return [...first.values()].map((skill) => {
    const tool = { name: skill.name, description: skill.description, parameters: parametersOf(skill) };
    return { skill, tool, words: toolWords(tool, skill.cues) };
  });
}

type Schema = Readonly<Record<string, unknown>>;

/** What model servers read of a schema. The rest, such as limits, would cost tokens; it is checked when the model calls. */
const KEPT = ['type', 'description', 'enum', 'const', 'properties', 'required', 'items', 'anyOf'];

function parametersOf({ args }: IntentSkill<unknown>): Schema {
  const schema = reduced(z.toJSONSchema(args, { unrepresentable: 'any', io: 'input' }));
  return schema['type'] === 'object' ? schema : { type: 'object', properties: {} };
}

function reduced(schema: Schema): Schema {
  const kept = KEPT.flatMap((key) => (schema[key] === undefined ? [] : [[key, reducedValue(key, schema[key])]]));
  return Object.fromEntries(kept);
}

function reducedValue(key: string, value: unknown): unknown {
  if (key === 'properties' && isSchema(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, isSchema(each) ? reduced(each) : each]),
    );
  }
  if (key === 'anyOf' && Array.isArray(value)) return value.map((each) => (isSchema(each) ? reduced(each) : each));
  return key === 'items' && isSchema(value) ? reduced(value) : value;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
