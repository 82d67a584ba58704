import { z } from 'zod';
import type { IntentSkill } from './intent.js';
import { aboutAmount } from './spokenAmount.js';
import { spokenDuration } from './spokenDuration.js';

/** What the assistant knows of its own state; undefined where it cannot tell. */
export interface StatusSource {
  /** Whether the internet can be reached. Asked only when the owner asks. */
  isOnline(signal: AbortSignal): Promise<boolean | undefined>;
  /** Of the processor. */
  temperatureCelsius(): Promise<number | undefined>;
  memory(): Promise<{ readonly freeBytes: number; readonly totalBytes: number } | undefined>;
  /** Since the program was started. */
  runningMs(): number;
  model(): { readonly name: string; readonly isReady: boolean } | undefined;
}

const TOPICS = ['network', 'temperature', 'memory', 'uptime', 'model'] as const;
const args = z.object({ topic: z.enum(TOPICS) });
export type StatusArgs = z.infer<typeof args>;
type Topic = StatusArgs['topic'];

const PATTERNS: Readonly<Record<Topic, readonly RegExp[]>> = {
  network: [
    /^are you (?:online|offline|connected|on the internet|connected to the (?:internet|network)|on the network)$/,
    /^(?:do you have|have you got|is there) (?:an? |any )?(?:internet|network)(?: connection| access)?$/,
    /^is (?:the|your) (?:internet|network)(?: connection)? (?:up|down|on|working|ok|okay)$/,
  ],
  temperature: [
    /^how (?:warm|hot|cool) are you(?: running| getting)?$/,
    /^are you (?:too |running |getting )?(?:warm|hot|overheating)$/,
    /^what(?:'s| is) (?:your|the (?:cpu|processor|processor's|chip)) temperature$/,
  ],
  memory: [
    /^how much (?:free )?(?:memory|ram) (?:is|do you have|have you got|are you using|is there)(?: still)?(?: free| left| available| in use| used)?$/,
    /^how much (?:memory|ram) (?:is|do you have) (?:free|left|available)$/,
    /^what(?:'s| is) your (?:memory|ram)(?: usage)?$/,
  ],
  uptime: [
    /^how long have you been (?:running|on|up|awake|turned on|switched on|going)$/,
    /^what(?:'s| is) your uptime$/,
    /^when (?:were you|did you) (?:last )?(?:started|start|restarted|restart|turned on|switched on|boot|booted)$/,
  ],
  model: [
    /^(?:which|what) (?:language |ai |chat )?(?:model|llm) (?:are you (?:using|running|based on)?|do you use|is (?:this|that|running|in use|loaded))$/,
    /^what(?:'s| is) (?:your|the) (?:language |ai |chat )?model$/,
  ],
};

/** "Are you online", "how warm are you", "which model are you using". */
export function statusSkill(source: StatusSource): IntentSkill<StatusArgs> {
  return {
    name: 'status',
    description:
      'Tells the state of this device: network, temperature, memory, how long it has been running, and the model.',
    args,
    understand: (words) => {
      const topic = TOPICS.find((candidate) => PATTERNS[candidate].some((pattern) => pattern.test(words)));
      return topic && { args: { topic }, why: `"${words}" asks for the status: ${topic}` };
    },
    run: async ({ topic }, _context, signal) => ANSWERS[topic](source, signal),
  };
}

const ANSWERS: Readonly<Record<Topic, (source: StatusSource, signal: AbortSignal) => string | Promise<string>>> = {
  network: async (source, signal) => {
    const isOnline = await source.isOnline(signal);
    if (isOnline === undefined) return 'I cannot tell whether I am online.';
    return isOnline ? 'Yes, I am online.' : 'No, I am offline. I work without the internet.';
  },
  temperature: async (source) => {
    const celsius = await source.temperatureCelsius();
    return celsius === undefined
      ? 'I cannot measure how warm I am here.'
      : `My processor is at ${Math.round(celsius)} degrees Celsius.`;
  },
  memory: async (source) => {
    const memory = await source.memory();
    if (!memory) return 'I cannot tell how much memory is free.';
    return `${size(memory.freeBytes)} of ${size(memory.totalBytes)} are free.`;
  },
  uptime: (source) => {
    const ms = source.runningMs();
    const stepMs = ms > 86_400_000 ? 3_600_000 : ms > 60_000 ? 60_000 : 1000;
    return `I have been running for ${spokenDuration(Math.max(1000, Math.floor(ms / stepMs) * stepMs))}.`;
  },
  model: (source) => {
    const model = source.model();
    if (!model) return 'I have no language model.';
    return model.isReady ? `I use ${model.name}.` : `I use ${model.name}, but it does not answer at the moment.`;
  },
};

function size(bytes: number): string {
  const gibibytes = bytes / 2 ** 30;
  return gibibytes >= 1
    ? `${aboutAmount(Math.round(gibibytes * 10) / 10, 1)} gigabytes`
    : `${Math.round(bytes / 2 ** 20)} megabytes`;
}
