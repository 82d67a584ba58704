import { catalogue, modelBytes } from '../models/catalogue.js';
import { formatBytes } from '../models/freeSpace.js';
import type { Dialogue } from './dialogue.js';
import { fitsPiperVoice } from './tables/chatModelFor.js';

/** Ships with the program. */
const SMALL_VOICE = 'flite:rms';
/** Of the English voices of the catalogue the one with the freest licence. */
const FREE_VOICE = 'en_US-ljspeech-medium';

export interface VoiceSituation {
  /** As configured. */
  readonly current: string;
  /** Somebody has set it; it is not the default. */
  readonly isChosen: boolean;
  /** As configured: "en-GB". */
  readonly language: string;
  readonly memoryBytes: number;
  /** Whether a voice is here or could be fetched. */
  readonly isAtHand: (id: string) => Promise<boolean>;
}

/** The value of `tts.voice` that the owner chooses. */
export async function chooseVoice(
  dialogue: Dialogue,
  { current, isChosen, language, memoryBytes, isAtHand }: VoiceSituation,
): Promise<string> {
  const spoken = language.split('-')[0] ?? 'en';
  const voices = catalogue.filter((model) => model.purpose === 'voice' && model.language.startsWith(spoken));
  const best = voices.find(({ id }) => id === FREE_VOICE) ?? voices[0];
  const isBest = best !== undefined && fitsPiperVoice(memoryBytes) && (await isAtHand(best.id));
  const suggested = isBest ? best.id : SMALL_VOICE;
  const choices = [
    ...voices.map((model) => ({
      value: model.id,
      label: model.id,
      hint: `${model.description.split(';')[0]}, ${formatBytes(modelBytes(model))}`,
    })),
    { value: SMALL_VOICE, label: SMALL_VOICE, hint: 'ships with the program; small, quick, and sounds like a robot' },
  ];
  if (!choices.some(({ value }) => value === current))
    choices.push({ value: current, label: current, hint: 'as it is set now' });
  return dialogue.choose(
    'Which voice? ("pressel models list" shows those of other languages)',
    choices,
    isChosen ? current : suggested,
  );
}
