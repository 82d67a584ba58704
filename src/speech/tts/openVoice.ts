import { distance } from 'fastest-levenshtein';
import { EspeakVoice } from './espeakVoice.js';
import { FLITE_VOICES, FliteVoice } from './fliteVoice.js';
import { type PiperOptions, PiperVoice } from './piperVoice.js';
import type { Pauses } from './speakClauses.js';
import type { SpeechRate } from './speechRate.js';
import { type Voice, VoiceError } from './voice.js';

/** How a configured voice speaks, whichever engine it belongs to. */
export interface OpenVoiceOptions extends Partial<Pauses> {
  /** 1 is the voice's natural pace, 1.2 is slower, 0.8 faster. Default: the voice's own. */
  readonly lengthScale?: number;
  /** May change between two texts. Default: 1. */
  readonly rate?: SpeechRate;
  /** Name or number of the speaker, for a Piper voice of several. */
  readonly speaker?: string | number;
  /** Of a Piper voice. Default: what suits this computer. */
  readonly threads?: number;
  /** The `.onnx` file of a Piper voice that is named by its id, e.g. "en_US-amy-low"; undefined when it is not there. */
  readonly resolvePiper?: (id: string) => string | undefined;
  /** See `PiperOptions.onUnknownSymbols`. */
  readonly onUnknownSymbols?: NonNullable<PiperOptions['onUnknownSymbols']>;
}

/** espeak-ng's own default, in words per minute. */
const ESPEAK_WORDS_PER_MINUTE = 175;

const ENGINES = ['piper', 'flite', 'espeak-ng'] as const;
const EXAMPLES = 'piper:/path/to/voice.onnx, piper:en_US-amy-low, flite:rms, espeak-ng:en-us';

/**
 * The voice of a configuration value, which reads "engine:voice": `flite:rms`, `espeak-ng:en-us`,
 * `piper:/path/to/voice.onnx` or `piper:` and the id of an installed voice. "flite" and "espeak-ng" alone take their
 * default voice. Nothing is loaded yet but a Piper voice's configuration; the caller closes the voice.
 * @throws {VoiceError} `notFound` naming what is valid; `badConfig` of a Piper voice
 */
export function openVoice(spec: string, options: OpenVoiceOptions = {}): Voice {
  const colon = spec.indexOf(':');
  const engine = colon < 0 ? spec : spec.slice(0, colon);
  const voice = colon < 0 ? '' : spec.slice(colon + 1);
  const named = voice === '' ? {} : { voice };
  switch (engine) {
    case 'flite':
      return new FliteVoice({ ...options, ...named });
    case 'espeak-ng': {
      const wordsPerMinute = Math.round(ESPEAK_WORDS_PER_MINUTE / (options.lengthScale ?? 1));
      return new EspeakVoice({ ...options, ...named, wordsPerMinute });
    }
    case 'piper':
      return new PiperVoice({ ...options, modelPath: piperModel(voice, options.resolvePiper) });
    default:
      throw unknownEngine(spec, engine);
  }
}

function piperModel(voice: string, resolve: OpenVoiceOptions['resolvePiper']): string {
  if (voice.endsWith('.onnx')) return voice;
  const modelPath = voice === '' ? undefined : resolve?.(voice);
  if (modelPath !== undefined) return modelPath;
  throw new VoiceError(
    'notFound',
    `the Piper voice "${voice}" is not installed. Fetch it with "pressel setup", or give the path of a .onnx file.`,
  );
}

function unknownEngine(spec: string, engine: string): VoiceError {
  const nearest = ENGINES.find((known) => distance(known, engine) <= 2);
  const meant = Object.hasOwn(FLITE_VOICES, engine) ? `flite:${engine}` : nearest;
  const hint = meant ? ` Did you mean ${meant}?` : '';
  return new VoiceError('notFound', `there is no voice "${spec}".${hint} Valid are ${EXAMPLES}.`);
}
