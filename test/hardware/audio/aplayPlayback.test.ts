import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { openAplayPlayback, speakerAvailable } from '../../../hardware/audio/aplayPlayback.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { never, piece } from './playbackContract.js';

/** A program in the place of aplay. `$FOLDER` is a folder of its own. */
async function program(t: TestContext, script: string) {
  const folder = temporaryFolder(t);
  const command = path.join(folder, 'aplay');
  await writeFile(command, `#!/bin/sh\nFOLDER='${folder}'\n${script}\n`, { mode: 0o755 });
  return { command, folder, clock: new SteppedClock(), sampleRateHz: 16_000 };
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

describe('a speaker through aplay', { skip: process.platform === 'win32' && 'needs a POSIX shell' }, () => {
  it('is given the sound as raw samples', async (t) => {
    const aplay = await program(t, `echo "$@" > "$FOLDER/arguments"; ${announce}; cat > "$FOLDER/sound"`);
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
    assert.equal(await speakerAvailable({ clock, command: 'no-such-program' }), false);
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
      const aplay = await program(t, `printf '%s\\n' "${said}" >&2; exit 1`);
      const last = said.split('\n').at(-1) ?? '';
      await assert.rejects(openAplayPlayback(aplay), ({ name, reason: given, message }) => {
        assert.deepEqual([name, given], ['AudioError', reason]);
        return message.includes(last);
      });
      assert.equal(await speakerAvailable(aplay), false);
    });
  }

  it('that does not open is given up after a second', async (t) => {
    const aplay = await program(t, 'exec sleep 60');
    await assert.rejects(aplay.clock.run(openAplayPlayback(aplay)), { reason: 'deviceBusy' });
    assert.equal(aplay.clock.now(), 1_000);
  });

  it('that opens is available', async (t) => {
    const aplay = await program(t, `${announce}; exec cat`);
    assert.equal(await afterAnnouncement(aplay.clock, speakerAvailable(aplay)), true);
  });

  it('that ends in the middle makes the next piece fail', async (t) => {
    const aplay = await program(t, `${announce}; head -c 64 > /dev/null; echo "aplay: pcm_write: No such device" >&2`);
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
