import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { AudioError } from '../../../hardware/audio/drivers.js';
import { Microphone, type MicrophoneOptions } from '../../../hardware/audio/microphone.js';
import { OwnEcho } from '../../../hardware/audio/ownEcho.js';
import { CAPTURE_RATE_HZ, FRAME_MS, FRAME_SAMPLES, type PcmFrame } from '../../../hardware/audio/pcm.js';
import type { OwnSound } from '../../../hardware/audio/playedSound.js';
import { FakeMicrophone } from '../../fixtures/fakeMicrophone.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

const never = new AbortController().signal;
const unplugged = new AudioError('deviceLost', 'unplugged');

async function opened(options: Partial<MicrophoneOptions> = {}) {
  const clock = new SteppedClock();
  const device = new FakeMicrophone();
  const losses: AudioError[] = [];
  const microphone = new Microphone({ open: device.open, clock, onLost: (error) => losses.push(error), ...options });
  await microphone.open(never);
  let frames = 0;
  /** Lets the device capture so many frames, each with its number as its samples. */
  const hear = (count: number) => {
    for (let n = 0; n < count; n++) {
      clock.advance(FRAME_MS);
      frames += 1;
      device.hears(frames, clock.now());
    }
  };
  return { clock, device, microphone, losses, hear };
}

/** The program speaks in the second and the third frame, and gives a signal in the thirteenth. */
async function speaking() {
  const ownEcho = new OwnEcho();
  const parts = await opened({ ownEcho });
  const sounds = (kind: OwnSound, frame: number, frames: number) => {
    const samples = new Float32Array(frames * FRAME_SAMPLES).fill(0.5);
    const piece = ownEcho.played.add(kind, { samples, sampleRateHz: CAPTURE_RATE_HZ }, 0);
    ownEcho.played.place(piece, (frame - 1) * FRAME_MS);
  };
  sounds('speech', 2, 2);
  sounds('signal', 13, 1);
  const given = async (frames: AsyncIterable<PcmFrame>) => {
    const heard: PcmFrame[] = [];
    for await (const frame of frames) if (heard.push(frame) === 20) break;
    return heard;
  };
  return { ...parts, given };
}

/** The next so many frames, as the numbers that they carry. */
async function take(frames: AsyncIterator<{ samples: Int16Array }>, count: number): Promise<(number | undefined)[]> {
  const numbers = [];
  for (let n = 0; n < count; n++) numbers.push((await frames.next()).value?.samples[0]);
  return numbers;
}

