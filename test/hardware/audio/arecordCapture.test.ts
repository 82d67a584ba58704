import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { arecordCapture } from '../../../hardware/audio/arecordCapture.js';
import type { AudioError } from '../../../hardware/audio/drivers.js';
import type { PcmFrame } from '../../../hardware/audio/pcm.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';
import { alsaProgram, becomes, noShell } from './alsaProgram.js';
import { never } from './playbackContract.js';

/** As many bytes of sound as given, each 1: every sample is 257. */
const sound = (bytes: number) => `head -c ${bytes} /dev/zero | tr '\\000' '\\001'`;

/** What arecord says once its device is open. */
const announce = `echo "Recording raw data '-' : Signed 16 bit Little Endian, Rate 16000 Hz, Mono" >&2`;

const onceAsked = 'until [ -e "$FOLDER/more" ]; do sleep 0.01; done';

const hang = 'exec sleep 60';

function listening() {
  const frames: PcmFrame[] = [];
  const failures: AudioError[] = [];
  return {
    frames,
    failures,
    frame: (frame: PcmFrame) => {
      assert.equal(failures.length, 0, 'nothing is told after a failure');
      frames.push(frame);
    },
    failed: (error: AudioError) => failures.push(error),
  };
}

/** A microphone whose program has given its first sound. */
async function opened(t: TestContext, script: string, options: { device?: string; gainDb?: number } = {}) {
  const arecord = alsaProgram(t, script);
  const listener = listening();
  const stream = await arecordCapture({ ...arecord, ...options })(listener, never);
  t.after(() => stream.close());
  return { ...arecord, listener, stream };
}

describe('a microphone through arecord', { skip: noShell }, () => {
  it('asks for 16 kHz mono and gives frames of 512 samples', async (t) => {
    const script = `echo "$@" > "$FOLDER/arguments"; ${announce}; ${sound(3 * 1_024 + 100)}; ${hang}`;
    const { stream, listener, folder } = await opened(t, script, { device: 'plughw:1,0' });
    assert.equal(stream.name, 'arecord plughw:1,0');
    const given = readFileSync(path.join(folder, 'arguments'), 'utf8');
    assert.match(given, /^-D plughw:1,0 -t raw -f S16_LE -c 1 -r 16000 /);
    await becomes(() => listener.frames.length === 3);
    for (const { samples } of listener.frames) assert.deepEqual(samples, new Int16Array(512).fill(257));
  });

  it('is made louder, and clipped', async (t) => {
    const script = `printf '\\000\\001\\000\\377\\000\\177'; ${sound(1_018)}; ${hang}`;
    const { listener } = await opened(t, script, { gainDb: 20 });
    await becomes(() => listener.frames.length === 1);
    assert.deepEqual([...(listener.frames[0]?.samples ?? [])].slice(0, 4), [2_560, -2_560, 32_767, 2_570]);
  });

  it('that gives nothing for 1.5 s is lost, and its program ended', async (t) => {
    const { clock, listener, stream } = await opened(t, `${sound(2_048)}; ${hang}`);
    await becomes(() => listener.frames.length === 2);
    clock.advance(1_400);
    clock.advance(99);
    assert.deepEqual(listener.failures, []);
    clock.advance(1);
    assert.deepEqual(
      listener.failures.map(({ reason }) => reason),
      ['deviceLost'],
    );
    assert.equal(clock.waiting, 0);
    await stream.close();
    assert.equal(clock.waiting, 0);
  });

  it('that gives sound again after a second is not lost', async (t) => {
    const script = `${sound(1_024)}; ${onceAsked}; ${sound(1_024)}; ${hang}`;
    const { clock, folder, listener } = await opened(t, script);
    await becomes(() => listener.frames.length === 1);
    clock.advance(1_000);
    writeFileSync(path.join(folder, 'more'), '');
    await becomes(() => listener.frames.length === 2);
    clock.advance(400);
    clock.advance(1_099);
    assert.deepEqual(listener.failures, []);
    assert.equal(listener.frames[1]?.capturedAtMs, 1_000);
  });

  it('whose program ends is lost, after the last sound was given', async (t) => {
    const script = `${sound(2_048)}; echo "arecord: pcm_read:2221: read error: No such device" >&2; exit 1`;
    const { clock, listener, stream } = await opened(t, script);
    await becomes(() => listener.failures.length > 0);
    assert.equal(listener.frames.length, 2);
    assert.equal(listener.failures[0]?.reason, 'deviceLost');
    assert.match(listener.failures[0]?.message ?? '', /microphone "default" .* No such device/);
    await stream.close();
    assert.equal(listener.failures.length, 1);
    assert.equal(clock.waiting, 0);
  });

  it('counts the times when sound was dropped', async (t) => {
    const overrun = 'echo "overrun!!! (at least 12.345 ms long)" >&2';
    const { stream } = await opened(
      t,
      `${overrun}; ${sound(2)}; printf overr >&2; echo 'un!!! (at least 1 ms long)' >&2; ${hang}`,
    );
    await becomes(() => stream.xruns === 2);
  });

  it('may be closed twice; nothing is told after that', async (t) => {
    const { clock, listener, stream } = await opened(t, `while :; do ${sound(1_024)}; sleep 0.01; done`);
    await Promise.all([stream.close(), stream.close()]);
    const told = listener.frames.length;
    for (let n = 0; n < 20; n++) await nextTick();
    clock.advance(5_000);
    assert.equal(listener.frames.length, told);
    assert.deepEqual(listener.failures, []);
    assert.equal(clock.waiting, 0);
  });

  it('may be closed by its listener in the middle of sound', async (t) => {
    const { folder, listener, stream } = await opened(t, `${sound(2)}; ${onceAsked}; ${sound(10_240)}; ${hang}`);
    const closed: Promise<void>[] = [];
    listener.frame = (frame) => {
      listener.frames.push(frame);
      closed.push(stream.close());
    };
    writeFileSync(path.join(folder, 'more'), '');
    await becomes(() => closed.length > 0);
    await Promise.all(closed);
    assert.equal(listener.frames.length, 1);
    assert.deepEqual(listener.failures, []);
  });
});

