import { formatBytes } from '../../models/freeSpace.js';
import type { Check } from '../check.js';
import type { Computer } from '../computer.js';
import type { OllamaReport } from '../ollamaReport.js';

/**
 * Of the program with its models at work. `/usr/bin/time -v pressel transcribe` of a sentence of three seconds peaked at
 * 350 MB on x64; the rest is an allowance for a Piper voice and the microphone's process.
 */
const PROGRAM_BYTES = 500_000_000;
/** Of the system without a desktop. */
const SYSTEM_BYTES = 200_000_000;
/** A model in memory is larger than its file, by what it remembers of the conversation. */
const LOADED_TO_FILE = 1.2;

export interface MemoryCheckOptions {
  /** `llm.model`. */
  readonly model: string;
  /** Undefined: the model server is another computer, and its memory is its own. */
  readonly report: ((signal: AbortSignal) => Promise<OllamaReport>) | undefined;
}

/** Whether the program and its models fit into the memory together. */
export function memoryCheck(computer: Computer, { model, report }: MemoryCheckOptions): Check {
  return {
    group: 'system',
    name: 'memory',
    run: async (signal) => {
      const text = (await computer.text('/proc/meminfo')) ?? '';
      const [totalBytes, availableBytes] = [bytesOf(text, 'MemTotal'), bytesOf(text, 'MemAvailable')];
      if (totalBytes === undefined) return { verdict: 'skipped', reason: 'the system does not tell how much there is' };
      const { fileBytes, loadedBytes } = (await report?.(signal)) ?? {};
      const modelBytes = loadedBytes ?? (fileBytes === undefined ? 0 : fileBytes * LOADED_TO_FILE);
      const neededBytes = SYSTEM_BYTES + PROGRAM_BYTES + modelBytes;
      const details = { totalBytes, availableBytes: availableBytes ?? null, neededBytes };
      const withModel = modelBytes === 0 ? '' : `, ${formatBytes(modelBytes)} of it for ${model}`;
      const needs = `about ${formatBytes(neededBytes)} needed${withModel}`;
      if (neededBytes <= totalBytes) {
        const free = availableBytes === undefined ? '' : `, ${formatBytes(availableBytes)} free now`;
        return { verdict: 'ok', reason: `${formatBytes(totalBytes)}${free}; ${needs}`, details };
      }
      return {
        verdict: 'degraded',
        reason: `${formatBytes(totalBytes)} are too little: ${needs}`,
        remedy:
          modelBytes > 0
            ? 'ollama pull qwen2.5:0.5b, and set llm.model = "qwen2.5:0.5b"; or let another computer run it (llm.url)'
            : 'close other programs, and let another computer run the chat model (llm.url)',
        details,
      };
    },
  };
}

/** /proc/meminfo (proc(5)) counts in KiB. */
function bytesOf(meminfo: string, name: string): number | undefined {
  const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(meminfo)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}
