import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { latentWindow } from '../../../../src/speech/tts/clauseLatent.js';

/** A latent whose frame f of channel c is 1000 c + f. */
function latentOf(frames: number, channels: number, paddingFrames: number) {
  const data = Float32Array.from({ length: frames * channels }, (_, i) => 1000 * Math.floor(i / frames) + (i % frames));
  return { data, channels, paddingFrames, conditions: [], windows: [] };
}

describe('a window of a latent', () => {
  it('is the wanted frames of every channel with their padding, which is clipped at the ends', () => {
    const cases = fc.record({
      frames: fc.integer({ min: 1, max: 60 }),
      channels: fc.integer({ min: 1, max: 4 }),
      padding: fc.integer({ min: 0, max: 20 }),
      ends: fc.tuple(fc.nat(), fc.nat()),
    });
    fc.assert(
      fc.property(cases, ({ frames, channels, padding, ends }) => {
        const from = ends[0] % frames;
        const to = from + 1 + (ends[1] % (frames - from));
        const { data, wanted } = latentWindow(latentOf(frames, channels, padding), { from, to });
        const [start, end] = [Math.max(0, from - padding), Math.min(frames, to + padding)];
        const expected = Array.from({ length: channels }, (_, channel) =>
          Array.from({ length: end - start }, (_, frame) => 1000 * channel + start + frame),
        );
        assert.deepEqual([...data], expected.flat());
        assert.deepEqual(wanted, { from: from - start, to: to - start });
      }),
    );
  });

  it('leaves the latent as it is', () => {
    const latent = latentOf(10, 2, 3);
    latentWindow(latent, { from: 4, to: 6 }).data.fill(0);
    assert.deepEqual(latent.data, latentOf(10, 2, 3).data);
  });
});
