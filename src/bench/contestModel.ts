import type { Clock } from '../../hardware/clock.js';
import type { ChatModel } from '../llm/chatModel.js';
import { OllamaModel } from '../llm/ollamaModel.js';
import { startScriptedOllama } from '../llm/scripted/scriptedOllama.js';
import { SCRIPTED_MODEL } from '../llm/scripted/scriptedResponder.js';

/** A chat model with a server of its own. */
export interface ContestModel {
  readonly model: ChatModel;
  /** Tokens that the server has sent so far, those that warmed it up included. */
  readonly sentTokens: number;
  close(): Promise<void>;
}

/** How fast the scripted model is. */
export interface ModelPace {
  readonly tokensPerSecond: number;
  readonly firstTokenMs: number;
}

/** Starts the scripted model's server, which replies what `reply` says. */
export async function scriptedModel(
  pace: ModelPace,
  reply: () => string,
  streaming: boolean,
  clock: Clock,
): Promise<ContestModel> {
  const server = await startScriptedOllama({ reply, ...pace });
  return {
    model: new OllamaModel({ url: server.url, model: SCRIPTED_MODEL, streaming, clock }),
    get sentTokens() {
      return server.requests.reduce((sum, { tokensSent }) => sum + tokensSent, 0);
    },
    close: () => server.close(),
  };
}
