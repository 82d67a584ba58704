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
 * Most models read tools near the beginning of the prompt, so that another set makes the server read nearly all of it
 * again; some read them right before the last question, so that they are read again with each question. Reading, a question
 * on a Raspberry Pi 5, where nothing was read while the user spoke, and where all but the last three words were (ten
 * questions, seven tools; `node dist/test/bench/toolPrefill.js`):
 *
 * | offered             | at the beginning (qwen2.5:0.5b)         | before the last question (llama3.2:1b) |
 * |---------------------|-----------------------------------------|----------------------------------------|
 * | none                | 0.2 s, 0.1 s                            | 0.6 s, 0.2 s                           |
 * | all                 | 0.3 s, 0.1 s; 13 s at the start         | 33.6 s, 0.3 s                          |
 * | of each question    | 2.2 s, 0.6 s; the worst 4.7 s, 4.8 s    | 3.2 s, 0.9 s; the worst 8.2 s, 6.9 s   |
 * | of the conversation | 1.0 s, 0.5 s; the worst 4.5 s, 4.5 s    | 11.7 s, 0.9 s; the worst 20.4 s, 6.3 s |
 *
 * All of them take 1624 tokens, more than the usual context has for a history. Hence those of the conversation: a tool that
 * an earlier question needed stays, and a new one comes behind it, so that the prompt is the same up to there. Where tools
 * stand before the last question, only those of that question: `promptOf` then gives no other.
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
