import type { ChatMessage, Tool } from '../llm/chatModel.js';
import { toolTokens } from '../llm/promptTokens.js';
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
}

/** A call and its answer, which come behind the question, have their place beside a full history (tokens). */
const CALL_TOKENS = 256;

/** The prompt of a question, or of as much of it as is known while it is being asked. */
export function promptOf({ text, askedAt }: Question, mind: Mind): Prompt {
  const asked = askedAs(text, askedAt);
  const offered = offeredTools(mind.tools ?? [], [...toolQuestions(mind), text]);
  const tools = offered.map(({ tool }) => tool);
  const room = tools.length === 0 ? 0 : toolTokens(tools) + CALL_TOKENS;
  const history = mind.conversation.messagesBeside(asked, room);
  return { messages: buildMessages(systemPromptOf(mind), history, asked), tools, offered };
}

/** The beginning of the next prompt, as far as it is known before anything is asked. */
export function promptBefore(mind: Mind): Prompt {
  const offered = offeredTools(mind.tools ?? [], toolQuestions(mind));
  const tools = offered.map(({ tool }) => tool);
  return { messages: buildMessages(systemPromptOf(mind), mind.conversation.messages), tools, offered };
}

/** Those whose tools stay. Where tools stand before the last question, each is read again with every question: none stays. */
function toolQuestions({ conversation, model }: Mind): readonly string[] {
  if (model.toolPlace === 'lastQuestion') return [];
  return conversation.exchanges.map(({ asked }) => questionOf(asked));
}

function systemPromptOf({ systemPrompt }: Mind): string {
  return systemPrompt ?? voiceSystemPrompt();
}
