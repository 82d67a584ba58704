import type { Clock } from '../../../hardware/clock.js';
import type { SpeechRecognizer, Transcript } from '../../speech/asr/recognizer.js';
import { spokenForm } from '../../speech/text/spokenForm.js';
import type { WordsAloud } from './interjection.js';
import { foreignWords } from './ownWords.js';
import { spokenWindow } from './spokenWindow.js';

/** A recogniser of what is said into the assistant's own speech: what the microphone has heard of that first is left out. */
export class UserWords implements SpeechRecognizer {
  /** @param sinceMs when the sound that it is given begins, on the clock of the playback */
  constructor(
    private readonly recognizer: SpeechRecognizer,
    private readonly aloud: WordsAloud,
    private readonly sinceMs: number,
    private readonly clock: Clock,
  ) {}

  get name(): string {
    return this.recognizer.name;
  }

  warmUp(signal: AbortSignal): Promise<void> {
    return this.recognizer.warmUp(signal);
  }

  async transcribe(samples: Float32Array, signal: AbortSignal, draft?: Transcript): Promise<Transcript> {
    const transcript = await this.recognizer.transcribe(samples, signal, draft);
    const spoken = spokenWindow(this.aloud.chunks, this.sinceMs, this.clock.now());
    return { ...transcript, text: withoutOwnBeginning(transcript.text, spoken) };
  }

  close(): Promise<void> {
    return this.recognizer.close();
  }
}

/**
 * A transcript from the first of the user's own words on, as it is spelt, the first letter large. Empty when none is theirs.
 * @param spoken `spokenWindow` of the same time
 */
export function withoutOwnBeginning(transcript: string, spoken: readonly string[]): string {
  const foreign = foreignWords(transcript, spoken);
  const heard = spokenForm(transcript);
  if (foreign.length === heard.length) return transcript;
  if (foreign.length === 0) return '';
  const first = firstIndexOf(foreign, heard);
  const words = transcript.trim().split(/\s+/);
  let kept = 0;
  while (kept < words.length && spokenForm(words.slice(0, kept + 1).join(' ')).length <= first) kept += 1;
  const rest = words.slice(kept).join(' ');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** Where in `heard` the words begin that follow one another there, with others between them, as in `foreign`: the last place. */
function firstIndexOf(foreign: readonly string[], heard: readonly string[]): number {
  let at = heard.length;
  for (const word of foreign.toReversed()) at = heard.lastIndexOf(word, at - 1);
  return Math.max(0, at);
}
