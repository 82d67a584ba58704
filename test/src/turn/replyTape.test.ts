import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PcmAudio } from '../../../hardware/audio/pcm.js';
import { ReplyTape } from '../../../src/turn/replyTape.js';
import { SpokenChunk } from '../../../src/turn/spokenChunk.js';

/** Ten words of ten letters: a second each when the chunk is as long as that. */
const words = Array.from({ length: 10 }, () => 'abcdefghij').join(' ');

/** A tape that has been played in pieces from 0 ms on, until the last of them is heard. */
function played(pieces: readonly PcmAudio[], totalMs: number) {
  const chunk = new SpokenChunk({ spoken: words, written: words }, totalMs);
  const tape = new ReplyTape();
  const given: number[] = [];
  let atMs = 0;
  for (const pcm of pieces) {
    chunk.made(pcm);
    tape.add({ chunk, pcm }, tape.placeAt(atMs));
    const piece = tape.take();
    assert.ok(piece);
    tape.playing(piece, atMs);
    given.push(piece.atMs);
    atMs += pcm.samples.length;
  }
  return { tape, given };
}

const tone = (ms: number): PcmAudio => ({ samples: new Float32Array(ms).fill(0.4), sampleRateHz: 1_000 });

function rest(tape: ReplyTape): { atMs: number; samples: number }[] {
  const pieces: { atMs: number; samples: number }[] = [];
  for (let piece = tape.take(); piece; piece = tape.take()) {
    pieces.push({ atMs: piece.atMs, samples: piece.pcm.samples.length });
  }
  return pieces;
}

describe('the sound of a reply that can go back', () => {
  it('goes back to a word in a piece before', () => {
    const { tape } = played(
      Array.from({ length: 20 }, () => tone(500)),
      10_000,
    );
    tape.windBack(9_600);
    assert.deepEqual(rest(tape), [
      { atMs: 9_000, samples: 500 },
      { atMs: 9_500, samples: 500 },
    ]);
  });

  it('keeps no more than what it can go back to', () => {
    const { tape } = played(
      Array.from({ length: 20 }, () => tone(500)),
      10_000,
    );
    tape.windBack(100); // nobody needs that any more: when the last piece came, 9,500 ms had been heard
    assert.equal(rest(tape)[0]?.atMs, 8_500); // a second before that
  });

  it('goes back no further the second time when nothing has been heard since', () => {
    const pauses = tone(4_000);
    pauses.samples.fill(0, 3_100, 3_140);
    pauses.samples.fill(0, 3_400, 3_440);
    const { tape } = played([pauses], 10_000);
    tape.windBack(3_420);
    const placeMs = tape.placeAt(5_000);
    tape.windBack(placeMs);
    assert.equal(tape.placeAt(5_000), placeMs);
  });
});
