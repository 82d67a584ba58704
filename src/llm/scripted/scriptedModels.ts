import { isDeepStrictEqual } from 'node:util';

/** A model that the scripted server says it has. */
export interface ScriptedModel {
  /** With its tag: "qwen2.5:0.5b". */
  readonly name: string;
  /** "completion", "tools", "thinking", ... */
  readonly capabilities: readonly string[];
}

/** The options that the server reads only while it loads a model; with others it loads the model again. */
const LOAD_TIME_OPTIONS = ['num_ctx', 'num_batch', 'num_gpu', 'main_gpu', 'use_mmap', 'num_thread'];

/** The models on the scripted server's disk, and the one in its memory. */
export class ScriptedModels {
  readonly #models: readonly ScriptedModel[];
  #loaded: { readonly name: string; readonly loadOptions: object } | undefined;
  /** The last prompt, in words: a new prompt costs only from where it differs. */
  #cachedPrompt: readonly string[] = [];

  constructor(models: readonly ScriptedModel[]) {
    this.#models = models;
  }

  find(name: string): ScriptedModel | undefined {
    return this.#models.find((model) => model.name === name || model.name === `${name}:latest`);
  }

  /** Whether a request with these options can run without loading. */
  isLoaded(model: ScriptedModel, options: Readonly<Record<string, unknown>>): boolean {
    return this.#loaded?.name === model.name && isDeepStrictEqual(this.#loaded.loadOptions, loadOptions(options));
  }

  setLoaded(model: ScriptedModel, options: Readonly<Record<string, unknown>>): void {
    this.#loaded = { name: model.name, loadOptions: loadOptions(options) };
    this.#cachedPrompt = [];
  }

  unload(): void {
    this.#loaded = undefined;
    this.#cachedPrompt = [];
  }

  /** How many words a prompt has, and how many of them are new. The last word is always read again. */
  readPrompt(prompt: string): { words: number; newWords: number } {
    const words = prompt.split(/\s+/).filter((word) => word !== '');
    const differs = words.findIndex((word, i) => word !== this.#cachedPrompt[i]);
    this.#cachedPrompt = words;
    return { words: words.length, newWords: differs === -1 ? Math.min(1, words.length) : words.length - differs };
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
      template: '{{ .Prompt }}',
      details: details(),
      model_info: { 'general.architecture': 'scripted' },
      capabilities: model.capabilities,
      modified_at: MODIFIED_AT,
    };
  }
}

const MODIFIED_AT = '2026-01-01T00:00:00Z';

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
