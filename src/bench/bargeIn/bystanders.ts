import { CAPTURE_RATE_HZ } from '../../../hardware/audio/pcm.js';
import type { Voice } from '../../speech/tts/voice.js';
import type { SpeechRecording } from '../recordedUtterance.js';
import { seededNumbers, shuffled } from '../sim/seededNumbers.js';
import { synthesised } from '../synthesised.js';
import { synthesisedCoughs } from './coughs.js';
import { type Interjection, type InterjectionKind, interjectionOf } from './interjection.js';

/** What people say who are listening and want it to go on. */
const BACKCHANNELS = ['yeah', 'okay', 'right', 'mm-hm', 'uh-huh', 'I see', 'yes', 'sure'];

/** Of a recorded noise no more is heard (ms): thunder lasts. */
const NOISE_MS = 1_500;
/** Every so many noises are recorded ones, where there are some. */
const RECORDED_EVERY = 3;

/** Coughs and cleared throats, every third of them a recorded noise where there are any. */
export function coughs(noises: readonly SpeechRecording[], count: number, seed: number): Interjection[] {
  const made = synthesisedCoughs(count, seed);
  const order = shuffled(noises, seededNumbers(seed));
  const mixed = made.map((cough, n) => {
    const noise = order[Math.floor(n / RECORDED_EVERY) % Math.max(1, order.length)];
    return n % RECORDED_EVERY === 0 && noise ? noise : cough;
  });
  return audible('cough', mixed).map((cough) => ({
    ...cough,
    samples: cough.samples.subarray(0, (NOISE_MS * CAPTURE_RATE_HZ) / 1000),
  }));
}

/** Each word by each voice once before one is heard again, in an order that the seed decides. @throws {VoiceError} */
export async function backchannels(
  voices: readonly Voice[],
  count: number,
  seed: number,
  signal: AbortSignal,
): Promise<Interjection[]> {
  const all = voices.flatMap((voice) => BACKCHANNELS.map((text) => ({ voice, text })));
  const order = shuffled(all, seededNumbers(seed));
  const spoken: SpeechRecording[] = [];
  for (const { voice, text } of order.slice(0, count)) {
    const samples = await synthesised(voice, text, signal);
    spoken.push({ name: `"${text}" by ${voice.name}`, transcript: text, samples });
  }
  const heard = audible('backchannel', spoken);
  return Array.from({ length: heard.length > 0 ? count : 0 }, (_, n) => heard[n % heard.length]).filter(
    (one) => one !== undefined,
  );
}

function audible(kind: InterjectionKind, recordings: readonly SpeechRecording[]): Interjection[] {
  return recordings.map((recording) => interjectionOf(kind, recording)).filter((one) => one !== undefined);
}
