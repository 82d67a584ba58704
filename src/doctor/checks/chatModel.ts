import type { ChatModel, LlmFailure } from '../../llm/chatModel.js';
import { isThisComputer, parseServerUrl, portOf } from '../../llm/serverUrl.js';
import type { Check } from '../check.js';

/**
 * Whether the model server answers and has the model. Without it what needs no language model is still answered.
 * @param settings `llm.url` and `llm.model`
 */
export function chatModelCheck(
  model: Pick<ChatModel, 'name' | 'probe'>,
  settings: { readonly url: string; readonly model: string },
): Check {
  const correct = `or correct llm.url = "${settings.url}"`;
  const server = parseServerUrl(settings.url);
  const isHere = isThisComputer(server);
  const start = isHere
    ? 'sudo systemctl start ollama; if there is none: curl -fsSL https://ollama.com/install.sh | sh;'
    : 'on its computer: sudo systemctl start ollama;';
  const remedies: Partial<Record<LlmFailure, string>> = {
    refused: `${start} ${correct}`,
    connectTimeout: isHere ? `sudo systemctl restart ollama, ${correct}` : `start the server's computer, ${correct}`,
    notFound: `ollama pull ${settings.model}`,
    badResponse: isHere
      ? `see who listens there: sudo ss -ltnp "sport = :${portOf(server)}"; ${correct}`
      : `correct llm.url = "${settings.url}"`,
  };
  return {
    group: 'ollama',
    name: 'model',
    run: async (signal) => {
      const status = await model.probe(signal);
      if (status.ready) return { verdict: 'ok', reason: `${model.name} on a server of version ${status.version}` };
      const remedy = remedies[status.reason];
      return {
        verdict: 'degraded',
        // Behind the first sentence it says in general what helps.
        reason: remedy === undefined ? status.message : status.message.replace(/\. .*$/s, ''),
        ...(remedy === undefined ? {} : { remedy }), // otherwise the message has it
        details: { failure: status.reason },
      };
    },
  };
}
