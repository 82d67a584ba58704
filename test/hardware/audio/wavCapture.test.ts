import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { AudioError } from '../../../hardware/audio/drivers.js';
import type { PcmFrame } from '../../../hardware/audio/pcm.js';
import { WavCapture, type WavCaptureOptions } from '../../../hardware/audio/wavCapture.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { type WavSpec, wavBytes } from '../../fixtures/wavFiles.js';

const never = new AbortController().signal;

/** A recording whose sample number i is i + 1, so that a sample lost or heard twice shows. */
const counted = (length: number) => Array.from({ length }, (_, i) => (i + 1) / 32_767);

async function captureOf(t: TestContext, spec: WavSpec, options: Partial<WavCaptureOptions> = {}) {
  const file = path.join(temporaryFolder(t), 'question.wav');
  await writeFile(file, wavBytes({ tag: 3, bits: 32, ...spec }));
  const clock = new SteppedClock();
  return { clock, capture: new WavCapture({ file, pace: 'fast', clock, ...options }) };
}

async function all(frames: AsyncIterable<PcmFrame>): Promise<PcmFrame[]> {
  const out: PcmFrame[] = [];
  for await (const frame of frames) out.push(frame);
  return out;
}

const soundOf = (frames: readonly PcmFrame[]) => frames.flatMap(({ samples }) => [...samples]);

describe('a recording is captured', () => {
  it('in frames of 512 samples, the last one padded with zeros', async (t) => {
    const { capture } = await captureOf(t, { samples: counted(1_300) });
    const frames = await all(capture.capture({}, never));
    assert.deepEqual(
      frames.map(({ samples }) => samples.length),
      [512, 512, 512],
    );
    const expected = [...Array.from({ length: 1_300 }, (_, i) => i + 1), ...new Array(236).fill(0)];
    assert.deepEqual(soundOf(frames), expected);
    assert.equal(capture.name, 'wav question.wav');
  });

  it('with silence before and after', async (t) => {
    const { capture } = await captureOf(t, { samples: counted(512) }, { leadMs: 64, tailMs: 100 });
    const sound = soundOf(await all(capture.capture({}, never)));
    assert.equal(sound.length, 7 * 512);
    assert.equal(sound.indexOf(1), 1024);
    assert.equal(sound.indexOf(512), 1535);
    assert.ok(sound.slice(1536).every((x) => x === 0));
  });

  it('brought to 16 kHz whole, from any rate', async (t) => {
    for (const sampleRateHz of [8_000, 44_100, 192_000]) {
      const { capture } = await captureOf(t, { sampleRateHz, samples: new Array(sampleRateHz / 10).fill(0.5) });
      const sound = soundOf(await all(capture.capture({}, never)));
      assert.equal(sound.length, 4 * 512);
      assert.ok(sound.slice(100, 1_500).every((x) => Math.abs(x - 16_384) < 100));
      assert.ok(Math.abs(sound[1_590] ?? 0) > 8_000, 'the end is there');
      assert.ok(sound.slice(1_600).every((x) => x === 0));
    }
  });

  it('from its beginning each time', async (t) => {
    const { capture } = await captureOf(t, { samples: counted(600) });
    assert.deepEqual(await all(capture.capture({}, never)), await all(capture.capture({}, never)));
  });

  it('with what is wrong with it', async (t) => {
    const { capture } = await captureOf(t, { samples: [0.5, Number.NaN] });
    assert.deepEqual(capture.warnings, []);
    await all(capture.capture({}, never));
    assert.deepEqual(
      capture.warnings.map(({ kind }) => kind),
      ['notFinite'],
    );
  });

  it('not at all when there is none', async () => {
    const capture = new WavCapture({ file: '/nowhere/no.wav', pace: 'fast', clock: new SteppedClock() });
    await assert.rejects(
      all(capture.capture({}, never)),
      (error) => error instanceof AudioError && error.reason === 'notFound',
    );
  });
});

describe('at a microphone pace', () => {
  it('frame n comes at start + (n + 1) * 32 ms, without drift', async (t) => {
    const samples = new Array<number>(512 * 200).fill(0);
    const { clock, capture } = await captureOf(t, { samples }, { pace: 'realtime' });
    const times: number[] = [];
    const captured: number[] = [];
    const consume = async () => {
      for await (const frame of capture.capture({}, never)) {
        times.push(clock.now());
        captured.push(frame.capturedAtMs);
      }
    };
    await clock.run(consume());
    const ideal = Array.from({ length: 200 }, (_, n) => (n + 1) * 32);
    assert.deepEqual(times, ideal);
    assert.deepEqual(captured, ideal);
  });

  it('a slow consumer gets every frame, late, and catches up', async (t) => {
    const { clock, capture } = await captureOf(t, { samples: counted(512 * 10) }, { pace: 'realtime' });
    const frames: PcmFrame[] = [];
    const times: number[] = [];
    const consume = async () => {
      for await (const frame of capture.capture({}, never)) {
        if (frames.length === 1) clock.advance(100);
        frames.push(frame);
        times.push(clock.now());
      }
    };
    await clock.run(consume());
    assert.deepEqual(times, [32, 164, 164, 164, 164, 192, 224, 256, 288, 320]);
    assert.deepEqual(
      frames.map(({ capturedAtMs }) => capturedAtMs),
      Array.from({ length: 10 }, (_, n) => (n + 1) * 32),
    );
    assert.equal(soundOf(frames).at(-1), 5_120);
  });

  it('the silence after it goes on until it is aborted, when the tail is infinite', async (t) => {
    const { clock, capture } = await captureOf(t, { samples: [0.5] }, { pace: 'realtime', tailMs: Infinity });
    const stop = new AbortController();
    const consume = async () => {
      for await (const { capturedAtMs } of capture.capture({}, stop.signal)) {
        if (capturedAtMs >= 10_000) stop.abort(new Error('enough'));
      }
    };
    await assert.rejects(clock.run(consume()), /enough/);
    assert.equal(clock.waiting, 0);
  });

  it('an abort ends the wait for the next frame at once and leaves no timer', async (t) => {
    const { clock, capture } = await captureOf(t, { samples: counted(5_000) }, { pace: 'realtime' });
    const stop = new AbortController();
    const next = capture.capture({}, stop.signal).next();
    const rejected = assert.rejects(next, /pressed/);
    while (clock.waiting === 0) await nextTick();
    stop.abort(new Error('pressed'));
    await rejected;
    assert.equal(clock.waiting, 0);
    assert.equal(clock.now(), 0);
  });

  it('an aborted capture does not begin', async (t) => {
    const { capture } = await captureOf(t, { samples: counted(10) });
    await assert.rejects(all(capture.capture({}, AbortSignal.abort(new Error('too late')))), /too late/);
  });
});

it('a fast capture lets others have their turn between frames', async (t) => {
  const { capture } = await captureOf(t, { samples: counted(512 * 50) });
  let turns = 0;
  const takeTurn = () => {
    turns++;
    pending = setImmediate(takeTurn);
  };
  let pending = setImmediate(takeTurn);
  t.after(() => clearImmediate(pending));
  const turnsAtFrame: number[] = [];
  for await (const _ of capture.capture({}, never)) turnsAtFrame.push(turns);
  assert.equal(new Set(turnsAtFrame).size, 50, 'a turn before each of 50 frames');
});
