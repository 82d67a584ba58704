import type { SkillTool } from '../skills/skillTool.js';
import { relevance } from '../skills/toolWords.js';

/** More than these are never meant at once. */
const MOST_FOR_QUESTION = 3;

/** A small model chooses badly among many, and each takes about a hundred tokens of its context. */
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
 */
export function offeredTools(tools: readonly SkillTool[], questions: readonly string[]): readonly SkillTool[] {
  const offered = new Set(questions.flatMap((question) => relevantTools(tools, question)));
  return [...offered].slice(-MOST_IN_CONVERSATION);
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
