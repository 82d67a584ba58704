import type { Echo, EchoReading } from './echoReading.js';

/**
 * What several chirps showed. "heard": an echo, alike each time. "notHeard": none stood out of the noise, so it is
 * cancelled, or goes into headphones, or the speaker is silent: a microphone cannot tell which. "unsteady": another echo
 * each time, or not each time one. "noSignal": digital silence all the while, which no working microphone gives.
 */
export type EchoOutcome = 'heard' | 'notHeard' | 'unsteady' | 'noSignal';

/** How much of what is played comes back through the microphone. The middle of the repetitions, in their units. */
export interface EchoMeasurement extends Pick<EchoReading, 'noiseDb' | 'detectableDb' | 'echo'> {
  readonly outcome: EchoOutcome;
  readonly readings: readonly EchoReading[];
}

/** Between repetitions: more is no clock's error, but another sound. */
const DELAY_SPREAD_MS = 20;

/** Between repetitions: more is somebody who speaks, or an automatic gain. */
const LEVEL_SPREAD_DB = 6;

/** @param readings one at least @param hasSignal whether the microphone gave anything but digital silence */
export function summariseEcho(readings: readonly EchoReading[], hasSignal: boolean): EchoMeasurement {
  const echoes = readings.flatMap(({ echo }) => (echo === undefined ? [] : [echo]));
  return {
    outcome: hasSignal ? outcomeOf(echoes, readings.length) : 'noSignal',
    noiseDb: median(readings.map(({ noiseDb }) => noiseDb)),
    detectableDb: Math.max(...readings.map(({ detectableDb }) => detectableDb)),
    echo:
      echoes.length === 0
        ? undefined
        : {
            delayMs: median(echoes.map(({ delayMs }) => delayMs)),
            levelDb: median(echoes.map(({ levelDb }) => levelDb)),
            tailMs: median(echoes.map(({ tailMs }) => tailMs)),
          },
    readings,
  };
}

function outcomeOf(echoes: readonly Echo[], repetitions: number): EchoOutcome {
  if (echoes.length === 0) return 'notHeard';
  const isSteady =
    echoes.length === repetitions &&
    spread(echoes.map(({ delayMs }) => delayMs)) <= DELAY_SPREAD_MS &&
    spread(echoes.map(({ levelDb }) => levelDb)) <= LEVEL_SPREAD_DB;
  return isSteady ? 'heard' : 'unsteady';
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

/** Of an even number: the lower of the two in the middle. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}
