import assert from 'node:assert/strict';
import { durationMs, type PcmAudio } from '../../../../hardware/audio/pcm.js';

/** All pieces of `pieces`. */
export async function allPieces(pieces: AsyncIterable<PcmAudio>): Promise<PcmAudio[]> {
  const out: PcmAudio[] = [];
  for await (const piece of pieces) out.push(piece);
  return out;
}

/** Duration of `pieces` one after the other. */
export function totalMs(pieces: readonly PcmAudio[]): number {
  return pieces.reduce((sum, piece) => sum + durationMs(piece), 0);
}

/** Asserts that a piece can be heard: neither silence nor noise at the limits, and every sample a number. */
export function assertAudible({ samples }: PcmAudio): void {
  let peak = 0;
  let power = 0;
  let clipped = 0;
  for (const x of samples) {
    assert.ok(Number.isFinite(x));
    peak = Math.max(peak, Math.abs(x));
    power += x * x;
    if (Math.abs(x) >= 0.999) clipped++;
  }
  const rms = Math.sqrt(power / samples.length);
  assert.ok(peak > 0.1 && rms > 0.01, `too quiet: peak ${peak}, RMS ${rms}`);
  assert.ok(clipped < samples.length / 1000, `${clipped} clipped samples`);
}

/** All samples of `pieces`, one after the other. */
export function joined(pieces: readonly PcmAudio[]): Float32Array {
  return Float32Array.from(pieces.flatMap(({ samples }) => [...samples]));
}

/** Asserts that two sounds are the same to the ear: as long, and no sample further apart than 1e-3 of full scale. */
export function assertSameSound(actual: Float32Array, expected: Float32Array): void {
  assert.equal(actual.length, expected.length);
  const furthest = actual.reduce((most, x, i) => Math.max(most, Math.abs(x - (expected[i] ?? Number.NaN))), 0);
  assert.ok(furthest < 1e-3, `the sounds differ by up to ${furthest}`);
}
