import { isThisComputer, parseServerUrl } from '../../llm/serverUrl.js';
import type { ChatServer } from '../chatServer.js';
import { chooseChatModel, isSameModel } from '../chooseChatModel.js';
import { chooseChatServer } from '../chooseChatServer.js';
import { pullChatModel } from '../pullChatModel.js';
import type { SetupStep } from '../setupStep.js';
import { CHAT_MODELS, type ChatMachine, chatModelFor } from '../tables/chatModelFor.js';
import { tellOverridden } from '../tellOverridden.js';

export interface ChatModelStepOptions {
  readonly server: ChatServer;
  readonly machine: ChatMachine & { readonly arch: string };
  /** Milliseconds on any scale, for the pace of a download. */
  readonly now: () => number;
}

const WITHOUT = 'No language model: time, timers, lists, sums and the like work without. To have one:';

/** Finds the model server, chooses a model that fits the memory, and has the server fetch it. */
export function chatModelStep({ server, machine, now }: ChatModelStepOptions): SetupStep {
  return {
    name: 'chatModel',
    title: 'Language model',
    run: async (context) => {
      const { dialogue, settings } = context;
      const without = `${WITHOUT} ${context.command('setup')}`;
      const at = await chooseChatServer(context, server, machine);
      if (at === undefined) {
        dialogue.tell(without);
        return { outcome: 'left', found: { server: null }, chosen: { model: null }, left: [without] };
      }
      const found = { server: at.url, version: at.version, models: at.models };
      tellOverridden(dialogue, await settings.keep({ 'llm.url': at.url }));
      const current = settings.current.config.llm.model;
      // Another computer's memory is its own; what fits this one fits there.
      const isHere = isThisComputer(parseServerUrl(at.url));
      const isChosen = settings.current.origins.get('llm.model') !== 'default';
      const model = await chooseChatModel(dialogue, { machine, models: at.models, current, isChosen, isHere });
      if (model === undefined) {
        const left =
          isHere && chatModelFor(machine) === undefined
            ? `No language model fits into this memory: run Ollama on another computer of the house and give its address: ${context.command('setup')}`
            : without;
        return { outcome: 'left', found, chosen: { model: null }, left: [left] };
      }
      const chosen = { url: at.url, model };
      if (!at.models.some((name) => isSameModel(name, model))) {
        const licence = CHAT_MODELS.find(({ name }) => name === model)?.licence;
        if (licence !== undefined) dialogue.tell(`${model} comes from Ollama's library. Licence: ${licence}`);
        const failure = await pullChatModel(context, { server, url: at.url, model, now });
        // The old choice stays in the file: it may work.
        if (failure !== undefined) return { outcome: 'left', found, chosen, left: [failure] };
      } else {
        dialogue.tell(`${model} is there already.`, 'good');
      }
      tellOverridden(dialogue, await settings.keep({ 'llm.model': model }));
      return { outcome: 'done', found, chosen };
    },
  };
}
