import { type PiModel, SIMULATED_LLMS } from '../bench/sim/piSpeeds.js';
import { simulateTurns } from '../bench/sim/simulateTurns.js';
import { TURN_POLICY_NAMES } from '../bench/sim/turnPolicies.js';
import { UsageError } from './usageError.js';

/** What `bench turn --pi` is asked for, as given. */
export interface SimulationFlags {
  readonly pi?: string;
  readonly llmModel?: string;
  readonly turns?: string;
  readonly seed?: string;
}

const USUAL = { llmModel: 'qwen2.5:0.5b', turns: 200, seed: 1 } as const;

/** 200 turns take two seconds. */
const MOST_TURNS = 10_000;

/**
 * The same turns under each policy on a simulated Raspberry Pi: figures in virtual time, the same on any machine.
 * @throws {UsageError}
 */
export async function simulatedTurns(flags: SimulationFlags) {
  const pi = piOf(flags.pi ?? '');
  const { llmModel = USUAL.llmModel } = flags;
  if (!SIMULATED_LLMS.includes(llmModel)) {
    throw new UsageError(`The speed of "${llmModel}" on a Pi is not known. Known are: ${SIMULATED_LLMS.join(', ')}.`);
  }
  const turns = wholeOf('--turns', flags.turns, USUAL.turns, 1, MOST_TURNS);
  const seed = wholeOf('--seed', flags.seed, USUAL.seed, 0, 2 ** 31);
  const common = { pi, llmModel, turns, seed };
  const policies: Record<string, unknown> = {};
  for (const policy of TURN_POLICY_NAMES) policies[policy] = figures(turns, await simulateTurns({ ...common, policy }));
  const released = await simulateTurns({ ...common, policy: 'pressel', ending: 'release' });
  return { simulated: `Raspberry Pi ${pi}`, llmModel, seed, policies, buttonReleased: figures(turns, released) };
}

function figures(count: number, turns: Awaited<ReturnType<typeof simulateTurns>>) {
  const { p50, p95, falseCutoffRate, wastedTokensRatio, stages } = turns;
  return { turns: count, p50, p95, falseCutoffRate, wastedTokensRatio, stages };
}

function piOf(text: string): PiModel {
  if (text === '4') return 4;
  if (text === '5') return 5;
  throw new UsageError(`--pi is 4 or 5, not "${text}".`);
}

function wholeOf(flag: string, text: string | undefined, usual: number, min: number, max: number): number {
  const value = text === undefined ? usual : Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new UsageError(`${flag} is a number from ${min} to ${max}, not "${text}".`);
}
