import { formatBytes } from '../../models/freeSpace.js';
import { chatModelFor, REST_BYTES, SERVER_BYTES, speedOf } from '../../setup/tables/chatModelFor.js';
import type { Check } from '../check.js';
import type { Computer } from '../computer.js';
import type { OllamaReport } from '../ollamaReport.js';

export interface MemoryCheckOptions {
  /** `llm.model`. */
  readonly model: string;
  /** Undefined: the model server is another computer, and its memory is its own. */
  readonly report: ((signal: AbortSignal) => Promise<OllamaReport>) | undefined;
}

const ELSEWHERE =
  'let another computer run the chat model: set llm.url = "http://ADDRESS:11434"; and free this one of its desktop: sudo raspi-config nonint do_boot_behaviour B1 && sudo reboot';

/** Whether the program and its models fit into the memory together: by the same figures as setup recommends a model. */
export function memoryCheck(computer: Computer, { model, report }: MemoryCheckOptions): Check {
  return {
    group: 'system',
    name: 'memory',
    run: async (signal) => {
      const text = (await computer.text('/proc/meminfo')) ?? '';
      const [totalBytes, availableBytes] = [bytesOf(text, 'MemTotal'), bytesOf(text, 'MemAvailable')];
      if (totalBytes === undefined) return { verdict: 'skipped', reason: 'the system does not tell how much there is' };
      const { fileBytes, loadedBytes } = (await report?.(signal)) ?? {};
      const modelBytes = loadedBytes ?? (fileBytes === undefined ? 0 : fileBytes + SERVER_BYTES);
      const neededBytes = REST_BYTES + modelBytes;
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
        remedy: modelBytes === 0 ? ELSEWHERE : await smallerModel(computer, totalBytes, model),
        details,
      };
    },
  };
}

/** What "pressel setup" would choose for this computer. */
async function smallerModel(computer: Computer, memoryBytes: number, current: string): Promise<string> {
  const board = (await computer.text('/proc/device-tree/model'))?.replace(/\0+$/, '');
  const fitting = chatModelFor({ memoryBytes, speed: speedOf(board) });
  if (fitting === undefined) return `ollama stop ${current}; none fits beside the rest, so ${ELSEWHERE}`;
  const { name } = fitting;
  return `ollama pull ${name} && ollama stop ${current}, and set llm.model = "${name}"; or let another computer run it (llm.url)`;
}

/** /proc/meminfo (proc(5)) counts in KiB. */
function bytesOf(meminfo: string, name: string): number | undefined {
  const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(meminfo)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}
