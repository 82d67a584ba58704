import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import type { CaptureDriver } from '../../../hardware/audio/drivers.js';
import { createNullCapture } from '../../../hardware/audio/nullCapture.js';
import { FRAME_MS, FRAME_SAMPLES } from '../../../hardware/audio/pcm.js';
import { streamedCapture } from '../../../hardware/audio/streamedCapture.js';
import { WavCapture } from '../../../hardware/audio/wavCapture.js';
import { questionFile } from '../../fixtures/questionFile.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';
import { type CapturedDevice, captureKeepsItsContract, RecordingListener } from './captureContract.js';

/** A driver on a simulated clock, played as a device that can vanish. */
function device(make: (clock: SteppedClock) => CaptureDriver) {
  return async (t: TestContext): Promise<CapturedDevice> => {
    const clock = new SteppedClock();
    const driver = make(clock);
    const gone = new AbortController();
    t.after(() => gone.abort());
    let held = 0;
    const open = streamedCapture({
      name: driver.name,
      async *capture(options, signal) {
        held += 1;
        try {
          yield* driver.capture(options, AbortSignal.any([signal, gone.signal]));
        } finally {
          held -= 1;
        }
      },
    });
    const settle = async () => {
      for (let n = 0; n < 20; n++) await nextTick();
    };
    return {
      open,
      sound: async (frames) => {
        for (let n = 0; n < frames; n++) {
          // A file is read in real time.
          while (clock.waiting === 0 && held > 0) await nextTick();
          clock.advance(FRAME_MS);
          await settle();
        }
      },
      vanish: async () => {
        gone.abort(new Error('unplugged'));
        await settle();
      },
      released: () => held === 0,
    };
  };
}

captureKeepsItsContract('silence', device(createNullCapture));
captureKeepsItsContract(
  'a recording',
  device((clock) => new WavCapture({ file: questionFile(), pace: 'realtime', clock, tailMs: Infinity })),
);

suite('a recording as a microphone', () => {
  test('is lost when it is over', async () => {
    const listener = new RecordingListener();
    const driver: CaptureDriver = {
      name: 'wav short.wav',
      async *capture() {
        yield { samples: new Int16Array(FRAME_SAMPLES), capturedAtMs: 32 };
      },
    };
    await streamedCapture(driver)(listener, new AbortController().signal);
    while (listener.failures.length === 0) await nextTick();
    assert.equal(listener.frames.length, 1);
    assert.match(listener.failures[0]?.message ?? '', /short\.wav is over/);
  });
});
