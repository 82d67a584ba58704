import { CAPTURE_RATE_HZ, type PcmAudio } from '../../../hardware/audio/pcm.js';
import type { SpeechRecording } from '../recordedUtterance.js';
import { levelsOf, STRETCH_SAMPLES, voicedPart } from '../wordGaps.js';

/** What is heard while the assistant speaks: somebody who takes the turn, a noise, or "yes, I see". */
export type InterjectionKind = 'interruption' | 'cough' | 'backchannel';

export interface Interjection {
  readonly kind: InterjectionKind;
  readonly name: string;
  /** What is said; empty of noises and where it is not known. May hold more than is heard. */
  readonly transcript: string;
  /** 16 kHz mono in [-1, 1], from shortly before the first voiced sample to shortly behind the last one. */
  readonly samples: Float32Array;
  /** From its first sample to the first voiced one (ms). */
  readonly voicedFromMs: number;
  /** Of its voiced part: RMS in dB of full scale. */
  readonly levelDb: number;
}

/** Kept before the voice and behind it: soft consonants. */
const MARGIN_MS = 80;
/** A microphone that clips would be another benchmark. */
const PEAK = 0.98;

/** Undefined of silence. */
export function interjectionOf(kind: InterjectionKind, recording: SpeechRecording): Interjection | undefined {
  const { name, transcript, samples } = recording;
  const voiced = voicedPart(levelsOf(samples));
  if (!voiced) return undefined;
  const margin = (MARGIN_MS * CAPTURE_RATE_HZ) / 1000;
  const voicedFrom = voiced.from * STRETCH_SAMPLES;
  const from = Math.max(0, voicedFrom - margin);
  const voicedFromMs = ((voicedFrom - from) / CAPTURE_RATE_HZ) * 1000;
  const kept = samples.slice(from, voiced.to * STRETCH_SAMPLES + margin);
  return { kind, name, transcript, samples: kept, voicedFromMs, levelDb: voiced.levelDb };
}

/** As it is heard when its voiced part is so loud (RMS in dB of full scale), or as loud as it gets. */
export function atLevel({ samples, levelDb }: Interjection, wantedDb: number): PcmAudio {
  const peak = samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const factor = Math.min(10 ** ((wantedDb - levelDb) / 20), PEAK / peak);
  return { samples: samples.map((x) => x * factor), sampleRateHz: CAPTURE_RATE_HZ };
}
