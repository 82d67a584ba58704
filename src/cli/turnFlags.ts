import { isTurnPolicyName, TURN_POLICY_NAMES, type TurnPolicyName } from '../bench/turnPolicies.js';
import { UsageError } from './usageError.js';
import { wholeNumber } from './wholeNumber.js';

/** What `bench turn` is asked for, as given. */
export interface TurnFlags {
  readonly pi?: string;
  readonly llmModel?: string;
  readonly turns?: string;
  readonly seed?: string;
  readonly policy?: string;
  readonly wav?: readonly string[];
  readonly recordings?: string;
}

/** The policies that were asked for, in their own order; all of them when none was. @throws {UsageError} */
export function policiesOf({ policy }: TurnFlags): readonly TurnPolicyName[] {
  if (policy === undefined) return TURN_POLICY_NAMES;
  const names = policy.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !isTurnPolicyName(name));
  if (unknown !== undefined) {
    throw new UsageError(`There is no policy "${unknown}". There are: ${TURN_POLICY_NAMES.join(', ')}.`);
  }
  return TURN_POLICY_NAMES.filter((name) => names.includes(name));
}

/** @throws {UsageError} */
export function seedOf({ seed }: TurnFlags): number {
  return wholeNumber('--seed', seed, 1, 0, 2 ** 31);
}
