import type { ChatMessage, Tool } from '../llm/chatModel.js';
import { messageTokens, toolTokens } from '../llm/promptTokens.js';
import { askedAs, buildMessages, questionOf, voiceSystemPrompt } from '../llm/voicePrompt.js';
import type { SkillTool } from '../skills/skillTool.js';
import { offeredTools } from './offeredTools.js';
import type { Mind, Question } from './reply.js';

/** What the model is given to read. */
export interface Prompt {
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly Tool[];
  /** The skills behind `tools`. */
  readonly offered: readonly SkillTool[];
  /** What the context has room for behind the question: calls and their answers. */
  readonly callTokens: number;
}

/** Calls and their answers, which come behind the question, have their place beside a full history (tokens). */
const CALL_TOKENS = 256;

/** Tools take at most so much of the room that a history has without them. */
export const TOOLS_SHARE = 0.7;

/** The prompt of a question, or of as much of it as is known while it is being asked. */
export function promptOf({ text, askedAt }: Question, mind: Mind): Prompt {
  const asked = askedAs(text, askedAt);
  const offered = toolsFor(mind, [...toolQuestions(mind), text]);
  const tools = offered.map(({ tool }) => tool);
  const taken = tools.length === 0 ? 0 : toolTokens(tools);
  const { conversation } = mind;
  const history = conversation.messagesBeside(asked, taken === 0 ? 0 : taken + CALL_TOKENS);
  const read = history.reduce((tokens, { content }) => tokens + messageTokens(content), 0);
  const callTokens = Math.max(0, conversation.maxTokens - taken - read);
  return { messages: buildMessages(systemPromptOf(mind), history, asked), tools, offered, callTokens };
}

/** The beginning of the next prompt, as far as it is known before anything is asked. */
export function promptBefore(mind: Mind): Omit<Prompt, 'callTokens'> {
  const offered = toolsFor(mind, toolQuestions(mind));
  const tools = offered.map(({ tool }) => tool);
  return { messages: buildMessages(systemPromptOf(mind), mind.conversation.messages), tools, offered };
}

/** None for a model that cannot call any: they would take the place of its history. */
function toolsFor({ tools = [], model, conversation }: Mind, questions: readonly string[]): readonly SkillTool[] {
  if (model.takesTools === false) return [];
  return offeredTools(tools, questions, TOOLS_SHARE * conversation.maxTokens);
}

/** Those whose tools stay. Where tools stand before the last question, each is read again with every question: none stays. */
function toolQuestions({ conversation, model }: Mind): readonly string[] {
  if (model.toolPlace === 'lastQuestion') return [];
  return conversation.exchanges.map(({ asked }) => questionOf(asked));
}

function systemPromptOf({ systemPrompt }: Mind): string {
  return systemPrompt ?? voiceSystemPrompt();
}
