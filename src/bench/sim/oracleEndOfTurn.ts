import type { EndOfTurnJudge } from '../policyEars.js';
import { jobOf, type PiBoard } from './piBoard.js';
import { hashOf, seededNumbers } from './seededNumbers.js';
import type { SimulatedUser } from './simulatedUser.js';

/** Share of wrong verdicts, on the end and on pauses alike: Smart Turn v3 is said to be right about 95 % of English. */
const ERROR_SHARE = 0.05;

/**
 * An end-of-turn model that knows whether the user has finished and errs as often as a good one does: which pauses those
 * are, the seed decides.
 * @param computeMs time on one core per verdict (ms)
 */
export function oracleEndOfTurn(board: PiBoard, user: SimulatedUser, computeMs: number, seed: number): EndOfTurnJudge {
  const random = seededNumbers(hashOf('end of turn', seed));
  return {
    name: 'simulated: knows the truth, and errs in 5 % of the pauses',
    fromSound: async () => {
      const { utterance, openedAtMs } = user.heard ?? {};
      const hasFinished = board.clock.now() >= (openedAtMs ?? 0) + (utterance?.lastVoicedMs ?? 0);
      const errs = random() < ERROR_SHARE;
      await board.run(jobOf(computeMs, 1));
      return hasFinished !== errs;
    },
  };
}
