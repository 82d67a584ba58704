import { spokenForm } from '../../speech/text/spokenForm.js';

/** A chunk of the reply as it was played. */
export interface PlayedChunk {
  /** Its words as the voice says them. */
  readonly text: string;
  /** When its first sample is heard, on the clock of the playback (ms). */
  readonly heardAtMs: number;
  /** How long its sound is (ms). */
  readonly lengthMs: number;
}

/** The microphone hears the speaker later than the playback says by so much at most (ms): air, room, buffers, drivers. */
const ECHO_DELAY_MS = 400;

/** A word is looked for so far (ms) from where its letters put it: voices are faster here and pause there. */
const PLACE_TOLERANCE_MS = 500;

/** The words of the reply that the microphone may have heard between two times of the playback's clock, in order. */
export function spokenWindow(chunks: readonly PlayedChunk[], fromMs: number, toMs: number): string[] {
  const beginsMs = fromMs - ECHO_DELAY_MS - PLACE_TOLERANCE_MS;
  const endsMs = toMs + PLACE_TOLERANCE_MS;
  return chunks.flatMap(({ text, heardAtMs, lengthMs }) => {
    const words = spokenForm(text);
    const letters = words.reduce((sum, word) => sum + word.length, 0);
    let before = 0;
    return words.filter((word) => {
      const startMs = heardAtMs + (before / letters) * lengthMs;
      before += word.length;
      const endMs = heardAtMs + (before / letters) * lengthMs;
      return endMs > beginsMs && startMs < endsMs;
    });
  });
}
