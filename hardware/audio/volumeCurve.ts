/**
 * From the quietest volume to the loudest. As loud as it gets, a small speaker is some 50 dB above a quiet room: with
 * more, the lowest steps would be silent.
 */
const RANGE_DB = 50;

/** Below this the curve is a straight line to silence, which an exponential never reaches. */
const ROLL_OFF_PERCENT = 10;

const ROLL_OFF_GAIN = exponential(ROLL_OFF_PERCENT);

/**
 * The factor on the samples for a volume of 0 (silence) to 100 (1.0), in steps that sound equal: straight in dB, with a
 * linear roll-off at the bottom (the exponential curve of "Programming Volume Controls",
 * https://www.dr-lex.be/info-stuff/volumecontrols.html). What lies outside counts as the nearer end, NaN as silence.
 */
export function volumeGain(percent: number): number {
  if (!(percent > 0)) return 0;
  if (percent < ROLL_OFF_PERCENT) return (percent / ROLL_OFF_PERCENT) * ROLL_OFF_GAIN;
  return exponential(Math.min(percent, 100));
}

/** The volume (percent) whose gain this is: the inverse of `volumeGain`. */
export function volumePercent(gain: number): number {
  if (!(gain > 0)) return 0;
  if (gain < ROLL_OFF_GAIN) return (gain / ROLL_OFF_GAIN) * ROLL_OFF_PERCENT;
  return 100 + (2000 * Math.log10(Math.min(gain, 1))) / RANGE_DB;
}

function exponential(percent: number): number {
  return 10 ** (((percent / 100 - 1) * RANGE_DB) / 20);
}
