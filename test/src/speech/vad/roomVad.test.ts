import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FRAME_MS, FRAME_SAMPLES } from '../../../../hardware/audio/pcm.js';
import { RoomVad } from '../../../../src/speech/vad/roomVad.js';
import type { VoiceActivityDetector } from '../../../../src/speech/vad/sileroVad.js';

const never = new AbortController().signal;

/** Takes everything for speech. */
const gullible: VoiceActivityDetector = {
  warmUp: async () => {},
  reset: async () => {},
  probability: async () => 0.9,
  close: async () => {},
};

/** A frame of steady noise of so many units. */
const hum = (level: number, n: number) => ({
  samples: new Int16Array(FRAME_SAMPLES).fill(level),
  capturedAtMs: n * FRAME_MS,
});

describe('a detector that knows its room', () => {
  it('takes a hum that never pauses for speech no longer, and who speaks over it for speech', async () => {
    const vad = new RoomVad(gullible);
    let last = 0;
    for (let n = 0; n < 300; n++) last = await vad.probability(hum(300, n), never);
    assert.ok(last < 0.35, `${last} after ten seconds`);
    await vad.reset(never);
    assert.ok((await vad.probability(hum(300, 300), never)) < 0.35, 'the next stream is in the same room');
    assert.ok((await vad.probability(hum(6_000, 301), never)) > 0.5);
  });
});
