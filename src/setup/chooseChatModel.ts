import { formatBytes } from '../models/freeSpace.js';
import type { Choice, Dialogue } from './dialogue.js';
import {
  CHAT_MODELS,
  type ChatMachine,
  type ChatModelCandidate,
  chatModelFor,
  fitsMemory,
  isQuickEnough,
} from './tables/chatModelFor.js';

const NONE = '';

export interface ChatModelSituation {
  readonly machine: ChatMachine;
  /** What the server has already. */
  readonly models: readonly string[];
  /** As configured. */
  readonly current: string;
  /** Somebody has set it; it is not the default. */
  readonly isChosen: boolean;
  /** The server runs on this very computer. */
  readonly isHere: boolean;
}

/** The model that the owner chooses; undefined: none. */
export async function chooseChatModel(
  dialogue: Dialogue,
  { machine, models: there, current, isChosen, isHere }: ChatModelSituation,
): Promise<string | undefined> {
  // By the name that it has in the configuration.
  const models = there.map((name) => (isSameModel(name, current) ? current : name));
  const best = isHere ? chatModelFor(machine) : CHAT_MODELS[0];
  // What is configured and there is what somebody wanted, and what was set is that too.
  const isWanted = isChosen || models.includes(current);
  const recommended = isWanted ? current : (best?.name ?? NONE);
  if (best === undefined && recommended === NONE) {
    dialogue.tell(
      `This computer has ${formatBytes(machine.memoryBytes)} of memory, where no language model fits beside speech recognition and the voice.`,
      'warning',
    );
  } else if (isHere && best !== undefined && !isWanted) {
    const pace = machine.speed === undefined ? '' : ' and keep up with speech';
    dialogue.tell(
      `${formatBytes(machine.memoryBytes)} of memory: of the models that fit beside the rest${pace}, ${best.name} answers best.`,
    );
  }
  const known = CHAT_MODELS.map((model) => ({
    value: model.name,
    label: model.name,
    hint: hintFor(model, machine, isHere, models.includes(model.name)),
  }));
  const others = [...new Set([...models, current])].filter((name) => !CHAT_MODELS.some((model) => model.name === name));
  const choices: Choice<string>[] = [
    ...others.map((name) => ({
      value: name,
      label: name,
      hint: models.includes(name) ? 'on the server already' : 'as configured now',
    })),
    ...known,
    { value: NONE, label: 'None', hint: 'time, timers, lists and sums work without' },
  ];
  const chosen = await dialogue.choose('Which language model?', choices, recommended);
  return chosen === NONE ? undefined : chosen;
}

/** "llama3.2" and "llama3.2:latest" are the same model. */
export function isSameModel(a: string, b: string): boolean {
  return a === b || a === `${b}:latest` || b === `${a}:latest`;
}

function hintFor(model: ChatModelCandidate, machine: ChatMachine, isHere: boolean, isThere: boolean): string {
  const { bytes, remark } = model;
  const { speed } = machine;
  const parts = [isThere ? 'there already' : `download ${formatBytes(bytes)}`, remark];
  if (isHere && speed !== undefined) parts.push(`about ${model[speed]} tokens/s`);
  if (isHere && !fitsMemory(model, machine)) parts.push('TOO LARGE for this memory');
  else if (isHere && !isQuickEnough(model, machine)) parts.push('slower than speech here');
  return parts.join(', ');
}
