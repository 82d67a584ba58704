import { CAPTURE_RATE_HZ } from '../pcm.js';
import { CHIRP_MS, type Chirp } from './chirp.js';
import { fallSamples } from './energyDecay.js';

/** What a microphone captured, 16 kHz, [-1, 1]. */
export interface Recording {
  readonly samples: Float32Array;
  /** When its first sample was captured, on the clock of the playback (ms). */
  readonly startMs: number;
}

/** What the microphone heard of one chirp. Decibels of levels are of full scale, RMS. */
export interface EchoReading {
  /** What it hears without the chirp. */
  readonly noiseDb: number;
  /** From which coupling on an echo would have stood out of the noise (dB). */
  readonly detectableDb: number;
  /** Undefined: nothing stood out. */
  readonly echo: Echo | undefined;
}

export interface Echo {
  /** The microphone's time of the echo minus the playback's time of the sound (ms); below 0 where the two err. */
  readonly delayMs: number;
  /** Coupling: the level in the microphone minus the level that was played, all frequencies alike (dB). */
  readonly levelDb: number;
  /** From the end of the sound, as heard, until its echo is 30 dB softer or lost in the noise (ms). */
  readonly tailMs: number;
}

/** How far a playback's own account of its latency may err: a Bluetooth speaker is later than anybody says. */
const EARLIEST_MS = -100;
const LATEST_MS = 600;

/** What is looked at as the room's response. */
const RESPONSE_MS = 600;

/** The pulse that stands for the direct sound is so wide, in both directions. */
const PULSE_MS = 5;

/** Sound before the echo in which there is none of this chirp, and hardly any of the one before. */
const QUIET_MS = 200;

/** From the beginning of the quiet before a chirp is played to the end of the last echo that counts. */
export const HEARD_BEFORE_MS = QUIET_MS + CHIRP_MS - EARLIEST_MS + 50;
export const HEARD_AFTER_MS = LATEST_MS + RESPONSE_MS + CHIRP_MS;

/**
 * An echo is believed from 20 dB above the noise on. Of the 11,200 places where it is looked for, Gaussian noise of one
 * kind reaches 17 dB at one in a million tries (7 standard deviations); the rest is for noise that is not of one kind.
 */
const BELIEVED = 10;

/** The mean power of what rounding to 16 bits adds, where nothing else does: a twelfth of a squared step. */
const STEP_NOISE = 1 / 32_768 ** 2 / 12;

/** The tail ends when it has fallen by so much: nobody hears it beside the user's voice. */
const FALL_DB = 30;

/** What is captured of one chirp. @param heardAtMs when the playback said that it is heard */
export function readEcho(chirp: Chirp, { samples, startMs }: Recording, heardAtMs: number): EchoReading {
  const earliest = samplesOf(heardAtMs - startMs + EARLIEST_MS);
  const searched = chirp.response(samples, earliest, samplesOf(LATEST_MS - EARLIEST_MS));
  const place = peakOf(searched);
  const echoFrom = earliest + place;
  const quietFrom = echoFrom - samplesOf(CHIRP_MS + QUIET_MS);
  const noise = Math.max(
    meanSquare(chirp.response(samples, quietFrom, samplesOf(QUIET_MS))),
    STEP_NOISE * chirp.noisePower,
  );
  const detectable = BELIEVED * Math.sqrt(noise);
  const quiet = samples.subarray(Math.max(0, quietFrom), Math.max(0, quietFrom + samplesOf(CHIRP_MS + QUIET_MS / 2)));
  const levels = { noiseDb: decibels(meanSquare(quiet)), detectableDb: decibels(detectable ** 2) };
  const peak = Math.abs(searched[place] ?? 0);
  if (peak < detectable) return { ...levels, echo: undefined };
  const lead = samplesOf(PULSE_MS);
  const powers = chirp.response(samples, echoFrom - lead, lead + samplesOf(RESPONSE_MS)).map((x) => x * x);
  const energy = powers.reduce((sum, power) => sum + power - noise, 0);
  const echo = {
    delayMs: round(heardLateMs(echoFrom, startMs, heardAtMs)),
    levelDb: decibels(energy),
    tailMs: round((Math.max(0, fallSamples(powers, noise, FALL_DB) - lead) / CAPTURE_RATE_HZ) * 1000),
  };
  return { ...levels, echo };
}

function heardLateMs(sample: number, startMs: number, heardAtMs: number): number {
  return startMs + (sample / CAPTURE_RATE_HZ) * 1000 - heardAtMs;
}

function samplesOf(durationMs: number): number {
  return Math.round((durationMs * CAPTURE_RATE_HZ) / 1000);
}

function peakOf(response: Float32Array): number {
  let place = 0;
  for (const [n, x] of response.entries()) if (Math.abs(x) > Math.abs(response[place] ?? 0)) place = n;
  return place;
}

function meanSquare(samples: Float32Array): number {
  return samples.reduce((sum, x) => sum + x * x, 0) / Math.max(1, samples.length);
}

/** To a tenth; what is weaker than any converter can tell counts as nothing. */
function decibels(power: number): number {
  return round(10 * Math.log10(Math.max(power, 1e-12)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
