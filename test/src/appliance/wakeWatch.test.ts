import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { pino } from 'pino';
import { AudioError, type CaptureDriver } from '../../../hardware/audio/drivers.js';
import { FRAME_MS, FRAME_SAMPLES, type PcmFrame } from '../../../hardware/audio/pcm.js';
import { WakeWatch } from '../../../src/appliance/wakeWatch.js';
import type { WakeWordDetector } from '../../../src/speech/wake/wakeWord.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

const QUIET_FRAMES = 70;

/** A microphone that hears quiet and then a word, and is lost the first `losses` times. */
function microphone(losses: number): CaptureDriver & { opened: number } {
  return {
    name: 'fake',
    opened: 0,
    async *capture(_options, signal): AsyncGenerator<PcmFrame> {
      this.opened += 1;
      if (this.opened <= losses) throw new AudioError('deviceLost', 'The microphone is gone.');
      for (let n = 0; n < 110; n++) {
        signal.throwIfAborted();
        const level = n < QUIET_FRAMES ? 9 : 9_000;
        yield { samples: new Int16Array(FRAME_SAMPLES).fill(level), capturedAtMs: (n + 1) * FRAME_MS };
      }
    },
  };
}

const certain: WakeWordDetector = {
  words: ['computer'],
  warmUp: async () => {},
  reset: async () => {},
  score: async () => ({ computer: 0.9 }),
  close: async () => {},
};

function watching(losses = 0) {
  const clock = new SteppedClock();
  const device = microphone(losses);
  const ear = { detector: certain, options: { thresholds: { computer: 0.5 }, refractoryMs: 2_000 } };
  return { clock, device, watch: new WakeWatch({ ear, microphone: device, clock, log: pino({ level: 'silent' }) }) };
}

describe('waiting for the wake word', () => {
  it('ends with the word, and with when it was over', async () => {
    const { watch } = watching();
    const { word, wordEndAtMs } = await watch.next(new AbortController().signal);
    assert.equal(word, 'computer');
    assert.ok(wordEndAtMs > 0);
  });

  it('goes on when the microphone was lost and is back', async () => {
    const { watch, clock, device } = watching(2);
    const next = watch.next(new AbortController().signal);
    for (let second = 0; second < 3; second++) {
      await turnOfTheLoop();
      clock.advance(1_000);
    }
    assert.equal((await next).word, 'computer');
    assert.equal(device.opened, 3);
  });

  it('stops at once', async () => {
    const { watch, clock } = watching(100);
    const stop = new AbortController();
    const next = watch.next(stop.signal);
    await turnOfTheLoop();
    stop.abort(new Error('a turn has begun'));
    await assert.rejects(next, /a turn has begun/);
    assert.equal(clock.waiting, 0);
  });
});
