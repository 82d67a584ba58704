import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setImmediate as settle } from 'node:timers/promises';
import { AudioError, type PlaybackStream } from '../../../hardware/audio/drivers.js';
import { createNullPlayback } from '../../../hardware/audio/nullPlayback.js';
import { Speaker } from '../../../hardware/audio/speaker.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';
import { never, piece, playbackKeepsItsContract, playbackKeepsPace } from './playbackContract.js';

const unplugged = new AudioError('deviceLost', 'unplugged');

function speakerOn(clock: SteppedClock) {
  const losses: AudioError[] = [];
  const gains: number[] = [];
  const device: { fail(error: AudioError): void } = { fail: () => {} };
  const speaker = new Speaker({
    clock,
    gain: 0.5,
    onLost: (error) => losses.push(error),
    open: async (onFailed) => {
      device.fail = onFailed;
      const stream = createNullPlayback({ sampleRateHz: 16_000, pace: 'realtime', clock });
      return Object.assign(stream, {
        xruns: 1,
        setGain: (gain: number) => gains.push(gain),
        duck: () => {},
      }) as PlaybackStream;
    },
  });
  return { speaker, losses, gains, device };
}

async function opened() {
  const clock = new SteppedClock();
  const parts = speakerOn(clock);
  await parts.speaker.open(never);
  return { clock, ...parts };
}

for (const contract of [playbackKeepsItsContract, playbackKeepsPace]) {
  contract('a speaker', async (_t, clock) => {
    const { speaker } = speakerOn(clock);
    await speaker.open(never);
    return speaker;
  });
}

suite('a speaker', () => {
  test('that was lost plays nothing, says so once, and plays when it is opened again, as loud as before', async () => {
    const { clock, speaker, losses, gains, device } = await opened();
    await clock.run(speaker.play(piece(300), never));
    await clock.run(speaker.drained(never));
    speaker.setGain(0.25);
    device.fail(unplugged);
    device.fail(unplugged);
    assert.deepEqual(losses, [unplugged]);
    await assert.rejects(speaker.play(piece(100), never), { reason: 'deviceLost' });
    await assert.rejects(speaker.drained(never), { reason: 'deviceLost' });
    speaker.flush();
    await speaker.open(never);
    assert.deepEqual(gains, [0.5, 0.25, 0.25]);
    await clock.run(speaker.play(piece(100), never));
    await clock.run(speaker.drained(never));
    assert.equal(speaker.playedMs, 400);
    assert.equal(speaker.xruns, 2);
  });

  test('could be heard while it plays and until the room is quiet again', async () => {
    const { clock, speaker } = await opened();
    clock.advance(1_000);
    await speaker.play(piece(500), never);
    assert.equal(speaker.heardBetween(900, 1_000), undefined);
    assert.equal(speaker.heardBetween(990, 1_010), 'speech');
    assert.equal(speaker.heardBetween(1_600, 1_700), 'speech', 'the room');
    assert.equal(speaker.heardBetween(1_671, 1_700), undefined);
    clock.advance(100);
    speaker.flush();
    assert.equal(speaker.heardBetween(1_271, 1_300), undefined, 'it was interrupted at 1100');
    clock.advance(1_000);
    await speaker.playSignal(piece(100), never);
    assert.equal(speaker.heardBetween(2_100, 2_132), 'signal');
    await clock.run(speaker.play(piece(100), never));
    assert.equal(speaker.heardBetween(2_180, 2_212), 'speech', 'and the end of the signal');
  });

  test('is not thought to sound with a piece that was flushed before its time came', async () => {
    const { clock, speaker } = await opened();
    await clock.run(speaker.play(piece(1_000), never));
    const waiting = speaker.playSignal(piece(500), never);
    await settle();
    clock.advance(100);
    speaker.flush();
    await clock.run(waiting);
    assert.equal(speaker.heardBetween(271, 2_000), undefined);
    assert.equal(speaker.heardBetween(0, 100), 'speech');
  });
});
