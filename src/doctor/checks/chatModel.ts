import type { ChatModel, LlmFailure } from '../../llm/chatModel.js';
import type { Check } from '../check.js';

/**
 * Whether the model server answers and has the model. Without it what needs no language model is still answered.
 * @param settings `llm.url` and `llm.model`
 */
export function chatModelCheck(model: ChatModel, settings: { readonly url: string; readonly model: string }): Check {
  const remedies: Partial<Record<LlmFailure, string>> = {
    refused: `start the server ("ollama serve" on its computer), or correct llm.url = "${settings.url}"`,
    connectTimeout: `start the server's computer, or correct llm.url = "${settings.url}"`,
    notFound: `ollama pull ${settings.model}`,
    badResponse: `correct llm.url = "${settings.url}"`,
  };
  return {
    group: 'models',
    name: 'chat model',
    run: async (signal) => {
      const status = await model.probe(signal);
      if (status.ready) return { verdict: 'ok', reason: `${model.name} on a server of version ${status.version}` };
      const remedy = remedies[status.reason];
      return {
        verdict: 'degraded',
        reason: status.message,
        ...(remedy === undefined ? {} : { remedy }), // otherwise the message has it
        details: { failure: status.reason },
      };
    },
  };
}
