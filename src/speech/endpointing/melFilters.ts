/** A triangular filter: `weights` for the bins of a power spectrum from `firstBin` on. */
export interface MelFilter {
  readonly firstBin: number;
  readonly weights: Float64Array;
}

// Slaney's Auditory Toolbox (Interval Research technical report 1998-010): linear up to 1 kHz, logarithmic above it.
const LINEAR_HZ_PER_MEL = 200 / 3;
const LOG_FROM_HZ = 1000;
const LOG_FROM_MEL = LOG_FROM_HZ / LINEAR_HZ_PER_MEL;
const LOG_STEP = Math.log(6.4) / 27;

/**
 * Filters evenly spaced on Slaney's mel scale from 0 Hz to half the sampling rate, each of the same area: those of
 * librosa's `filters.mel` and of Whisper.
 * @param bins of the power spectrum, from 0 Hz to half the sampling rate
 */
export function melFilters(bands: number, bins: number, sampleRateHz: number): MelFilter[] {
  const topMel = melOf(sampleRateHz / 2);
  const edgesHz = Array.from({ length: bands + 2 }, (_, i) => hzOf((topMel * i) / (bands + 1)));
  const hzPerBin = sampleRateHz / 2 / (bins - 1);
  return edgesHz.slice(1, -1).map((centreHz, band) => {
    const fromHz = edgesHz[band] ?? 0;
    const toHz = edgesHz[band + 2] ?? 0;
    const firstBin = Math.ceil(fromHz / hzPerBin);
    const lastBin = Math.min(bins - 1, Math.floor(toHz / hzPerBin));
    const weights = Float64Array.from({ length: lastBin - firstBin + 1 }, (_, i) => {
      const hz = (firstBin + i) * hzPerBin;
      const height = Math.min((hz - fromHz) / (centreHz - fromHz), (toHz - hz) / (toHz - centreHz));
      return (Math.max(0, height) * 2) / (toHz - fromHz);
    });
    return { firstBin, weights };
  });
}

function melOf(hz: number): number {
  return hz < LOG_FROM_HZ ? hz / LINEAR_HZ_PER_MEL : LOG_FROM_MEL + Math.log(hz / LOG_FROM_HZ) / LOG_STEP;
}

function hzOf(mel: number): number {
  return mel < LOG_FROM_MEL ? mel * LINEAR_HZ_PER_MEL : LOG_FROM_HZ * Math.exp((mel - LOG_FROM_MEL) * LOG_STEP);
}
