import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FrameCutter } from '../../../hardware/audio/frameCutter.js';

/** Samples 0, 1, 2 ... as bytes. */
function counting(samples: number): Buffer {
  return Buffer.from(Int16Array.from({ length: samples }, (_, n) => n).buffer);
}

describe('frames cut from a stream of bytes', () => {
  it('do not depend on how the bytes are divided', () => {
    const bytes = counting(2 * 512);
    for (const size of [1, 3, 640, 1_023, 1_024, 1_025, 2_048]) {
      const cutter = new FrameCutter(0);
      const samples: number[] = [];
      for (let at = 0; at < bytes.length; at += size) {
        for (const frame of cutter.cut(bytes.subarray(at, at + size), 0)) samples.push(...frame.samples);
      }
      assert.deepEqual(samples, [...Array(1_024).keys()], `in pieces of ${size}`);
    }
  });

  it('were captured earlier than the last sample that came with them', () => {
    const cutter = new FrameCutter(0);
    assert.deepEqual(cutter.cut(counting(500), 1_000), []);
    const times = cutter.cut(counting(12 + 512 + 160), 2_000).map(({ capturedAtMs }) => capturedAtMs);
    assert.deepEqual(times, [2_000 - 42, 2_000 - 10]);
  });

  it('are not changed afterwards', () => {
    const cutter = new FrameCutter(0);
    const [first] = cutter.cut(counting(512), 0);
    cutter.cut(Buffer.alloc(1_024), 0);
    assert.equal(first?.samples[511], 511);
  });

  it('are louder by the gain, and clipped', () => {
    const bytes = Buffer.alloc(1_024);
    for (const [n, x] of [100, -100, 20_000, -20_000].entries()) bytes.writeInt16LE(x, 2 * n);
    const [frame] = new FrameCutter(6.0206).cut(bytes, 0);
    assert.deepEqual([...(frame?.samples ?? [])].slice(0, 5), [200, -200, 32_767, -32_768, 0]);
  });
});
