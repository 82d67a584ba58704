import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { aplayPlayback, openAplayPlayback } from '../../../hardware/audio/aplayPlayback.js';
import type { AudioError } from '../../../hardware/audio/drivers.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';
import { alsaProgram, becomes, noShell } from './alsaProgram.js';
import { never, piece } from './playbackContract.js';

function program(t: TestContext, script: string) {
  return { ...alsaProgram(t, script), sampleRateHz: 16_000 };
}

/** Lets time pass only once the process has announced itself and is given 50 ms to think better of it. */
async function afterAnnouncement<T>(clock: SteppedClock, opening: Promise<T>): Promise<T> {
  const ended = new AbortController();
  const end = () => ended.abort();
  opening.then(end, end);
  while (clock.nextDueMs !== 50 && !ended.signal.aborted) await nextTick();
  return clock.run(opening);
}

const announce = `echo "Playing raw data 'stdin' : Signed 16 bit" >&2`;

describe('a speaker through aplay', { skip: noShell }, () => {
  it('is given the sound as raw samples', async (t) => {
    const aplay = program(t, `echo "$@" > "$FOLDER/arguments"; ${announce}; cat > "$FOLDER/sound"`);
    const { clock, folder } = aplay;
    const playback = await afterAnnouncement(clock, openAplayPlayback({ ...aplay, device: 'hw:1' }));
    assert.equal(playback.name, 'aplay hw:1');
    assert.match(await readFile(path.join(folder, 'arguments'), 'utf8'), /^-D hw:1 -t raw -f S16_LE -c 1 -r 16000 /);
    await clock.run(playback.play(piece(1_000), never));
    await clock.run(playback.drained(never));
    const sound = () => readFile(path.join(folder, 'sound'));
    while ((await sound()).length < 32_000 + 640) await nextTick();
    assert.equal((await sound()).subarray(640, 642).readInt16LE(), 16_384);
    await playback.close();
    assert.equal(clock.waiting, 0);
  });

  it('says which package is missing', async () => {
    const clock = new SteppedClock();
    await assert.rejects(openAplayPlayback({ clock, sampleRateHz: 16_000, command: 'no-such-program' }), {
      name: 'AudioError',
      reason: 'deviceMissing',
      message: /apt install alsa-utils/,
    });
    assert.equal(clock.waiting, 0);
  });

  for (const [what, said, reason] of [
    ['no card', 'aplay: main:831: audio open error: No such file or directory', 'deviceMissing'],
    ['a busy card', 'aplay: main:831: audio open error: Device or resource busy', 'deviceBusy'],
    [
      'refused parameters',
      "Playing raw data 'stdin'\naplay: set_params:1358: Sample format non available",
      'unsupported',
    ],
  ] as const) {
    it(`says what aplay said about ${what}`, async (t) => {
      const aplay = program(t, `printf '%s\\n' "${said}" >&2; exit 1`);
      const last = said.split('\n').at(-1) ?? '';
      await assert.rejects(openAplayPlayback(aplay), ({ name, reason: given, message }) => {
        assert.deepEqual([name, given], ['AudioError', reason]);
        return message.includes(last);
      });
    });
  }

  it('that does not open is given up after a second', async (t) => {
    const aplay = program(t, 'exec sleep 60');
    await assert.rejects(aplay.clock.run(openAplayPlayback(aplay)), { reason: 'deviceBusy' });
    assert.equal(aplay.clock.now(), 1_000);
  });

  it('that ends in the middle makes the next piece fail', async (t) => {
    const aplay = program(t, `${announce}; head -c 64 > /dev/null; echo "aplay: pcm_write: No such device" >&2`);
    const playback = await afterAnnouncement(aplay.clock, openAplayPlayback(aplay));
    await playback.play(piece(100), never);
    const playing = async () => {
      for (;;) {
        await nextTick();
        await playback.play({ samples: new Float32Array(1), sampleRateHz: 16_000 }, never);
      }
    };
    await assert.rejects(playing(), { reason: 'deviceLost', message: /No such device/ });
    await playback.close();
  });
});

