/** A sum of noise errs by so many of its standard deviations at most. */
const NOISE_DEVIATIONS = 3;

/**
 * How long a room goes on sounding after a steady sound has stopped, from its impulse response: the level at any time is
 * what remains of the response's energy from there on (M. R. Schroeder, "New method of measuring reverberation time",
 * JASA 37, 1965), the noise's share taken off (W. T. Chu, "Comparison of reverberation measurements using Schroeder's
 * impulse method and decay-curve averaging method", JASA 63, 1978).
 * @param powers the squared response from the direct sound on
 * @param noise the mean power of the same without any sound
 * @returns the number of samples until it has fallen by `fallDb`, or into the noise
 */
export function fallSamples(powers: Float32Array, noise: number, fallDb: number): number {
  const total = powers.reduce((sum, power) => sum + power - noise, 0);
  const fallen = total * 10 ** (-fallDb / 10);
  let remaining = 0;
  for (let n = powers.length - 1; n >= 0; n--) {
    remaining += (powers[n] ?? 0) - noise;
    const count = powers.length - n;
    // Of squared Gaussian noise each sample deviates by the square root of 2 times its mean.
    if (remaining > Math.max(fallen, NOISE_DEVIATIONS * noise * Math.sqrt(2 * count))) return n + 1;
  }
  return 0;
}
