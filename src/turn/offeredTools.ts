import { toolTokens } from '../llm/promptTokens.js';
import type { SkillTool } from '../skills/skillTool.js';
import { relevance } from '../skills/toolWords.js';

/** More than these are never meant at once. */
const MOST_FOR_QUESTION = 3;

/** A small model chooses badly among many, and each takes 100 to 350 tokens of its context. */
const MOST_IN_CONVERSATION = 6;

/**
 * The tools that the model is offered: those that the questions are about, in the order in which they were first needed.
 *
 * Tools stand near the beginning of the prompt, so that another set makes the server read nearly all of it again. Hence a
 * tool that an earlier question of the conversation needed stays, and a new one comes behind it: a set changes only when
 * a question needs a tool for the first time, and then up to there the prompt is the same.
 *
 * Reading ten questions on a Raspberry Pi 5 with eight tools (`test/bench/toolPrefill.ts`): all tools always do not fit
 * the usual context, only those of each question cost 2.2 s a question, and this 1.0 s, where none cost 0.2 s.
 *
 * @param questions that count, oldest first
 * @param maxTokens that they may take of the context, those of the last question above all; default: without limit
 */
export function offeredTools(
  tools: readonly SkillTool[],
  questions: readonly string[],
  maxTokens = Number.POSITIVE_INFINITY,
): readonly SkillTool[] {
  const fitting = tools.filter(({ tokens }) => tokens <= maxTokens);
  const offered = [...new Set(questions.flatMap((question) => relevantTools(fitting, question)))];
  const latest = new Set(relevantTools(fitting, questions.at(-1) ?? ''));
  const tooMany = (kept: readonly SkillTool[]) =>
    kept.length > MOST_IN_CONVERSATION || toolTokens(kept.map(({ tool }) => tool)) > maxTokens;
  while (offered.length > 0 && tooMany(offered)) {
    const oldest = offered.findIndex((tool) => !latest.has(tool));
    // Of those that are all meant now the last ones go.
    offered.splice(oldest === -1 ? offered.length - 1 : oldest, 1);
  }
  return offered;
}

function relevantTools(tools: readonly SkillTool[], question: string): readonly SkillTool[] {
  return tools
    .map((tool) => ({ tool, score: relevance(question, tool.words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || byName(a.tool, b.tool))
    .slice(0, MOST_FOR_QUESTION)
    .map(({ tool }) => tool)
    .sort(byName);
}

function byName(a: SkillTool, b: SkillTool): number {
  return a.skill.name < b.skill.name ? -1 : 1;
}
