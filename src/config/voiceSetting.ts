import { catalogue } from '../models/catalogue.js';
import { FLITE_VOICES, type FliteVoiceName } from '../speech/tts/fliteVoice.js';

const FLITE_NAMES = Object.keys(FLITE_VOICES) as FliteVoiceName[];

/** Piper voices that can be fetched. */
const CATALOGUE_VOICES = catalogue.filter((model) => model.purpose === 'voice').map((model) => model.id);

/** What `tts.voice` chooses. */
export type VoiceChoice =
  | { readonly engine: 'flite'; readonly voice: FliteVoiceName }
  | { readonly engine: 'espeak-ng'; readonly language: string }
  | { readonly engine: 'piper'; readonly modelPath: string }
  | { readonly engine: 'piper'; readonly modelId: string };

/** Values of `tts.voice` that can be listed; `piper:/path/to/voice.onnx` cannot. */
export const KNOWN_VOICES: readonly string[] = [
  ...FLITE_NAMES.map((voice) => `flite:${voice}`),
  ...CATALOGUE_VOICES,
  'espeak-ng:en-us',
];

/** Reads a value of `tts.voice`; undefined when it names no voice. */
export function parseVoice(value: string): VoiceChoice | undefined {
  if (CATALOGUE_VOICES.includes(value)) return { engine: 'piper', modelId: value };
  const [engine, rest] = [value.slice(0, value.indexOf(':')), value.slice(value.indexOf(':') + 1)];
  if (engine === 'flite') {
    const voice = FLITE_NAMES.find((known) => known === rest);
    return voice && { engine, voice };
  }
  if (engine === 'espeak-ng') return /^[a-z]{2,3}(-[\w+]+)*$/.test(rest) ? { engine, language: rest } : undefined;
  if (engine === 'piper') return rest.endsWith('.onnx') ? { engine, modelPath: rest } : undefined;
  return undefined;
}
