/** What counts as silence (dB of full scale): the last bit of 16 is at -90. */
export const SILENCE_DB = -100;

const SILENT_POWER = 10 ** (SILENCE_DB / 10);

/** A mean square of samples in [-1, 1] in dB of full scale, -100 and no less for silence. */
export function powerDb(power: number): number {
  return power > SILENT_POWER ? 10 * Math.log10(power) : SILENCE_DB;
}

/** Root mean square of 16-bit samples in dB of full scale, -100 for silence or no samples. */
export function levelDb(samples: Int16Array): number {
  let sum = 0;
  for (const x of samples) sum += x * x;
  return powerDb(sum / Math.max(1, samples.length) / 32_768 ** 2);
}
