import type { PcmAudio } from './pcm.js';

export const EARCON_KINDS = ['listening', 'thinking', 'done', 'error', 'muted', 'unmuted', 'ringing'] as const;

/** What a short sound tells the user. */
export type EarconKind = (typeof EARCON_KINDS)[number];

/** The lowest rate that carries the highest overtone. */
export const EARCON_MIN_RATE_HZ = 8_000;

interface Note {
  readonly atMs: number;
  readonly durationMs: number;
  readonly hz: number;
  /** Pitch at the end of a glide; default: `hz`. */
  readonly toHz?: number;
}

interface Score {
  readonly notes: readonly Note[];
  /** Amplitudes of the fundamental and of its overtones. */
  readonly partials: readonly number[];
  /** Peak of the whole sound (dBFS): well below speech, which peaks at -6 to -1 dBFS. */
  readonly peakDbfs: number;
}

/** From silence to full level, and never faster: shorter than 5 ms is heard as a click. */
const ATTACK_MS = 12;

/** Nearly a sine, with a little warmth. */
const SOFT = [1, 0.15];
/** Small speakers play little below 300 Hz: the overtones carry the pitch there. */
const FULL = [1, 0.5, 0.25];

/** Notes of the equal-tempered scale (A4 = 440 Hz). */
const C4 = 261.63;
const E4 = 329.63;
const C5 = 523.25;
const E5 = 659.26;
const G5 = 783.99;
const B5 = 987.77;
const C6 = 1046.5;
const E6 = 1318.51;

/**
 * Told apart by direction and by kind, not by pitch, which few people name: two notes up (your turn) and two down (it is
 * over), a glide down (the microphone closes) and up (it opens), two ticks (patience), a trill (a timer is due), a low double tone (trouble).
 */
const SCORES: Readonly<Record<EarconKind, Score>> = {
  listening: {
    notes: [
      { atMs: 0, durationMs: 100, hz: E5 },
      { atMs: 70, durationMs: 110, hz: B5 },
    ],
    partials: SOFT,
    peakDbfs: -16,
  },
  thinking: {
    notes: [
      { atMs: 0, durationMs: 40, hz: E6 },
      { atMs: 140, durationMs: 40, hz: E6 },
    ],
    partials: SOFT,
    peakDbfs: -24,
  },
  done: {
    notes: [
      { atMs: 0, durationMs: 100, hz: G5 },
      { atMs: 70, durationMs: 150, hz: C5 },
    ],
    partials: SOFT,
    peakDbfs: -18,
  },
  error: {
    notes: [
      { atMs: 0, durationMs: 130, hz: C4 },
      { atMs: 190, durationMs: 150, hz: C4 },
    ],
    partials: FULL,
    peakDbfs: -15,
  },
  muted: { notes: [{ atMs: 0, durationMs: 240, hz: E5, toHz: E4 }], partials: FULL, peakDbfs: -17 },
  ringing: {
    notes: [
      { atMs: 0, durationMs: 90, hz: C6 },
      { atMs: 80, durationMs: 90, hz: G5 },
      { atMs: 160, durationMs: 90, hz: C6 },
      { atMs: 240, durationMs: 100, hz: E6 },
    ],
    partials: FULL,
    peakDbfs: -12,
  },
  unmuted: { notes: [{ atMs: 0, durationMs: 240, hz: E4, toHz: E5 }], partials: FULL, peakDbfs: -17 },
};

/**
 * A gentle signal of 180 to 340 ms, made anew on each call. Begins and ends at zero, rises and falls in raised cosines.
 * @throws {RangeError} when the rate is below `EARCON_MIN_RATE_HZ`
 */
export function earcon(kind: EarconKind, sampleRateHz = 24_000): PcmAudio {
  if (!(sampleRateHz >= EARCON_MIN_RATE_HZ)) {
    throw new RangeError(`an earcon needs ${EARCON_MIN_RATE_HZ} Hz or more, not ${sampleRateHz} Hz`);
  }
  const { notes, partials, peakDbfs } = SCORES[kind];
  const endMs = Math.max(...notes.map(({ atMs, durationMs }) => atMs + durationMs));
  const samples = new Float32Array(Math.ceil((endMs * sampleRateHz) / 1000) + 1);
  for (const note of notes) addNote(samples, note, partials, sampleRateHz);
  const scale = 10 ** (peakDbfs / 20) / samples.reduce((peak, x) => Math.max(peak, Math.abs(x)), 0);
  return { samples: samples.map((x) => x * scale), sampleRateHz };
}

function addNote(samples: Float32Array, note: Note, partials: readonly number[], sampleRateHz: number): void {
  const first = Math.ceil((note.atMs * sampleRateHz) / 1000);
  for (let i = first; i < samples.length; i++) {
    const ms = (i * 1000) / sampleRateHz - note.atMs;
    if (ms >= note.durationMs) return;
    const phase = phaseOf(note, ms);
    const wave = partials.reduce((sum, amplitude, n) => sum + amplitude * Math.sin((n + 1) * phase), 0);
    samples[i] = (samples[i] ?? 0) + envelope(ms, note.durationMs) * wave;
  }
}

/** Level of a note, 0 to 1: a raised cosine up and a longer one down, without a corner. */
function envelope(ms: number, durationMs: number): number {
  return ms < ATTACK_MS
    ? 0.5 - 0.5 * Math.cos((Math.PI * ms) / ATTACK_MS)
    : 0.5 + 0.5 * Math.cos((Math.PI * (ms - ATTACK_MS)) / (durationMs - ATTACK_MS));
}

/** Phase of the fundamental (radians): of a constant pitch, or of one that glides by equal intervals in equal times. */
function phaseOf({ hz, toHz = hz, durationMs }: Note, ms: number): number {
  const octaves = Math.log2(toHz / hz);
  const cycles = octaves === 0 ? ms : (durationMs * (2 ** ((octaves * ms) / durationMs) - 1)) / (octaves * Math.LN2);
  return (2 * Math.PI * hz * cycles) / 1000;
}
