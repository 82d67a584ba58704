import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import type { AudioError, CaptureListener, OpenCapture } from '../../../hardware/audio/drivers.js';
import { FRAME_MS, FRAME_SAMPLES, type PcmFrame } from '../../../hardware/audio/pcm.js';

/** A device that the test plays the part of. */
export interface CapturedDevice {
  readonly open: OpenCapture;
  /** Lets the device give so many more frames' worth of sound. */
  sound(frames: number): Promise<void>;
  /** Lets the device vanish. */
  vanish(): Promise<void>;
  /** Whether the device is held by nobody. */
  released(): boolean;
}

/** How far times may be off: what arrives late by chance is put right only slowly. */
const TOLERANCE_MS = 1;

/** Remembers what it is told, and complains when it is told something after the end. */
export class RecordingListener implements CaptureListener {
  readonly frames: PcmFrame[] = [];
  readonly failures: AudioError[] = [];

  frame(frame: PcmFrame): void {
    assert.equal(this.failures.length, 0, 'a frame after the failure');
    this.frames.push(frame);
  }

  failed(error: AudioError): void {
    this.failures.push(error);
  }
}

/** What every microphone keeps. */
export function captureKeepsItsContract(name: string, device: (t: TestContext) => Promise<CapturedDevice>): void {
  describe(`${name} as a microphone`, () => {
    async function opened(t: TestContext) {
      const microphone = await device(t);
      const listener = new RecordingListener();
      const stream = await microphone.open(listener, new AbortController().signal);
      t.after(() => stream.close());
      return { microphone, listener, stream };
    }

    it('gives frames of 512 samples, in order, 32 ms apart', async (t) => {
      const { microphone, listener } = await opened(t);
      await microphone.sound(20);
      assert.equal(listener.frames.length, 20);
      for (const [n, { samples, capturedAtMs }] of listener.frames.entries()) {
        assert.equal(samples.length, FRAME_SAMPLES);
        const apartMs = capturedAtMs - (listener.frames[n - 1]?.capturedAtMs ?? capturedAtMs - FRAME_MS);
        assert.ok(Math.abs(apartMs - FRAME_MS) <= TOLERANCE_MS, `${apartMs} ms before frame ${n}`);
      }
      assert.equal(new Set(listener.frames.map(({ samples }) => samples)).size, 20);
    });

    it('has dropped nothing as long as all was taken in time', async (t) => {
      const { microphone, stream } = await opened(t);
      await microphone.sound(5);
      assert.equal(stream.xruns, 0);
      assert.notEqual(stream.name, '');
    });

    it('tells once that the device is gone, and nothing after that', async (t) => {
      const { microphone, listener, stream } = await opened(t);
      await microphone.sound(1);
      await microphone.vanish();
      await microphone.sound(3);
      assert.deepEqual(
        listener.failures.map(({ reason }) => reason),
        ['deviceLost'],
      );
      assert.equal(listener.frames.length, 1);
      await stream.close();
      assert.ok(microphone.released());
    });

    it('tells nothing after it was closed, and may be closed twice', async (t) => {
      const { microphone, listener, stream } = await opened(t);
      await Promise.all([stream.close(), stream.close()]);
      await stream.close();
      assert.ok(microphone.released());
      await microphone.sound(3);
      await microphone.vanish();
      assert.deepEqual([listener.frames, listener.failures], [[], []]);
    });

    it('is released when opening it is given up', async (t) => {
      const microphone = await device(t);
      const listener = new RecordingListener();
      const stop = new AbortController();
      const opening = assert.rejects(microphone.open(listener, stop.signal), /pressed/);
      stop.abort(new Error('pressed'));
      await opening;
      await nextTick();
      assert.ok(microphone.released());
      assert.deepEqual(listener.failures, []);
    });

    it('is not opened for a signal that is aborted already', async (t) => {
      const microphone = await device(t);
      const aborted = AbortSignal.abort(new Error('too late'));
      await assert.rejects(microphone.open(new RecordingListener(), aborted), /too late/);
      assert.ok(microphone.released());
    });
  });
}
