import type { Config } from '../config/config.js';
import { messageTokens } from '../llm/promptTokens.js';
import { type Persona, voiceSystemPrompt } from '../llm/voicePrompt.js';
import { conversationFile } from '../memory/conversationFile.js';
import {
  forgottenConversation,
  type RememberedConversation,
  rememberedConversation,
} from '../memory/rememberedConversation.js';
import type { Log } from '../observability/log.js';
import { Conversation, QUESTION_TOKENS } from '../turn/conversation.js';

/** Who the assistant is, as configured. */
export function personaOf({ assistant, locale }: Config): Persona {
  return { name: assistant.name, personality: assistant.personality, language: locale.language };
}

/** What the model's context leaves for a history: it also holds the system prompt, a question and the reply (tokens). */
export function historyTokens(config: Config): number {
  const { contextTokens, maxReplyTokens } = config.llm;
  const systemTokens = messageTokens(voiceSystemPrompt(personaOf(config)));
  return Math.max(0, contextTokens - systemTokens - QUESTION_TOKENS - maxReplyTokens);
}

/** A conversation that ends with the program. */
export function newConversation(config: Config): Conversation {
  return new Conversation(config.conversation.historyMessages, { maxTokens: historyTokens(config) });
}

/** The appliance's conversation, as configured: the one of before, or one of which the disk holds nothing. */
export async function openConversation(config: Config, stateFolder: string, log: Log): Promise<RememberedConversation> {
  const file = conversationFile(stateFolder);
  const { remember, historyMessages, forgetAfterMs } = config.conversation;
  if (remember) {
    return rememberedConversation({
      file,
      maxMessages: historyMessages,
      maxTokens: historyTokens(config),
      forgetAfterMs,
      log,
    });
  }
  await forgottenConversation(file, log);
  return { conversation: newConversation(config), close: async () => {} };
}
