import { CAPTURE_RATE_HZ, durationMs, type PcmAudio } from '../../hardware/audio/pcm.js';
import { PieceResampler } from '../../hardware/audio/pieceResampler.js';
import type { Clock } from '../../hardware/clock.js';
import type { SpeechRecognizer } from './asr/recognizer.js';
import { type Voice, VoiceError } from './tts/voice.js';

/** Every letter of English, in about three seconds: an ordinary sentence for the voice and for the recogniser. */
const PHRASE = 'The quick brown fox jumps over the lazy dog.';

/** How long work on a piece of sound took, and how long the sound is (ms). */
export interface SpeechWork {
  readonly tookMs: number;
  readonly audioMs: number;
}

/** What `measureSpeech` found out. */
export interface SpeechMeasurement {
  readonly synthesis: SpeechWork & { readonly firstPieceMs: number };
  readonly recognition: SpeechWork;
  /** What the recogniser understood of the phrase. */
  readonly heard: string;
}

/**
 * Lets the voice speak a sentence that nobody hears, and the recogniser listen to it: the time of both, and the proof
 * that they work. Both should be warm. Silence would be no measure of the recogniser, which is done with it at once.
 * @throws {VoiceError} also when it makes no sound; {InferenceError}; the signal's reason as soon as it is aborted
 */
export async function measureSpeech(
  voice: Voice,
  recognizer: SpeechRecognizer,
  clock: Clock,
  signal: AbortSignal,
): Promise<SpeechMeasurement> {
  const pieces: PcmAudio[] = [];
  const startedMs = clock.now();
  let firstPieceMs: number | undefined;
  for await (const piece of voice.synthesize(PHRASE, signal)) {
    firstPieceMs ??= clock.now() - startedMs;
    pieces.push(piece);
  }
  const tookMs = clock.now() - startedMs;
  if (firstPieceMs === undefined) {
    throw new VoiceError(
      'failed',
      `the voice ${voice.name} makes no sound of "${PHRASE}". Choose another (tts.voice).`,
    );
  }
  const samples = await atCaptureRate(pieces, signal);
  const { text, asrMs } = await recognizer.transcribe(samples, signal);
  signal.throwIfAborted();
  return {
    synthesis: { tookMs, firstPieceMs, audioMs: pieces.reduce((sum, piece) => sum + durationMs(piece), 0) },
    recognition: { tookMs: asrMs, audioMs: durationMs({ samples, sampleRateHz: CAPTURE_RATE_HZ }) },
    heard: text,
  };
}

/** The pieces one after the other, as a microphone would give them. */
async function atCaptureRate(pieces: readonly PcmAudio[], signal: AbortSignal): Promise<Float32Array> {
  const resampler = new PieceResampler(CAPTURE_RATE_HZ);
  const blocks: Float32Array[] = [];
  try {
    for (const piece of pieces) {
      for await (const block of resampler.convert(piece)) {
        signal.throwIfAborted();
        blocks.push(block);
      }
    }
    blocks.push(resampler.end());
  } finally {
    resampler.close();
  }
  const whole = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    whole.set(block, at);
    at += block.length;
  }
  return whole;
}
