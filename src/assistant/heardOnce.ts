import type { CaptureDriver } from '../../hardware/audio/drivers.js';
import type { PcmFrame } from '../../hardware/audio/pcm.js';

/** A recording is one question: the follow-up window after the reply hears nothing more. */
export function heardOnce(capture: CaptureDriver): CaptureDriver {
  let heard = false;
  return {
    name: capture.name,
    async *capture(options, signal): AsyncGenerator<PcmFrame, void, undefined> {
      if (heard) return;
      heard = true;
      yield* capture.capture(options, signal);
    },
  };
}
