import { CAPTURE_RATE_HZ } from '../../hardware/audio/pcm.js';

const STRETCH_MS = 10;
/** Sound at 16 kHz is looked at in stretches of 10 ms. */
export const STRETCH_SAMPLES = (CAPTURE_RATE_HZ * STRETCH_MS) / 1000;
/** Quieter than the loudest stretch by so much (dB), and for so long (ms), it may be a gap between two words. */
const GAP_DB = -25;
const GAP_MIN_MS = 40;
/** Shorter, it is a click and no voice. */
const VOICE_MIN_MS = 30;

/** A quiet place within speech. */
export interface Gap {
  /** In stretches of 10 ms. */
  readonly from: number;
  readonly to: number;
  /** Of its sound (RMS). */
  readonly level: number;
}

/** RMS of each stretch of 10 ms. */
export function levelsOf(samples: Float32Array): number[] {
  const levels: number[] = [];
  for (let from = 0; from + STRETCH_SAMPLES <= samples.length; from += STRETCH_SAMPLES) {
    let sum = 0;
    for (const sample of samples.subarray(from, from + STRETCH_SAMPLES)) sum += sample * sample;
    levels.push(Math.sqrt(sum / STRETCH_SAMPLES));
  }
  return levels;
}

/** The quiet places within the speech. @param edgeMs of its beginning and of its end, where none are looked for */
export function gapsOf(levels: readonly number[], edgeMs: number): Gap[] {
  const isVoiced = voicedIn(levels);
  const edge = edgeMs / STRETCH_MS;
  const first = levels.findIndex(isVoiced) + edge;
  const last = levels.findLastIndex(isVoiced) - edge;
  const gaps: Gap[] = [];
  for (let from = first; from < last; from++) {
    let to = from;
    while (to < last && !isVoiced(levels[to] ?? 0)) to++;
    if ((to - from) * STRETCH_MS >= GAP_MIN_MS) gaps.push({ from, to, level: Math.min(...levels.slice(from, to)) });
    from = to;
  }
  return gaps;
}

/** From the first voiced stretch to behind the last one, and how loud the voiced ones are. */
export interface VoicedPart {
  readonly from: number;
  readonly to: number;
  /** RMS in dB of full scale. */
  readonly levelDb: number;
}

/** Where somebody is heard; undefined of silence. */
export function voicedPart(levels: readonly number[]): VoicedPart | undefined {
  const isVoiced = voicedIn(levels);
  const lasts = VOICE_MIN_MS / STRETCH_MS;
  const from = levels.findIndex((_, n) => n + lasts <= levels.length && levels.slice(n, n + lasts).every(isVoiced));
  if (from < 0) return undefined;
  const voiced = levels.slice(from).filter(isVoiced);
  const power = voiced.reduce((sum, level) => sum + level ** 2, 0) / voiced.length;
  return { from, to: levels.findLastIndex(isVoiced) + 1, levelDb: 10 * Math.log10(power) };
}

function voicedIn(levels: readonly number[]): (level: number) => boolean {
  const loudest = levels.reduce((a, b) => Math.max(a, b), 0);
  return (level) => loudest > 0 && level > loudest * 10 ** (GAP_DB / 20);
}
