import type { Clock } from '../../../hardware/clock.js';
import type { IntentSkill } from '../intent.js';
import { FAILED } from '../spokenFailure.js';
import { OWN_WATCH_MS, withinTime } from '../withinTime.js';

/** An own skill has so long to answer. */
export const ANSWER_TIMEOUT_MS = 10_000;

/** About a minute of speech; the rest is cut off. */
export const MAX_ANSWER_CHARS = 1000;

const TOO_SLOW = 'Sorry, that takes too long.';

/** Told about every answer that was none, for the log. */
export type OnFailure = (skill: string, message: string, error?: unknown) => void;

/**
 * A skill whose author may have made mistakes: whatever it throws, returns or waits for becomes an answer that can be
 * spoken. Only a loop that never gives way is beyond help.
 */
export function guardedSkill<Args>(skill: IntentSkill<Args>, clock: Clock, onFailure: OnFailure): IntentSkill<Args> {
  const { name, description, args } = skill;
  return {
    name,
    description,
    args,
    timeoutMs: ANSWER_TIMEOUT_MS + OWN_WATCH_MS,
    understand: (words) => {
      try {
        return skill.understand(words);
      } catch (error) {
        onFailure(name, 'understand() threw', error);
        return undefined;
      }
    },
    run: async (given, context, signal) => {
      try {
        const answer: unknown = await withinTime(clock, ANSWER_TIMEOUT_MS, TOO_SLOW, signal, (running) =>
          skill.run(given, context, running),
        );
        if (typeof answer === 'string') return shortened(answer, MAX_ANSWER_CHARS);
        onFailure(name, `run() must return a text, and has returned ${kindOf(answer)}`);
        return FAILED;
      } catch (error) {
        signal.throwIfAborted();
        if (error === TOO_SLOW) {
          onFailure(name, `run() has not answered in ${ANSWER_TIMEOUT_MS / 1000} s`);
          return TOO_SLOW;
        }
        onFailure(name, 'run() threw', error);
        return FAILED;
      }
    },
  };
}

/** The beginning of a text, up to the last whole word. */
export function shortened(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const head = text.slice(0, maxChars);
  return head.slice(0, Math.max(head.lastIndexOf(' '), Math.floor(maxChars / 2))).trimEnd();
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
