/** A chat model that can be recommended. */
export interface ChatModelCandidate {
  /** As Ollama's library has it. */
  readonly name: string;
  /** The download (bytes); from Ollama's library. */
  readonly bytes: number;
  /** How fast it writes, tokens/s, by the model of generation speed below. */
  readonly pi4: number;
  readonly pi5: number;
  /** Whether it can use skills by itself. */
  readonly takesTools: boolean;
  /** As Ollama's library has it beside the model. */
  readonly licence: string;
  readonly remark: string;
}

/**
 * From the one that answers best to the smallest. Speeds: file size / memory bandwidth + a constant for each token
 * (Pi 5: 10.3 GB/s and 3 ms, Pi 4: 3.3 GB/s and 8 ms), which meets published measurements of llama3.x, TinyLlama and gemma
 * on both boards within 10 % (geerlingguy/ai-benchmarks; llamafile's "LLaMA now goes faster on CPUs"). Estimates, not
 * measurements of ours: "pressel bench" measures.
 */
export const CHAT_MODELS: readonly ChatModelCandidate[] = [
  {
    name: 'llama3.2:1b',
    bytes: 1320e6,
    pi4: 2.5,
    pi5: 7.6,
    takesTools: true,
    licence: 'Llama 3.2 Community License',
    remark: 'the best answers of these',
  },
  {
    name: 'gemma3:1b',
    bytes: 815e6,
    pi4: 3.9,
    pi5: 12,
    takesTools: false,
    licence: 'Gemma Terms of Use',
    remark: 'good answers; cannot use skills',
  },
  {
    name: 'qwen2.5:0.5b',
    bytes: 398e6,
    pi4: 7.8,
    pi5: 24,
    takesTools: true,
    licence: 'Apache-2.0',
    remark: 'quick; short and simple answers',
  },
  {
    name: 'gemma3:270m',
    bytes: 292e6,
    pi4: 10,
    pi5: 32,
    takesTools: false,
    licence: 'Gemma Terms of Use',
    remark: 'very quick; often wrong',
  },
];

/** Speech is 3.3 tokens/s; half as much again keeps the voice from waiting for words. */
const LEAST_TOKENS_PER_S = 5;

/** Ollama at work with a context of 2048 tokens and its cache, beside the file itself. An estimate. */
export const SERVER_BYTES = 300e6;
/** The system, and Pressel with its speech models at work: 310 to 600 MB measured on a desktop, by voice. An estimate. */
export const REST_BYTES = 900e6;

/** The machine as far as it matters here. */
export interface ChatMachine {
  /** MemTotal. */
  readonly memoryBytes: number;
  /** Which of the two boards it is as fast as; undefined: nobody knows. */
  readonly speed: BoardSpeed | undefined;
}

export type BoardSpeed = 'pi4' | 'pi5';

/** The Pi 5 and its relatives; all that came before them counts as a Pi 4, though it may be slower. */
export function speedOf(model: string | undefined): BoardSpeed | undefined {
  if (model === undefined || !model.startsWith('Raspberry Pi')) return undefined;
  return /^Raspberry Pi (?:5\b|500|Compute Module 5)/.test(model) ? 'pi5' : 'pi4';
}

/** Whether it can be in memory together with everything else. */
export function fitsMemory({ bytes }: Pick<ChatModelCandidate, 'bytes'>, { memoryBytes }: ChatMachine): boolean {
  return bytes + SERVER_BYTES + REST_BYTES <= memoryBytes;
}

/** Whether it writes faster than it is spoken; a computer of unknown speed is taken for a fast one. */
export function isQuickEnough(model: ChatModelCandidate, { speed = 'pi5' }: ChatMachine): boolean {
  return model[speed] >= LEAST_TOKENS_PER_S;
}

/**
 * The best model for a machine that can use skills and keeps up with speech; undefined where none fits into its memory,
 * as on a Pi of 1 GB: the swapping would take the voice and the ears with it.
 */
export function chatModelFor(machine: ChatMachine): ChatModelCandidate | undefined {
  const fitting = CHAT_MODELS.filter((model) => fitsMemory(model, machine) && isQuickEnough(model, machine));
  return fitting.find(({ takesTools }) => takesTools) ?? fitting[0];
}

/** Below this the voice is the small one that ships with the program: a Piper voice takes 165 to 370 MB at work. */
const PIPER_MEMORY_BYTES = 1.5e9;

/** Whether a Piper voice fits beside the rest. */
export function fitsPiperVoice(memoryBytes: number): boolean {
  return memoryBytes >= PIPER_MEMORY_BYTES;
}
