import { z } from 'zod';

/** A JSON Schema, as plain data. */
export type JsonSchema = { readonly [key: string]: unknown };

/**
 * Arguments that a JSON Schema describes. `z.toJSONSchema` of the result gives the very schema back, so that the chat model is
 * told what the author wrote.
 * @throws {Error} where the schema says something that cannot be checked here, such as an external $ref
 */
export function jsonSchemaArgs(schema: JsonSchema): z.ZodType<unknown> {
  const type = z.fromJSONSchema(structuredClone(schema));
  return describedBy(type, schema);
}

/** Any object, described by a JSON Schema that somebody else checks. */
export function uncheckedArgs(schema: JsonSchema): z.ZodType<unknown> {
  return describedBy(z.record(z.string(), z.unknown()), schema);
}

function describedBy(type: z.ZodType<unknown>, schema: JsonSchema): z.ZodType<unknown> {
  // What zod asks first for the JSON Schema of a type.
  type._zod.toJSONSchema = () => structuredClone(schema);
  return type;
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
