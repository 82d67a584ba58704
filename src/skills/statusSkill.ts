import { z } from 'zod';
import type { IntentSkill } from './intent.js';
import { aboutAmount } from './spokenAmount.js';
import { spokenDuration } from './spokenDuration.js';

/** What the assistant knows of its own state; undefined where it cannot tell. Nothing of it asks anybody outside the house. */
export interface StatusSource {
  /** Whether this computer has an address in a network. */
  isConnected(): boolean;
  /** Of the processor. */
  temperatureCelsius(): Promise<number | undefined>;
  memory(): Promise<Space | undefined>;
  /** Where the state is kept. */
  disk(): Promise<Space | undefined>;
  /** Since the program was started. */
  runningMs(): number;
  model(signal: AbortSignal): Promise<{ readonly name: string; readonly isReady: boolean } | undefined>;
}

export interface Space {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

const TOPICS = ['network', 'temperature', 'memory', 'disk', 'uptime', 'model', 'all'] as const;
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
    /^how (?:warm|hot) is (?:your|the) (?:processor|cpu|chip)$/,
    /^are you (?:too |running |getting )?(?:warm|hot|overheating)$/,
    /^what(?:'s| is) (?:your|the (?:cpu|processor|processor's|chip)) temperature$/,
  ],
  memory: [
    /^how much (?:free )?(?:memory|ram) (?:is|do you have|have you got|are you using|is there)(?: still)?(?: free| left| available| in use| used)?$/,
    /^how much (?:memory|ram) (?:is|do you have) (?:free|left|available)$/,
    /^what(?:'s| is) your (?:memory|ram)(?: usage)?$/,
  ],
  disk: [
    /^how much (?:free )?(?:disk space|storage|disk|space|storage space)(?: is| do you have| have you got| is there)(?: still)?(?: free| left| available| on the disk)*$/,
    /^(?:is (?:the|your) disk full|how full is (?:the|your) (?:disk|storage|sd card))$/,
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
  all: [
    /^(?:(?:what(?:'s| is) (?:the|your) )?(?:system )?status|status report|system status report|how is your system)$/,
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
    const network = source.isConnected() ? 'I am connected to the network.' : 'I am not connected to a network.';
    const model = await source.model(signal);
    if (!model) return network;
    return `${network} ${model.isReady ? 'My language model answers.' : 'My language model does not answer.'}`;
  },
  temperature: async (source) => {
    const celsius = await source.temperatureCelsius();
    return celsius === undefined
      ? 'I cannot measure how warm I am here.'
      : `My processor is at ${Math.round(celsius)} degrees Celsius.`;
  },
  memory: async (source) => spaceOf('memory', await source.memory()),
  disk: async (source) => spaceOf('disk space', await source.disk()),
  uptime: (source) => {
    const ms = source.runningMs();
    const stepMs = ms > 86_400_000 ? 3_600_000 : ms > 60_000 ? 60_000 : 1000;
    return `I have been running for ${spokenDuration(Math.max(1000, Math.floor(ms / stepMs) * stepMs))}.`;
  },
  model: async (source, signal) => {
    const model = await source.model(signal);
    if (!model) return 'I have no language model.';
    const name = spokenModel(model.name);
    return model.isReady ? `I use ${name}.` : `I use ${name}, but it does not answer at the moment.`;
  },
  all: async (source, signal) => {
    const topics = ['network', 'temperature', 'memory', 'uptime'] as const;
    return (await Promise.all(topics.map((topic) => ANSWERS[topic](source, signal)))).join(' ');
  },
};

/** "ollama:qwen2.5:0.5b" is "qwen 2.5, 0.5b" to people: a colon between numbers is read as a ratio or a time. */
function spokenModel(name: string): string {
  const [model = '', tag] = name.replace(/^ollama:/, '').split(':');
  const spaced = model.replace(/(?<=[a-z])(?=\d)/gi, ' ');
  return tag === undefined || tag === 'latest' ? spaced : `${spaced}, ${tag}`;
}

function spaceOf(what: string, space: Space | undefined): string {
  if (!space) return `I cannot tell how much ${what} is free.`;
  const [free, total] = [size(space.freeBytes), size(space.totalBytes)];
  const unit = / \S+$/.exec(total)?.[0] ?? '';
  // "3 of 8 gigabytes", and "300 megabytes of 8 gigabytes".
  return `${free.endsWith(unit) ? free.slice(0, -unit.length) : free} of ${total} of ${what} are free.`;
}

function size(bytes: number): string {
  const gibibytes = bytes / 2 ** 30;
  return gibibytes >= 1
    ? `${aboutAmount(Math.round(gibibytes * 10) / 10, 1)} gigabytes`
    : `${Math.round(bytes / 2 ** 20)} megabytes`;
}
