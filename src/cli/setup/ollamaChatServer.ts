import { systemClock } from '../../../hardware/clock.js';
import { LlmError } from '../../llm/chatModel.js';
import { OLLAMA_DEFAULTS } from '../../llm/ollamaOptions.js';
import { readServer } from '../../llm/ollamaServer.js';
import { pullModel } from '../../llm/pullModel.js';
import { parseServerUrl } from '../../llm/serverUrl.js';
import type { ChatServer } from '../../setup/chatServer.js';

/** Ollama, as setup asks it. */
export const ollamaChatServer: ChatServer = {
  find: async (url, signal) => {
    try {
      return { found: true, ...(await readServer(parseServerUrl(url), { ...OLLAMA_DEFAULTS, url }, signal)) };
    } catch (error) {
      if (error instanceof LlmError || error instanceof TypeError) return { found: false, message: error.message };
      throw error;
    }
  },
  pull: (url, model, onProgress, signal) => pullModel({ url, model, clock: systemClock, onProgress }, signal),
};
