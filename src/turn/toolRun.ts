import { z } from 'zod';
import type { Clock } from '../../hardware/clock.js';
import { messageOf } from '../failures/messageOf.js';
import type { ToolCall } from '../llm/chatModel.js';
import { SKILL_TIMEOUT_MS } from '../skills/runSkill.js';
import type { SkillTool } from '../skills/skillTool.js';
import { FAILED } from '../skills/spokenFailure.js';
import type { Surroundings } from '../skills/surroundings.js';
import { withinTime } from '../skills/withinTime.js';
import { speakable } from '../speech/text/speakableText.js';

/** What has come of a call. */
export interface ToolResult {
  /** `misused`: there is no such tool, or it does not take these arguments; nothing was done. */
  readonly kind: 'done' | 'failed' | 'misused';
  /** For the model. */
  readonly told: string;
  /** For the user, if the model says nothing about it; '' where silence is the answer. */
  readonly answer: string;
  /** What has failed, for the log. */
  readonly problem?: string;
}

/** The tool has answered, and with nothing that can be said aloud. */
export const TOOL_SPEECHLESS = 'That is done, but the answer is not one that I can read aloud.';

/** About 250 tokens, which a small model on a small computer reads in 2 to 5 s, and a minute of speech. */
const MOST_ANSWER_CHARS = 1_000;
/** Of an error, which is for the model alone. */
const MOST_ERROR_CHARS = 200;

export interface ToolWorld {
  readonly offered: readonly SkillTool[];
  readonly context: Surroundings;
  readonly clock: Clock;
}

/** Runs what the model has called, if it may. Never fails but by the signal. @throws its reason */
export async function runTool(
  call: ToolCall,
  { offered, context, clock }: ToolWorld,
  signal: AbortSignal,
): Promise<ToolResult> {
  const skill = offered.find(({ tool }) => tool.name === call.name)?.skill;
  if (!skill) {
    const names = offered.map(({ tool }) => tool.name).join(', ');
    return misused(`There is no tool called "${call.name.slice(0, 80)}". There is: ${names}.`);
  }
  try {
    // An owner's may throw, too.
    const args = skill.args.safeParse(withoutNulls(call.arguments));
    if (!args.success) return misused(`Wrong arguments for ${skill.name}: ${oneLine(z.prettifyError(args.error))}`);
    const timeoutMs = skill.timeoutMs ?? SKILL_TIMEOUT_MS;
    const late = new Error(`no answer within ${timeoutMs} ms`);
    const answer: unknown = await withinTime(clock, timeoutMs, late, signal, (running) =>
      skill.run(args.data, context, running),
    );
    if (typeof answer !== 'string') throw new TypeError('it has answered with no text');
    const told = shortened(answer);
    return { kind: 'done', told: told === '' ? 'Done.' : told, answer: spoken(told) };
  } catch (error) {
    signal.throwIfAborted();
    const why = oneLine(messageOf(error));
    return {
      kind: 'failed',
      told: `Error: ${skill.name} did not work: ${why}`,
      answer: FAILED,
      problem: `the skill "${skill.name}" failed as a tool of the model: ${why}`,
    };
  }
}

/** A server's answer may be data, which is for the model to put into words: nobody wants braces read aloud. */
function spoken(told: string): string {
  const isData = /^[{[]\s*["'{[\]}\d]/.test(told) || (told !== '' && speakable(told) === '');
  return isData ? TOOL_SPEECHLESS : told;
}

function misused(why: string): ToolResult {
  return { kind: 'misused', told: `Error: ${why} Correct the call, or answer without it.`, answer: FAILED };
}

/** Models give null or '' for what they have nothing to say of. */
function withoutNulls(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given ?? {};
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== ''));
}

/** An owner's skill may give much too much. */
function shortened(answer: string): string {
  const text = answer.slice(0, MOST_ANSWER_CHARS + 1).trim();
  if (text.length <= MOST_ANSWER_CHARS) return text;
  return `${text.slice(0, MOST_ANSWER_CHARS).replace(/\S*$/, '').trim() || text.slice(0, MOST_ANSWER_CHARS)} …`;
}

function oneLine(text: string): string {
  return text.slice(0, MOST_ERROR_CHARS).replace(/\s+/g, ' ').trim();
}