suite('a microphone', () => {
  test('gives each frame to everybody who listens, in order', async () => {
    const { microphone, hear } = await opened();
    const [one, two] = [microphone.capture({}, never), microphone.capture({}, never)];
    const heard = [take(one, 3), take(two, 3)];
    hear(3);
    assert.deepEqual(await Promise.all(heard), [
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  test('begins in the past with a pre-roll, and with what comes without', async () => {
    const { microphone, hear } = await opened();
    hear(50);
    const [now, before] = [microphone.capture({}, never), microphone.capture({ preRollMs: 500 }, never)];
    const heard = Promise.all([take(now, 1), take(before, 17)]);
    hear(1);
    const [first, withPreRoll] = await heard;
    assert.deepEqual(first, [51]);
    assert.equal(withPreRoll[0], 35, 'the first frame that holds sound of the last 500 ms');
    assert.equal(withPreRoll.at(-1), 51);
  });

  test('keeps three seconds, and counts what a slower listener has missed', async () => {
    const { microphone, hear } = await opened();
    const frames = microphone.capture({}, never);
    const first = take(frames, 1);
    hear(1);
    await first;
    hear(100);
    assert.deepEqual(await take(frames, 2), [8, 9]);
    assert.equal(microphone.status.lostFrames, 6);
  });

  test('tells everybody who listens that it is lost, once, and works again when it is opened again', async () => {
    const { microphone, device, losses, hear } = await opened();
    const listening = take(microphone.capture({}, never), 1);
    device.fails(unplugged);
    await assert.rejects(listening, unplugged);
    device.fails(unplugged);
    assert.deepEqual(losses, [unplugged]);
    assert.equal(microphone.status.name, undefined);
    await assert.rejects(take(microphone.capture({}, never), 1), { reason: 'deviceLost' });
    await microphone.open(never);
    const again = take(microphone.capture({}, never), 1);
    hear(1);
    assert.deepEqual(await again, [1]);
  });

  test('that fails while it opens is not open', async () => {
    const { microphone, device } = await opened({
      open: async (listener) => {
        listener.failed(unplugged);
        return { name: 'dies', xruns: 0, close: async () => {} };
      },
    }).catch(async (error) => {
      assert.equal(error, unplugged);
      return opened();
    });
    device.missing = new AudioError('deviceMissing', 'nothing there');
    await assert.rejects(microphone.open(never), { reason: 'deviceMissing' });
    assert.equal(device.closed, 1, 'the old stream is closed first');
    assert.equal(microphone.status.name, undefined);
  });

  test('stops listening at once when aborted', async () => {
    const { microphone } = await opened();
    const stop = new AbortController();
    const listening = take(microphone.capture({}, stop.signal), 1);
    stop.abort(new Error('pressed'));
    await assert.rejects(listening, /pressed/);
  });

  test('hears and keeps nothing while it is deaf', async () => {
    const { microphone, hear } = await opened();
    hear(5);
    microphone.setDeaf(true);
    hear(5);
    microphone.setDeaf(false);
    const heard = take(microphone.capture({ preRollMs: 500 }, never), 2);
    hear(2);
    assert.deepEqual(await heard, [11, 12]);
  });

  test('gives silence while the program could be heard to speak, and marks its signals', async () => {
    const { microphone, hear, given } = await speaking();
    const heard = given(microphone.capture({}, never));
    hear(20);
    const frames = await heard;
    assert.deepEqual(
      frames.map((frame) => frame.samples[0]),
      [1, 0, 0, 0, 0, 0, 0, 0, 0, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20],
      'two frames of speech and 170 ms of a room that is not known yet',
    );
    const signals = frames.flatMap((frame) => (frame.ownSignal ? [frame.samples[0]] : []));
    assert.deepEqual(signals, [13, 14, 15, 16, 17, 18, 19], 'one frame of signal and 170 ms of the room');
    assert.ok(frames.every((frame) => frame.echoDb === undefined));
  });

  test('gives whoever can tell them apart what it heard while the program spoke', async () => {
    const { microphone, hear, given } = await speaking();
    const heard = given(microphone.capture({ ownSpeech: 'heard' }, never));
    hear(20);
    const frames = await heard;
    assert.deepEqual(
      frames.map((frame) => frame.samples[0]),
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
    const own = frames.flatMap((frame) => (frame.echoDb === undefined ? [] : [frame.samples[0]]));
    assert.deepEqual(own, [2, 3, 4, 5, 6, 7, 8, 9]);
    assert.equal(frames[1]?.echoDb, Number.POSITIVE_INFINITY, 'nothing is known yet');
  });

  test('listens to itself also when nobody else listens, but not while it is deaf', async () => {
    const ownEcho = new OwnEcho();
    const heard: number[] = [];
    const { microphone, hear } = await opened({
      ownEcho: Object.assign(ownEcho, {
        heard: (frame: PcmFrame) => {
          heard.push(frame.samples[0] ?? 0);
          return frame;
        },
      }),
    });
    hear(2);
    microphone.setDeaf(true);
    hear(2);
    microphone.setDeaf(false);
    hear(1);
    assert.deepEqual(heard, [1, 2, 5]);
  });

  test('says how loud it is, and counts xruns across devices', async () => {
    const { microphone, device, clock } = await opened();
    device.hears(16_384, clock.now());
    assert.ok(Math.abs((microphone.status.levelDb ?? 0) + 6.02) < 0.01);
    device.xruns = 2;
    await microphone.open(never);
    assert.equal(microphone.status.xruns, 4, 'two of the device before, and this one has counted two as well');
    await microphone.close();
    await microphone.close();
    assert.equal(device.closed, 2);
  });
});
