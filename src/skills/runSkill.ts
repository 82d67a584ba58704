import type { Clock } from '../../hardware/clock.js';
import { messageOf } from '../failures/messageOf.js';
import { speakable } from '../speech/text/speakableText.js';
import { Declined } from './declined.js';
import type { IntentSkill, SkillAnswer } from './intent.js';
import { FAILED } from './spokenFailure.js';
import type { Surroundings } from './surroundings.js';
import { withinTime } from './withinTime.js';

/** Whoever has asked waits no longer for something that ought to be there at once (ms). */
export const SKILL_TIMEOUT_MS = 5_000;

/** Nobody listens longer: about a minute and a half of speech. */
export const MAX_ANSWER_LENGTH = 1_500;

const LATE = Symbol('late');

/** What a skill has said, or what is said in its place, and then why. */
export interface SkillOutcome {
  /** Undefined: it has declined the question. */
  readonly answer: SkillAnswer | undefined;
  /** What happened, for the log. */
  readonly problem?: string;
}

/**
 * Runs a skill for as long as somebody waits for it. One that throws, hangs or says too much has an answer as well.
 * @throws the signal's reason
 */
export async function runSkill(
  skill: IntentSkill<unknown>,
  args: unknown,
  context: Surroundings,
  clock: Clock,
  signal: AbortSignal,
): Promise<SkillOutcome> {
  const { name, timeoutMs = SKILL_TIMEOUT_MS } = skill;
  try {
    const answer: unknown = await withinTime(clock, timeoutMs, LATE, signal, (running) =>
      skill.run(args, context, running),
    );
    return spoken(name, answer);
  } catch (error) {
    signal.throwIfAborted();
    if (error === LATE) {
      const problem = `the skill "${name}" did not answer within ${timeoutMs / 1000} s and was stopped`;
      return { answer: 'Sorry, that takes too long. I have stopped it.', problem };
    }
    if (error instanceof Declined) return { answer: undefined };
    return { answer: FAILED, problem: `the skill "${name}" failed: ${messageOf(error)}` };
  }
}

/**
 * Chunks are those of a reply that was heard before. '' is meant to be silence; what is something else and cannot be heard
 * is a mistake, and the user would wait for an answer that never comes.
 */
function spoken(name: string, answer: unknown): SkillOutcome {
  if (isChunks(answer)) return { answer };
  if (typeof answer !== 'string') {
    return { answer: FAILED, problem: `the skill "${name}" answered with no text (${typeof answer})` };
  }
  if (answer !== '' && speakable(answer.slice(0, MAX_ANSWER_LENGTH)) === '') {
    return { answer: 'Done.', problem: `the skill "${name}" answered with nothing that can be said aloud` };
  }
  if (answer.length <= MAX_ANSWER_LENGTH) return { answer };
  const beginning = answer.slice(0, MAX_ANSWER_LENGTH).replace(/\s+\S*$/, '');
  return {
    answer: `${beginning}. There is more, but that is enough.`,
    problem: `the skill "${name}" answered with ${answer.length} characters, of which ${MAX_ANSWER_LENGTH} are spoken`,
  };
}

function isChunks(answer: unknown): answer is readonly string[] {
  return Array.isArray(answer) && answer.every((chunk) => typeof chunk === 'string');
}
