import { z } from 'zod';
import { catalogue } from '../models/catalogue.js';
import type { Complaint, GivenSetting } from './givenSetting.js';
import { didYouMean } from './nearestName.js';
import { configSchema } from './schema.js';
import { KNOWN_VOICES } from './voiceSetting.js';

/**
 * Checks one value on its own. Text from the environment may stand for a number or for true and false.
 * @returns the setting with the value as the schema understands it, or the line that says what is wrong
 */
export function checkSetting(given: GivenSetting): GivenSetting | Complaint {
  const schema = settingSchema(given.section, given.key);
  let expected: string | undefined;
  for (const reading of readings(given)) {
    const result = schema.safeParse(reading);
    if (result.success) return { ...given, value: result.data };
    expected = result.error.issues[0]?.message;
  }
  const name = `${given.section}.${given.key}`;
  const meant = typeof given.value === 'string' ? didYouMean(given.value, validValues(name, schema)) : '';
  return { problem: `${given.where}: ${name}: expected ${expected}, found ${show(given.value)}${meant}` };
}

/** The value of a setting that nobody gave. */
export function defaultOf(section: string, key: string): unknown {
  return settingSchema(section, key).parse(undefined);
}

/** What a value of the setting must be, in the words of a complaint: "a whole number from 0 to 5000 (ms)". */
export function expectedOf(section: string, key: string): string {
  // No setting takes a symbol, and undefined would stand for the default.
  return settingSchema(section, key).safeParse(Symbol('no value')).error?.issues[0]?.message ?? '';
}

/** What a value may mean, the literal reading first. */
function readings({ value, isText }: GivenSetting): unknown[] {
  if (!isText || typeof value !== 'string') return [value];
  const readAs: unknown[] = [value];
  if (/^[+-]?\d+(\.\d+)?$/.test(value)) readAs.push(Number(value));
  if (value === 'true' || value === 'false') readAs.push(value === 'true');
  return readAs;
}

function settingSchema(section: string, key: string): z.ZodType {
  const sections: Readonly<Record<string, z.ZodObject>> = configSchema.shape;
  const schema = sections[section]?.shape[key];
  if (!(schema instanceof z.ZodType)) throw new Error(`there is no setting ${section}.${key}`);
  return schema;
}

/** The values that can be listed, to find the one that was meant. */
function validValues(name: string, schema: z.ZodType): readonly string[] {
  if (name === 'tts.voice') return KNOWN_VOICES;
  if (name === 'asr.model') return catalogue.filter((model) => model.purpose === 'asr').map((model) => model.id);
  const inner = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  return inner instanceof z.ZodEnum ? inner.options.map(String) : [];
}

/** A value as a complaint names it. */
export function show(value: unknown): string {
  if (typeof value === 'number') return String(value); // JSON knows neither nan nor inf
  if (value instanceof Date) return `the date ${value.toISOString()}`;
  return JSON.stringify(value) ?? String(value);
}
