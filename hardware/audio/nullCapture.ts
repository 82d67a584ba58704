import { type Clock, sleep } from '../clock.js';
import type { CaptureDriver } from './drivers.js';
import { FRAME_MS, FRAME_SAMPLES, type PcmFrame } from './pcm.js';

/** A microphone in an empty room, at the pace of a real one. */
export function createNullCapture(clock: Clock): CaptureDriver {
  return {
    name: 'null',
    async *capture(_options, signal): AsyncGenerator<PcmFrame, void, undefined> {
      const startMs = clock.now();
      for (let n = 1; ; n++) {
        const capturedAtMs = startMs + n * FRAME_MS;
        await sleep(clock, Math.max(0, capturedAtMs - clock.now()), signal);
        yield { samples: new Int16Array(FRAME_SAMPLES), capturedAtMs };
      }
    },
  };
}
