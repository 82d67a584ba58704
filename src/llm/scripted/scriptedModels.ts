import { isDeepStrictEqual } from 'node:util';
import type { ToolPlace } from '../chatModel.js';
import { PromptCache } from './promptCache.js';

/** A model that the scripted server says it has. */
export interface ScriptedModel {
  /** With its tag: "qwen2.5:0.5b". */
  readonly name: string;
  /** "completion", "tools", "thinking", ... */
  readonly capabilities: readonly string[];
  /** Where its template puts tools. Default: behind the system prompt. */
  readonly toolPlace?: ToolPlace;
}

/** The options that the server reads only while it loads a model; with others it loads the model again. */
const LOAD_TIME_OPTIONS = ['num_ctx', 'num_batch', 'num_gpu', 'main_gpu', 'use_mmap', 'num_thread'];

/** The models on the scripted server's disk, and the one in its memory. */
export class ScriptedModels {
  readonly #models: ScriptedModel[];
  #loaded: { readonly name: string; readonly loadOptions: object; readonly cache: PromptCache } | undefined;

  constructor(models: readonly ScriptedModel[]) {
    this.#models = [...models];
  }

  /** It is on the disk from now on. */
  add(model: ScriptedModel): void {
    if (this.find(model.name) === undefined) this.#models.push(model);
  }

  find(name: string): ScriptedModel | undefined {
    return this.#models.find((model) => model.name === name || model.name === `${name}:latest`);
  }

  /** What the model holds of the last prompt; undefined when a request with these options must load it first. */
  cacheOf(model: ScriptedModel, options: Readonly<Record<string, unknown>>): PromptCache | undefined {
    const loaded = this.#loaded;
    if (loaded?.name !== model.name) return undefined;
    return isDeepStrictEqual(loaded.loadOptions, loadOptions(options)) ? loaded.cache : undefined;
  }

  /** From now on this model is in memory, and no other. It has read nothing yet. */
  load(model: ScriptedModel, options: Readonly<Record<string, unknown>>): PromptCache {
    const cache = new PromptCache();
    this.#loaded = { name: model.name, loadOptions: loadOptions(options), cache };
    return cache;
  }

  unload(): void {
    this.#loaded = undefined;
  }

  /** Body of `GET /api/tags`. */
  tags(): object {
    return { models: this.#models.map(entry) };
  }

  /** Body of `GET /api/ps`. */
  running(): object {
    const model = this.#loaded === undefined ? undefined : this.find(this.#loaded.name);
    if (model === undefined) return { models: [] };
    return {
      models: [{ ...entry(model), expires_at: '2318-01-01T00:00:00Z', size_vram: 0, context_length: 2048 }],
    };
  }

  /** Body of `POST /api/show`. */
  show(model: ScriptedModel): object {
    return {
      license: '',
      modelfile: '',
      parameters: '',
      template: model.toolPlace === 'lastQuestion' ? LAST_QUESTION_TEMPLATE : '{{ .Prompt }}',
      details: details(),
      model_info: { 'general.architecture': 'scripted' },
      capabilities: model.capabilities,
      modified_at: MODIFIED_AT,
    };
  }
}

const MODIFIED_AT = '2026-01-01T00:00:00Z';

/** As far as it tells where the tools go. */
const LAST_QUESTION_TEMPLATE =
  '{{ range $i, $_ := .Messages }}{{ $last := eq (len (slice $.Messages $i)) 1 }}{{ if and $.Tools $last }}{{ .Tools }}{{ end }}{{ .Content }}{{ end }}';

function loadOptions(options: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(LOAD_TIME_OPTIONS.map((key) => [key, options[key]]));
}

function entry({ name }: ScriptedModel): object {
  return { name, model: name, modified_at: MODIFIED_AT, size: 1, digest: '0'.repeat(64), details: details() };
}

function details(): object {
  return {
    parent_model: '',
    format: 'gguf',
    family: 'scripted',
    families: ['scripted'],
    parameter_size: '0',
    quantization_level: 'none',
  };
}
