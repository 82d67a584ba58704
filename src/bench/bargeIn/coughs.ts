import { CAPTURE_RATE_HZ } from '../../../hardware/audio/pcm.js';
import type { SpeechRecording } from '../recordedUtterance.js';
import { type SeededNumbers, seededNumbers, wholeBetween } from '../sim/seededNumbers.js';

const BURSTS = { from: 1, to: 3 } as const;
const BURST_MS = { from: 80, to: 250 } as const;
const GAP_MS = { from: 70, to: 220 } as const;
const LEAD_MS = 50;
/** A cough explodes. */
const ATTACK_MS = 6;
/** Of the noise that a throat makes: the first broad resonance of an open mouth. */
const RESONANCE_HZ = { from: 450, to: 1_600 } as const;
const RESONANCE_Q = 0.9;
/** The folds that rattle when somebody clears their throat. */
const RATTLE_HZ = { from: 70, to: 130 } as const;
/** Every so many are a cleared throat. */
const THROAT_EVERY = 3;
const PEAK = 0.5;

/** Coughs and cleared throats: bursts of shaped noise, which only the seed decides. */
export function synthesisedCoughs(count: number, seed: number): SpeechRecording[] {
  return Array.from({ length: count }, (_, n) => {
    const random = seededNumbers(seed + n);
    const clearsThroat = n % THROAT_EVERY === THROAT_EVERY - 1;
    const bursts = wholeBetween(random, BURSTS.from, BURSTS.to);
    const name = `${clearsThroat ? 'cleared throat' : 'cough'}, ${bursts} ${bursts === 1 ? 'burst' : 'bursts'}`;
    return { name, transcript: '', samples: bursting(bursts, clearsThroat, random) };
  });
}

function bursting(bursts: number, clearsThroat: boolean, random: SeededNumbers): Float32Array {
  const pieces = [silence(LEAD_MS)];
  for (let n = 0; n < bursts; n++) {
    pieces.push(burst(clearsThroat, random), silence(wholeBetween(random, GAP_MS.from, GAP_MS.to)));
  }
  return Float32Array.from(pieces.flatMap((piece) => [...piece]));
}

/** Noise through one resonance, sudden at its beginning, dying away at its end. */
function burst(clearsThroat: boolean, random: SeededNumbers): Float32Array {
  const lengthMs = wholeBetween(random, BURST_MS.from, BURST_MS.to);
  const resonate = bandPass(wholeBetween(random, RESONANCE_HZ.from, RESONANCE_HZ.to));
  const rattleHz = wholeBetween(random, RATTLE_HZ.from, RATTLE_HZ.to);
  const shaped = silence(lengthMs).map((_, n) => {
    const atMs = (n / CAPTURE_RATE_HZ) * 1000;
    const envelope = Math.min(1, atMs / ATTACK_MS) * Math.exp((-3 * atMs) / lengthMs) * Math.min(1, lengthMs - atMs);
    const period = (atMs / 1000) * rattleHz;
    const rattle = clearsThroat ? 1 - (period - Math.floor(period)) : 1;
    return resonate((2 * random() - 1) * rattle) * envelope;
  });
  const peak = shaped.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return shaped.map((x) => (x / peak) * PEAK);
}

/** A second-order band-pass of constant peak gain (Bristow-Johnson, "Cookbook formulae for audio EQ biquad filters"). */
function bandPass(centreHz: number): (x: number) => number {
  const w = (2 * Math.PI * centreHz) / CAPTURE_RATE_HZ;
  const alpha = Math.sin(w) / (2 * RESONANCE_Q);
  const [b, a1, a2] = [alpha / (1 + alpha), (-2 * Math.cos(w)) / (1 + alpha), (1 - alpha) / (1 + alpha)];
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return (x) => {
    const y = b * (x - x2) - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    return y;
  };
}

function silence(ms: number): Float32Array {
  return new Float32Array(Math.round((ms * CAPTURE_RATE_HZ) / 1000));
}
