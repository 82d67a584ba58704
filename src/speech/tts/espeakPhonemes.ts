/**
 * The one door to `@echogarden/espeak-ng-emscripten`, which is espeak-ng compiled to WebAssembly and licensed GPL-3.0,
 * unlike the rest of the program. Nothing else may import that package, and this file is imported (dynamically) by
 * Piper's worker thread only: whoever wants another phonemizer replaces this file by one that exports a
 * `loadPhonemizer` with the same signature.
 */
import { OperationError } from '../../inference/serveInference.js';
import type { Phonemize } from './spokenPhonemes.js';

/** What is used of the package, which ships no types. */
interface EspeakModule {
  readonly HEAPU8: Uint8Array;
  readonly eSpeakNGWorker: new () => {
    /** 0 when the voice is there. */
    set_voice(name: string): number;
    /** A zero-terminated UTF-8 string in the module's memory, valid until the next call. */
    convert_to_phonemes(text: string, ipa: boolean): { readonly ptr: number };
  };
}

// A variable, as the compiler would look for types that do not exist.
const PACKAGE: string = '@echogarden/espeak-ng-emscripten';

/**
 * Loads espeak-ng (about 0.3 s and 95 MB) with one of its voices.
 * @param voice e.g. "en-us", from the `espeak.voice` of a Piper voice
 * @throws {OperationError} `badConfig` when espeak-ng has no such voice
 */
export async function loadPhonemizer(voice: string): Promise<Phonemize> {
  const { default: load } = (await import(PACKAGE)) as { default: () => Promise<EspeakModule> };
  const espeak = await load();
  const translator = new espeak.eSpeakNGWorker();
  if (!languages(voice).some((name) => translator.set_voice(name) === 0)) {
    throw new OperationError('badConfig', `espeak-ng has no voice "${voice}" to make phonemes with`);
  }
  return (text) => {
    const { ptr } = translator.convert_to_phonemes(text.replaceAll('\0', ' '), true);
    const memory = espeak.HEAPU8; // anew each time: it is replaced when the module's memory grows
    return plainPhonemes(new TextDecoder().decode(memory.subarray(ptr, memory.indexOf(0, ptr))));
  };
}

/** The language tag and what it is a variety of: this build of espeak-ng knows "en" (British) but not its alias "en-gb". */
function languages(tag: string): string[] {
  const parts = tag.split('-');
  return parts.map((_, dropped) => parts.slice(0, parts.length - dropped).join('-'));
}

/** Without espeak-ng's own notation: `_` between phonemes, ` | ` between its clauses, `(en)` where the language changes. */
function plainPhonemes(notation: string): string {
  return notation
    .replace(/\([^)]*\)/g, '')
    .replaceAll('_', '')
    .replaceAll('|', ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
