import type { ChatMessage, ToolCall } from '../llm/chatModel.js';
import { messageTokens, saidText, withinTokens } from '../llm/promptTokens.js';
import type { ToolResult } from './toolRun.js';

/** Each answer has so much in any case (tokens): without a word of it the model would call again. */
const LEAST_TOKENS = 24;

/**
 * What the model reads in the next round: what it has called, and what came of it, cut to the room that its context has.
 * A server cuts off at the beginning what does not fit, which are the instructions.
 */
export function toolAnswers(
  content: string,
  calls: readonly ToolCall[],
  results: readonly ToolResult[],
  roomTokens: number,
): readonly ChatMessage[] {
  const asked: ChatMessage = { role: 'assistant', content, toolCalls: calls };
  const frame = results.length * messageTokens('');
  const room = roomTokens - messageTokens(saidText(content, calls)) - frame;
  const share = Math.max(LEAST_TOKENS, Math.floor(room / Math.max(1, results.length)));
  return [
    asked,
    ...results.map(
      ({ told }, i): ChatMessage => ({
        role: 'tool',
        content: withinTokens(told, share),
        toolName: calls[i]?.name ?? '',
      }),
    ),
  ];
}

/** What these take of the context. */
export function answerTokens(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, { content, toolCalls }) => sum + messageTokens(saidText(content, toolCalls)), 0);
}
