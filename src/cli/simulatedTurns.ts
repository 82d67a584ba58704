import { type PiModel, SIMULATED_LLMS } from '../bench/sim/piSpeeds.js';
import { type SimulatedTurns, simulateTurns } from '../bench/sim/simulateTurns.js';
import type { PolicyFigures } from '../bench/turnFigures.js';
import type { TurnPolicyName } from '../bench/turnPolicies.js';
import { policiesOf, seedOf, type TurnFlags } from './turnFlags.js';
import { UsageError } from './usageError.js';
import { wholeNumber } from './wholeNumber.js';

const USUAL = { llmModel: 'qwen2.5:0.5b', turns: 200 } as const;

/** 200 turns take two seconds. */
const MOST_TURNS = 10_000;

/** What `bench turn --pi` measured, and the turns themselves. */
export interface SimulatedTurnsResult {
  readonly document: {
    readonly simulated: string;
    readonly llmModel: string;
    readonly seed: number;
    readonly policies: Partial<Record<TurnPolicyName, PolicyFigures>>;
    /** Pressel, when the button is held while somebody speaks and let go at the end. */
    readonly buttonReleased: PolicyFigures;
  };
  readonly timelines: readonly object[];
}

/**
 * The same turns under each policy on a simulated Raspberry Pi: figures in virtual time, the same on any machine.
 * @throws {UsageError}
 */
export async function simulatedTurns(flags: TurnFlags): Promise<SimulatedTurnsResult> {
  const pi = piOf(flags.pi ?? '');
  const { llmModel = USUAL.llmModel } = flags;
  if (!SIMULATED_LLMS.includes(llmModel)) {
    throw new UsageError(`The speed of "${llmModel}" on a Pi is not known. Known are: ${SIMULATED_LLMS.join(', ')}.`);
  }
  const turns = wholeNumber('--turns', flags.turns, USUAL.turns, 1, MOST_TURNS);
  const seed = seedOf(flags);
  const common = { pi, llmModel, turns, seed };
  const policies: Partial<Record<TurnPolicyName, PolicyFigures>> = {};
  const timelines: object[] = [];
  for (const policy of policiesOf(flags)) {
    const simulated = await simulateTurns({ ...common, policy });
    policies[policy] = figures(simulated);
    timelines.push(...simulated.turns.map(({ heardReply: _long, ...turn }, i) => ({ policy, turn: i + 1, ...turn })));
  }
  const buttonReleased = figures(await simulateTurns({ ...common, policy: 'pressel', ending: 'release' }));
  return {
    document: { simulated: `Raspberry Pi ${pi}`, llmModel, seed, policies, buttonReleased },
    timelines,
  };
}

function figures({ turns, work: _work, ...rest }: SimulatedTurns): PolicyFigures {
  return { turns: turns.length, ...rest };
}

function piOf(text: string): PiModel {
  if (text === '4') return 4;
  if (text === '5') return 5;
  throw new UsageError(`--pi is 4 or 5, not "${text}".`);
}
