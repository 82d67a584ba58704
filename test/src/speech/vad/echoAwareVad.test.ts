import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FRAME_SAMPLES, type PcmFrame } from '../../../../hardware/audio/pcm.js';
import { EchoAwareVad } from '../../../../src/speech/vad/echoAwareVad.js';

const never = new AbortController().signal;
const alwaysSpeech = {
  warmUp: async () => {},
  reset: async () => {},
  probability: async () => 0.9,
  close: async () => {},
};

/** A frame whose every sample has this level (dB of full scale). */
function frame(levelDb: number, echoDb?: number): PcmFrame {
  const samples = new Int16Array(FRAME_SAMPLES).fill(32_768 * 10 ** (levelDb / 20));
  return { samples, capturedAtMs: 0, ...(echoDb !== undefined && { echoDb }) };
}

async function probabilities(frames: readonly PcmFrame[]): Promise<number[]> {
  const vad = new EchoAwareVad(alwaysSpeech);
  await vad.reset(never);
  const all: number[] = [];
  for (const each of frames) all.push(await vad.probability(each, never));
  return all;
}

describe('a detector that knows how loud our own voice is', () => {
  const louder = frame(-20, -30);

  it('takes for speech what is louder than that three times, and where none of it can be', async () => {
    assert.deepEqual(await probabilities([louder, louder, louder, frame(-50)]), [0, 0, 0.9, 0.9]);
  });

  it('takes nothing for speech that may be our own voice', async () => {
    assert.deepEqual(await probabilities([frame(-30, -30), frame(-29, -30), frame(-20, Infinity)]), [0, 0, 0]);
  });

  it('does not take a word of ours that comes a moment too soon for somebody', async () => {
    const soon = [louder, louder, frame(-40, -30), frame(-40, -30)];
    assert.deepEqual(await probabilities(soon), [0, 0, 0, 0]);
  });

  it('follows a user through their soft moments, not for long', async () => {
    const soft = Array.from({ length: 4 }, () => frame(-40, -30));
    assert.deepEqual(await probabilities([louder, louder, louder, ...soft]), [0, 0, 0.9, 0.9, 0.9, 0, 0]);
  });
});
