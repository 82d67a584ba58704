import { type AssistantDelays, assistantDelayDefaults } from '../../machines/assistantDelays.js';
import type { Config } from '../config/config.js';
import { firstAnswerTimeoutMs, OLLAMA_DEFAULTS, TOOL_CALL_MS } from '../llm/ollamaOptions.js';

/** Whoever has a limit of its own is given so much time beyond it to say what has happened (ms). */
const MARGIN_MS = 7_000;

/** The statechart's delays as configured: none of its limits is shorter than that of a part which reports its own. */
export function assistantDelaysOf({ conversation, endpointing, llm }: Config): AssistantDelays {
  const { listenTimeoutMs, thinkTimeoutMs } = assistantDelayDefaults;
  const firstAnswerMs = firstAnswerTimeoutMs({
    ...OLLAMA_DEFAULTS,
    streaming: llm.streaming,
    firstTokenTimeoutMs: llm.firstTokenTimeoutMs,
    numPredict: llm.maxReplyTokens,
  });
  const toolCallMs = llm.tools === 'off' ? 0 : TOOL_CALL_MS;
  return {
    ...assistantDelayDefaults,
    listenTimeoutMs: Math.max(listenTimeoutMs, endpointing.noSpeechMs + endpointing.maxUtteranceMs + MARGIN_MS),
    thinkTimeoutMs: Math.max(thinkTimeoutMs, llm.connectTimeoutMs + firstAnswerMs + toolCallMs + MARGIN_MS),
    followUpMs: conversation.followUpMs,
    forgetAfterMs: conversation.forgetAfterMs,
  };
}
