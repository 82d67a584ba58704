import { setImmediate as nextTick } from 'node:timers/promises';
import { AudioError, type CaptureDriver, type OpenCapture } from './drivers.js';

/** What is captured by `driver`, as if it came from a device: a recording, or silence. Its end is the device's loss. */
export function streamedCapture(driver: CaptureDriver): OpenCapture {
  return async (listener, signal) => {
    signal.throwIfAborted();
    await nextTick(); // as with a device: who gives up meanwhile gets nothing
    signal.throwIfAborted();
    const closing = new AbortController();
    const pump = async () => {
      for await (const frame of driver.capture({}, closing.signal)) {
        if (closing.signal.aborted) return;
        listener.frame(frame);
      }
      throw new AudioError('deviceLost', `${driver.name} is over.`);
    };
    const done = pump().catch((error: unknown) => {
      if (closing.signal.aborted) return;
      closing.abort();
      const message = error instanceof Error ? error.message : String(error);
      listener.failed(error instanceof AudioError ? error : new AudioError('deviceLost', message, { cause: error }));
    });
    return {
      name: driver.name,
      xruns: 0,
      close: async () => {
        closing.abort();
        await done;
      },
    };
  };
}