describe('a microphone that does not open', { skip: noShell }, () => {
  async function refused(t: TestContext, script: string, reason: string, message: RegExp) {
    const arecord = alsaProgram(t, script);
    const listener = listening();
    await assert.rejects(arecordCapture(arecord)(listener, never), { name: 'AudioError', reason, message });
    assert.deepEqual(listener.failures, []);
    assert.equal(arecord.clock.waiting, 0);
  }

  it('because there is no arecord, says which package is missing', async () => {
    const clock = new SteppedClock();
    await assert.rejects(arecordCapture({ clock, command: 'no-such-program' })(listening(), never), {
      name: 'AudioError',
      reason: 'deviceMissing',
      message: /apt install alsa-utils/,
    });
    assert.equal(clock.waiting, 0);
  });

  for (const [what, said, reason, remedy] of [
    ['there is none', 'arecord: main:831: audio open error: No such file or directory', 'deviceMissing', /arecord -L/],
    [
      'the sound server has none',
      'arecord: set_params:1416: Unable to install hw params:',
      'deviceMissing',
      /arecord -L/,
    ],
    ['it is in use', 'arecord: main:831: audio open error: Device or resource busy', 'deviceBusy', /Close/],
    ['it has two channels', 'arecord: set_params:1352: Channels count non available', 'unsupported', /plughw:/],
  ] as const) {
    it(`because ${what}, says so`, (t) => refused(t, `echo "${said}" >&2; exit 1`, reason, remedy));
  }

  it('at the wanted rate is refused, not recorded at another', async (t) => {
    const said = 'Warning: rate is not accurate (requested = 16000Hz, got = 48000Hz)';
    await refused(t, `${announce}; echo "${said}" >&2; ${hang}`, 'unsupported', /got = 48000Hz.*plughw:/);
  });

  it('is given up after 3 s', async (t) => {
    const { clock, ...arecord } = alsaProgram(t, `${announce}; ${hang}`);
    const opening = arecordCapture({ ...arecord, clock })(listening(), never);
    await assert.rejects(clock.run(opening), { reason: 'deviceBusy' });
    // Real time passes until the process has ended; meanwhile this clock may run to the end of that wait.
    assert.ok(clock.now() >= 3_000 && clock.now() <= 3_500, `${clock.now()} ms`);
    assert.equal(clock.waiting, 0);
  });

  it('is given up at once when nobody wants it any more', async (t) => {
    const arecord = alsaProgram(t, hang);
    const stop = new AbortController();
    const opening = arecordCapture(arecord)(listening(), stop.signal);
    stop.abort(new Error('shutting down'));
    await assert.rejects(opening, /shutting down/);
    await assert.rejects(arecordCapture(arecord)(listening(), stop.signal), /shutting down/);
    assert.equal(arecord.clock.waiting, 0);
  });
});
