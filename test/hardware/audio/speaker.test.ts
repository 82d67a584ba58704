import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setImmediate as settle } from 'node:timers/promises';
import { AudioError, type PlaybackStream } from '../../../hardware/audio/drivers.js';
import { createNullPlayback } from '../../../hardware/audio/nullPlayback.js';
import { PlayedSound } from '../../../hardware/audio/playedSound.js';
import { Speaker } from '../../../hardware/audio/speaker.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';
import { never, piece, playbackKeepsItsContract, playbackKeepsPace } from './playbackContract.js';

const unplugged = new AudioError('deviceLost', 'unplugged');

function speakerOn(clock: SteppedClock) {
  const losses: AudioError[] = [];
  const gains: number[] = [];
  const device: { fail(error: AudioError): void } = { fail: () => {} };
  const played = new PlayedSound();
  const speaker = new Speaker({
    clock,
    gain: 0.5,
    played,
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
  return { speaker, losses, gains, device, played };
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

  test('tells what is heard when', async () => {
    const { clock, speaker, played } = await opened();
    clock.advance(1_000);
    await speaker.play(piece(500), never);
    assert.ok(!played.isHeardBetween(900, 1_000));
    assert.ok(played.isHeardBetween(990, 1_010, 'speech'));
    assert.ok(played.isHeardBetween(1_490, 1_600, 'speech'));
    assert.ok(!played.isHeardBetween(1_500, 1_600));
    clock.advance(100);
    speaker.flush();
    assert.ok(!played.isHeardBetween(1_100, 1_600), 'it was interrupted at 1100');
    assert.equal(played.speechEndedMs(1_200), 1_100);
    clock.advance(1_000);
    await speaker.playSignal(piece(100), never);
    assert.ok(played.isHeardBetween(2_100, 2_132, 'signal'));
    await clock.run(speaker.play(piece(100), never));
    assert.ok(!played.isHeardBetween(2_100, 2_200, 'speech'));
    assert.ok(played.isHeardBetween(2_200, 2_300, 'speech'), 'behind the signal');
  });

  test('is thought to sound from the moment it is given a piece, before its device says when it is heard', async () => {
    const { clock, speaker, played } = await opened();
    clock.advance(1_000);
    const playing = speaker.play(piece(500), never);
    assert.ok(played.isHeardBetween(1_000, 1_032, 'speech'));
    assert.ok(!played.isPlacedBetween(1_000, 1_032));
    await playing;
    assert.ok(played.isPlacedBetween(1_000, 1_032));
    await assert.rejects(speaker.play({ samples: new Float32Array(9), sampleRateHz: 0 }, never));
    assert.ok(!played.isHeardBetween(1_500, 9_000), 'what it cannot play is not heard');
  });

  test('is not thought to sound with a piece that was flushed before its time came', async () => {
    const { clock, speaker, played } = await opened();
    await clock.run(speaker.play(piece(1_000), never));
    const waiting = speaker.playSignal(piece(500), never);
    await settle();
    clock.advance(100);
    speaker.flush();
    await clock.run(waiting);
    assert.ok(!played.isHeardBetween(100, 2_000));
    assert.ok(played.isHeardBetween(0, 100, 'speech'));
  });

  test('is silent from the moment its device is lost', async () => {
    const { clock, speaker, played, device } = await opened();
    await clock.run(speaker.play(piece(1_000), never));
    clock.advance(300);
    device.fail(unplugged);
    assert.ok(!played.isHeardBetween(300, 1_000));
  });

  test('tells how loud it plays, the gain and the ducking of the moment included', async () => {
    const { clock, speaker, played } = await opened();
    const levelDb = (fromMs: number) => Math.round(20 * Math.log10(played.powerBetween(fromMs, fromMs + 32) ** 0.5));
    clock.advance(1_000);
    await clock.run(speaker.play(piece(2_000), never));
    assert.equal(levelDb(1_100), -12, 'samples of 0.5 at a gain of 0.5');
    clock.advance(500);
    speaker.duck(0.1);
    assert.equal(levelDb(1_460), -12);
    assert.equal(levelDb(1_600), -12, 'a driver may have given away 150 ms already');
    assert.equal(levelDb(1_700), -32);
    clock.advance(500);
    speaker.duck(1);
    speaker.setGain(1);
    assert.equal(levelDb(1_950), -32);
    assert.equal(levelDb(2_000), -6, 'louder at once');
  });
});
