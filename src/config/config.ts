import { configSchema, type RawConfig } from './schema.js';

type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

type CamelKeys<Section> = { readonly [Key in keyof Section & string as CamelCase<Key>]: Section[Key] };

type LastName<Section extends string> = Section extends `${string}.${infer Inner}` ? Inner : Section;

/**
 * The configuration as the program uses it: `config.llm.firstTokenTimeoutMs`; of `[skills.mqtt]`: `config.mqtt.url`. Meaning
 * and units: see `schema.ts`.
 */
export type Config = {
  readonly [Section in keyof RawConfig & string as CamelCase<LastName<Section>>]: CamelKeys<RawConfig[Section]>;
};

/** `first_token_timeout_ms` -> `firstTokenTimeoutMs`. */
export function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The same settings under the names that the program uses. */
export function toConfig(raw: RawConfig): Config {
  const sections = Object.entries(raw).map(([section, values]) => [
    camelCase(section.slice(section.lastIndexOf('.') + 1)),
    Object.fromEntries(Object.entries(values).map(([key, value]) => [camelCase(key), value])),
  ]);
  // The types of both sides are computed from one schema by the same renaming.
  return Object.fromEntries(sections) as Config;
}

/** Section -> keys, as in the file: `llm`, `skills`, `skills.mqtt`. */
export const SETTINGS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(configSchema.shape).map(([section, schema]) => [section, Object.keys(schema.shape)]),
);

/** What holds where nothing is configured. */
export const DEFAULT_CONFIG: Config = toConfig(
  configSchema.parse(Object.fromEntries([...SETTINGS.keys()].map((section) => [section, {}]))),
);
