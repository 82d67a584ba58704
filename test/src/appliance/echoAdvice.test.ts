import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EchoMeasurement } from '../../../hardware/audio/echoProbe/echoMeasurement.js';
import type { Echo } from '../../../hardware/audio/echoProbe/echoReading.js';
import { recommendEcho } from '../../../src/appliance/echoAdvice.js';

const ECHO: Echo = { delayMs: 90, levelDb: -30, tailMs: 200 };

function measured(changes: Partial<EchoMeasurement>): EchoMeasurement {
  return { outcome: 'heard', noiseDb: -65, detectableDb: -50, echo: ECHO, readings: [], ...changes };
}

const heard = (echo: Partial<Echo>) => measured({ echo: { ...ECHO, ...echo } });
const nothing = (detectableDb: number) => measured({ outcome: 'notHeard', echo: undefined, detectableDb });

describe('the advice about the echo', () => {
  const table: readonly (readonly [string, EchoMeasurement, chirpsHeard: boolean, mode: string, why: RegExp])[] = [
    ['a soft echo', heard({ levelDb: -30 }), false, 'text-guard', /-30 dB leaves a user's voice on top/],
    ['an echo just soft enough', heard({ levelDb: -20 }), false, 'text-guard', /up to -20 dB/],
    ['a loud echo', heard({ levelDb: -19 }), false, 'half-duplex', /would cover a user's voice/],
    ['a loud echo, though heard', heard({ levelDb: 0 }), true, 'half-duplex', /would cover/],
    ['an echo that comes too late', heard({ delayMs: 450 }), false, 'half-duplex', /450 ms late/],
    ['no echo of chirps that sounded', nothing(-50), true, 'aec', /cancelled, or in headphones/],
    ['no echo, and who knows of what', nothing(-50), false, 'half-duplex', /silent speaker/],
    ['no echo in a loud room', nothing(-10), true, 'half-duplex', /so loud/],
    ['an unsteady echo', measured({ outcome: 'unsteady' }), true, 'half-duplex', /another echo/],
    ['a dead microphone', measured({ outcome: 'noSignal', echo: undefined }), true, 'half-duplex', /digital silence/],
  ];
  for (const [what, measurement, chirpsHeard, mode, why] of table) {
    it(`for ${what} is ${mode}`, () => {
      const advice = recommendEcho(measurement, { chirpsHeard });
      assert.equal(advice.mode, mode);
      assert.match(advice.why, why);
    });
  }
});