describe('a speaker through aplay that stays open', { skip: noShell }, () => {
  const onceAsked = 'until [ -e "$FOLDER/go" ]; do sleep 0.01; done';

  async function opened(t: TestContext, script: string) {
    const aplay = program(t, script);
    const failures: AudioError[] = [];
    const opening = aplayPlayback(aplay)((error) => failures.push(error), never);
    const stream = await afterAnnouncement(aplay.clock, opening);
    t.after(() => stream.discard());
    return { ...aplay, failures, stream, go: () => writeFileSync(path.join(aplay.folder, 'go'), '') };
  }

  it('tells once that its device is gone, and so does all that waits', async (t) => {
    const said = 'echo "aplay: pcm_write:2127: write error: No such device" >&2';
    const { clock, failures, stream, go } = await opened(t, `${announce}; ${onceAsked}; ${said}; exit 1`);
    await stream.play(piece(1_000), never);
    const waiting = [stream.play(piece(1_000), never), stream.drained(never)].map((wait) => wait.catch((e) => e));
    go();
    await becomes(() => failures.length > 0);
    const [failure] = failures;
    assert.equal(failure?.reason, 'deviceLost');
    assert.match(failure?.message ?? '', /No such device/);
    assert.deepEqual(await Promise.all(waiting), [failure, failure]);
    await assert.rejects(stream.play(piece(100), never), /No such device/);
    stream.flush();
    await Promise.all([stream.close(), stream.discard()]);
    assert.equal(failures.length, 1);
    assert.equal(clock.waiting, 0);
  });

  it('that no longer takes sound is lost after a second of it', async (t) => {
    const { clock, failures, stream } = await opened(t, `${announce}; exec sleep 60`);
    const playing = stream.play({ samples: new Float32Array(160_000).fill(0.5), sampleRateHz: 16_000 }, never);
    const rejected = assert.rejects(clock.run(Promise.all([playing, stream.drained(never)])), /stopped taking sound/);
    await rejected;
    assert.equal(failures.length, 1);
    assert.equal(clock.waiting, 0);
  });

  it('tells nothing when it is closed or flushed', async (t) => {
    const { clock, failures, stream } = await opened(t, `${announce}; exec cat`);
    await stream.play(piece(1_000), never);
    clock.advance(100);
    stream.flush();
    await stream.close();
    await assert.rejects(stream.play(piece(100), never), /open it again/);
    assert.deepEqual(failures, []);
  });

  it('counts how often the device ran dry', async (t) => {
    const { clock, stream, go } = await opened(
      t,
      `${announce}; ${onceAsked}; echo "underrun!!! (at least 5 ms long)" >&2; exec cat`,
    );
    await stream.play(piece(1_000), never);
    for (let n = 0; n < 30; n++) clock.advance(10);
    assert.equal(stream.xruns, 0);
    go();
    await becomes(() => stream.xruns === 1);
  });

  it('may be ended before it is known that its program is missing, and ends nothing else', async () => {
    // In a process group of its own: were it to fail, it would end all of it.
    const module = new URL('../../../hardware/audio/aplayProcess.js', import.meta.url).href;
    const script = `const { AplayProcess } = await import('${module}');
      new AplayProcess({ sampleRateHz: 16000, command: 'no-such-program' }).kill();`;
    const node = spawn(process.execPath, ['--input-type=module', '-e', script], { detached: true, stdio: 'ignore' });
    assert.deepEqual(await once(node, 'exit'), [0, null]);
  });

  it('is not opened any more once nobody wants it', async (t) => {
    const aplay = program(t, 'exec sleep 60');
    const stop = new AbortController();
    const opening = aplayPlayback(aplay)(() => assert.fail('was never open'), stop.signal);
    stop.abort(new Error('shutting down'));
    await assert.rejects(opening, /shutting down/);
    assert.equal(aplay.clock.waiting, 0);
  });
});
