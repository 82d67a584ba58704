import { CAPTURE_RATE_HZ, FRAME_MS, FRAME_SAMPLES, type PcmFrame, toInt16 } from '../../hardware/audio/pcm.js';
import { speechEndAtMs } from '../speech/utterance.js';
import type { BenchedUtterance } from './benchedAssistant.js';
import { type SeededNumbers, seededNumbers, shuffled, wholeBetween } from './sim/seededNumbers.js';
import type { Stretch } from './sim/spokenUtterance.js';
import { type Gap, gapsOf, levelsOf, STRETCH_SAMPLES } from './wordGaps.js';

/** Somebody who speaks: 16 kHz mono in [-1, 1]. */
export interface SpeechRecording {
  readonly name: string;
  /** Empty where it is not known. */
  readonly transcript: string;
  readonly samples: Float32Array;
}

/** A recording as it is said to the assistant. */
export interface RecordedUtterance extends BenchedUtterance {
  readonly name: string;
  readonly frames: readonly Int16Array[];
  /** What the microphone hears afterwards, over and over: the recording's own room. */
  readonly roomFrames: readonly Int16Array[];
  /** Where the speaker was made to stop and think. */
  readonly pauses: readonly Stretch[];
}

/** From the opening of the microphone to the recording (ms): somebody presses, then speaks. */
const LEAD_MS = 300;
/** Lengths of the pauses that are put in. */
export const PAUSE_MS = { from: 300, to: 1_200 } as const;
/** One in so many utterances gets a pause. */
const PAUSE_EVERY = 3;
const ROOM_MS = 1_024;
/** The room is so much quieter than the loudest stretch (dB), also where somebody speaks all the time. */
const ROOM_MAX_DB = -45;
/** Nobody pauses within so much of the beginning and of the end (ms). */
const EDGE_MS = 400;

/**
 * `turns` utterances, which only the seed and the recordings decide. Each recording is said once before one is said again,
 * and one in three has a pause of 0.3 to 1.2 s in a gap between two words, where it has such a gap.
 */
export function recordedCorpus(recordings: readonly SpeechRecording[], turns: number, seed: number) {
  if (recordings.length === 0) throw new RangeError('A corpus needs at least one recording.');
  const random = seededNumbers(seed);
  const utterances: RecordedUtterance[] = [];
  let order: SpeechRecording[] = [];
  let hesitates = 0;
  while (utterances.length < turns) {
    if (order.length === 0) order = shuffled(recordings, random);
    const place = utterances.length % PAUSE_EVERY;
    if (place === 0) hesitates = wholeBetween(random, 0, PAUSE_EVERY - 1);
    const recording = order.shift();
    if (recording) utterances.push(recordedUtterance(recording, place === hesitates, random));
  }
  return utterances;
}

/** A recording as it is said, with a pause put into it if somebody hesitates. */
export function recordedUtterance(
  { name, transcript, samples }: SpeechRecording,
  hesitates: boolean,
  random: SeededNumbers,
): RecordedUtterance {
  const levels = levelsOf(samples);
  const quiet = levels.toSorted((a, b) => a - b)[Math.floor(levels.length / 10)] ?? 0;
  const roomLevel = Math.min(quiet, Math.max(0, ...levels) * 10 ** (ROOM_MAX_DB / 20));
  const lead = noise(samplesIn(LEAD_MS), roomLevel, random);
  const gaps = hesitates ? likelyGaps(levels) : [];
  const gap = gaps[wholeBetween(random, 0, gaps.length - 1)];
  const pauses: Stretch[] = [];
  let said = joined([lead, samples]);
  if (gap) {
    const lengthMs = wholeBetween(random, PAUSE_MS.from, PAUSE_MS.to);
    const at = Math.round((gap.from + gap.to) / 2) * STRETCH_SAMPLES;
    const pause = noise(samplesIn(lengthMs), gap.level, random);
    said = joined([lead, samples.subarray(0, at), pause, samples.subarray(at)]);
    const startMs = LEAD_MS + (at / CAPTURE_RATE_HZ) * 1000;
    pauses.push({ startMs, endMs: startMs + lengthMs });
  }
  const frames = framesOf(said);
  const captured = frames.map((frame, n): PcmFrame => ({ samples: frame, capturedAtMs: (n + 1) * FRAME_MS }));
  return {
    name,
    transcript,
    frames,
    roomFrames: framesOf(noise(samplesIn(ROOM_MS), roomLevel, random)),
    pauses,
    lastVoicedMs: speechEndAtMs(captured),
  };
}

/** The longer half of the gaps: a short one may be within a word. */
function likelyGaps(levels: readonly number[]): Gap[] {
  const byLength = gapsOf(levels, EDGE_MS).toSorted((a, b) => b.to - b.from - (a.to - a.from));
  return byLength.slice(0, Math.ceil(byLength.length / 2));
}

/** White noise of a level (RMS). */
function noise(count: number, level: number, random: SeededNumbers): Float32Array {
  // An even distribution from -a to a has an RMS of a / sqrt(3).
  return new Float32Array(count).map(() => (2 * random() - 1) * level * Math.sqrt(3));
}

/** Whole frames, the last one padded with zeros. */
function framesOf(samples: Float32Array): Int16Array[] {
  return Array.from({ length: Math.ceil(samples.length / FRAME_SAMPLES) }, (_, n) => {
    const frame = new Int16Array(FRAME_SAMPLES);
    frame.set(toInt16(samples.subarray(n * FRAME_SAMPLES, (n + 1) * FRAME_SAMPLES)));
    return frame;
  });
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function samplesIn(ms: number): number {
  return Math.round((ms * CAPTURE_RATE_HZ) / 1000);
}
