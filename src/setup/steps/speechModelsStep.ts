import { messageOf } from '../../failures/messageOf.js';
import { catalogue, licenceText, type Model, modelBytes } from '../../models/catalogue.js';
import type { FetchProgress } from '../../models/fetchProgress.js';
import { formatBytes } from '../../models/freeSpace.js';
import { voiceModels } from '../../models/neededModels.js';
import { chooseVoice } from '../chooseVoice.js';
import { SetupStopped } from '../dialogue.js';
import type { SetupContext, SetupStep } from '../setupStep.js';
import { tellOverridden } from '../tellOverridden.js';
import { TransferPace, transferLine } from '../transferPace.js';

/** The models on disk, as far as setup needs them. */
export interface SpeechModels {
  readonly folder: string;
  /** The folder that they are copied from; undefined: they are fetched from the network. */
  readonly from: string | undefined;
  /** Whether it is in that folder, or can be fetched. */
  isOffered(id: string): Promise<boolean>;
  /** What the configuration needs to hear; its voice is not among them. */
  needed(): readonly string[];
  /** Whether all of it is here and its checksums are right. @throws the signal's reason */
  isPresent(id: string, signal: AbortSignal): Promise<boolean>;
  /** Fetches and checks; goes on where an earlier one stopped. @throws {ModelError}; the signal's reason */
  fetch(id: string, onProgress: (progress: FetchProgress) => void, signal: AbortSignal): Promise<void>;
}

export interface SpeechModelsStepOptions {
  readonly models: SpeechModels;
  readonly memoryBytes: number;
  readonly now: () => number;
}

/** Chooses the voice, shows the licences of what is missing, and fetches it. */
export function speechModelsStep({ models, memoryBytes, now }: SpeechModelsStepOptions): SetupStep {
  return {
    name: 'speechModels',
    title: 'Voice and speech recognition',
    run: async (context) => {
      const { dialogue, settings } = context;
      const { config } = settings.current;
      const voice = await chooseVoice(dialogue, {
        current: config.tts.voice,
        isChosen: settings.current.origins.get('tts.voice') !== 'default',
        language: config.locale.language,
        memoryBytes,
        isAtHand: async (id) => (await models.isPresent(id, context.signal)) || (await models.isOffered(id)),
      });
      const wanted = [...models.needed(), ...voiceModels({ ...config, tts: { ...config.tts, voice } })];
      const missing = [];
      let mayFetch = true;
      for (const id of new Set(wanted)) if (!(await models.isPresent(id, context.signal))) missing.push(modelOf(id));
      if (missing.length > 0) {
        const bytes = missing.reduce((sum, model) => sum + modelBytes(model), 0);
        const how = models.from === undefined ? 'To download' : `To copy from ${models.from}`;
        dialogue.note(`${how}, ${formatBytes(bytes)} in all, to ${models.folder}`, missing.map(licenceLine));
        const verb = models.from === undefined ? 'Download' : 'Copy';
        mayFetch = await dialogue.confirm(`${verb} them, under these licences?`, true);
      }
      const failures: { id: string; reason: string }[] = [];
      for (const { id } of missing) {
        const reason = mayFetch ? await fetched(context, models, id, now) : 'not wanted now';
        if (reason !== undefined) failures.push({ id, reason });
      }
      // A voice whose model is not there would be silent: the one that was set before stays.
      const isVoiceHere = failures.every(({ id }) => id !== voice);
      if (isVoiceHere) tellOverridden(dialogue, await settings.keep({ 'tts.voice': voice }));
      if (failures.length === 0) dialogue.tell('All speech models are here, and their checksums are right.', 'good');
      return {
        outcome: failures.length === 0 ? 'done' : 'left',
        found: { folder: models.folder, missing: missing.map(({ id }) => id) },
        chosen: { voice: isVoiceHere ? voice : config.tts.voice },
        left: failures.map(({ id, reason }) => `${todo(context, id, { voice, from: models.from })} (${reason})`),
      };
    },
  };
}

/** What fetches a model; of the voice, which is set only once it is here, what sets it too. */
function todo(
  { command }: SetupContext,
  id: string,
  { voice, from }: { readonly voice: string; readonly from: string | undefined },
): string {
  const source = from === undefined ? '' : ` --from ${from}`;
  return id === voice ? `The voice ${id}: ${command(`setup${source}`)}` : command(`models fetch ${id}${source}`);
}

/** @returns why it is not here; undefined: it is */
async function fetched(
  { dialogue, signal }: SetupContext,
  models: SpeechModels,
  id: string,
  now: () => number,
): Promise<string | undefined> {
  for (;;) {
    const live = dialogue.live();
    const pace = new TransferPace();
    try {
      await models.fetch(
        id,
        ({ source, doneBytes, totalBytes }) => {
          if (totalBytes !== null) pace.add(now(), doneBytes);
          live.show(transferLine(`${id} from ${source}`, { doneBytes, totalBytes }, pace, live.room));
        },
        signal,
      );
      live.end(`${id}: here, and its checksum is right.`, 'good');
      return undefined;
    } catch (error) {
      live.end();
      signal.throwIfAborted();
      if (error instanceof SetupStopped) throw error;
      const reason = messageOf(error);
      dialogue.tell(reason, 'warning');
      const again = await dialogue.choose(
        'What now?',
        [
          models.from === undefined
            ? { value: true, label: 'Try again', hint: 'a cut download goes on where it stopped' }
            : { value: true, label: 'I have put it there: try again' },
          { value: false, label: 'Go on without it' },
        ],
        // A folder does not mend itself.
        dialogue.isAttended && models.from === undefined,
      );
      // The remedies were told above.
      if (!again) return reason.split(/\. |\n/)[0] ?? reason;
    }
  }
}

function licenceLine(model: Model): string {
  return `${model.id}  ${formatBytes(modelBytes(model))}  ${model.description}. Licence: ${licenceText(model)}`;
}

function modelOf(id: string): Model {
  const model = catalogue.find((each) => each.id === id);
  if (model === undefined) throw new Error(`the catalogue has no model ${id}`);
  return model;
}
