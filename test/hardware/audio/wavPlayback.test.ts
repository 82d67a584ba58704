import assert from 'node:assert/strict';
import { mkdir, open, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { toInt16 } from '../../../hardware/audio/pcm.js';
import type { PlaybackPace } from '../../../hardware/audio/playbackTimeline.js';
import { createResampler } from '../../../hardware/audio/resampler.js';
import { openWavPlayback } from '../../../hardware/audio/wavPlayback.js';
import { openWav } from '../../../hardware/audio/wavReader.js';
import { WavWriter } from '../../../hardware/audio/wavWriter.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { sine } from '../../fixtures/wavFiles.js';
import { never, piece, playbackKeepsItsContract, playbackKeepsPace } from './playbackContract.js';

async function opened(t: TestContext, pace: PlaybackPace, clock = new SteppedClock()) {
  const folder = temporaryFolder(t);
  const file = path.join(folder, 'reply.wav');
  return { clock, folder, file, playback: await openWavPlayback({ file, sampleRateHz: 16_000, pace, clock }) };
}

for (const pace of ['fast', 'realtime'] as const) {
  playbackKeepsItsContract(`WavPlayback (${pace})`, async (t, clock) => (await opened(t, pace, clock)).playback);
}
playbackKeepsPace('WavPlayback', async (t, clock) => (await opened(t, 'realtime', clock)).playback);

/** The file's samples as runs of sound and silence: [is sound, samples]. */
async function runs(file: string): Promise<[boolean, number][]> {
  const out: [boolean, number][] = [];
  for await (const block of (await openWav(file)).blocks()) {
    for (const x of block) {
      const last = out.at(-1);
      if (last !== undefined && last[0] === (x !== 0)) last[1]++;
      else out.push([x !== 0, 1]);
    }
  }
  return out;
}

describe('the file of a playback', () => {
  it('holds the pieces back to back when played fast', async (t) => {
    const { clock, file, playback } = await opened(t, 'fast');
    await playback.play(piece(500), never);
    clock.advance(1_000);
    await playback.play(piece(250), never);
    await playback.close();
    assert.deepEqual(await runs(file), [[true, 12_000]]);
    const wav = await openWav(file);
    assert.deepEqual([wav.sampleRateHz, wav.channels, wav.format, wav.warnings], [16_000, 1, 'pcm16', []]);
    assert.equal((await stat(file)).size, 44 + 24_000);
  });

  it('holds in real time what was heard: silence between the pieces, none before', async (t) => {
    const { clock, file, playback } = await opened(t, 'realtime');
    clock.advance(3_000);
    await playback.play(piece(500), never);
    await clock.run(playback.play(piece(100), never));
    clock.advance(700);
    await playback.play(piece(100), never);
    await clock.run(playback.drained(never));
    clock.advance(1_000);
    await playback.close();
    assert.deepEqual(await runs(file), [
      [true, 9_600],
      [false, 6_400],
      [true, 1_600],
    ]);
  });

  it('ends a flushed piece where it was heard, and is silent until the next', async (t) => {
    const { clock, file, playback } = await opened(t, 'realtime');
    await playback.play(piece(1_000), never);
    clock.advance(300);
    playback.flush();
    clock.advance(100);
    await playback.play(piece(50), never);
    await playback.close();
    assert.deepEqual(await runs(file), [
      [true, 4_800],
      [false, 1_600],
      [true, 800],
    ]);
  });

  it('joins pieces of the same rate without a seam', async (t) => {
    for (const pace of ['fast', 'realtime'] as const) {
      const { file, playback } = await opened(t, pace);
      const sound = sine(440, 22_050, 2_205);
      for (const [from, to] of [[0, 7] as const, [7, 1_000] as const, [1_000, 2_205] as const]) {
        await playback.play({ samples: sound.subarray(from, to), sampleRateHz: 22_050 }, never);
      }
      await playback.close();
      const resampler = await createResampler(22_050, 16_000);
      const expected = toInt16(Float32Array.from([...resampler.process(sound), ...resampler.flush()]));
      const data = (await readFile(file)).subarray(44);
      assert.deepEqual(new Int16Array(Uint8Array.from(data).buffer), expected);
    }
  });

  it('holds the end of a piece before the pause that follows it', async (t) => {
    const { clock, file, playback } = await opened(t, 'realtime');
    await playback.play(piece(100, 48_000), never);
    clock.advance(1_000);
    const { heardAtMs } = await playback.play(piece(100, 48_000), never);
    await playback.close();
    assert.equal(heardAtMs, 1_000);
    assert.deepEqual(await runs(file), [
      [true, 1_600],
      [false, 14_400],
      [true, 1_600],
    ]);
  });

  it('holds no trace of a piece that was flushed on its way', async (t) => {
    const { file, playback } = await opened(t, 'realtime');
    const flushed = playback.play(piece(10_000, 22_050), never);
    await nextTick();
    playback.flush();
    await flushed;
    await playback.play({ samples: new Float32Array(2_205), sampleRateHz: 22_050 }, never);
    await playback.close();
    assert.deepEqual(await runs(file), [[false, 1_600]]);
  });

  it('is in its place only after close, and nothing else is beside it', async (t) => {
    const { folder, file, playback } = await opened(t, 'fast');
    await writeFile(file, 'the old reply');
    await playback.play(piece(100), never);
    assert.equal(await readFile(file, 'utf8'), 'the old reply');
    await playback.close();
    assert.deepEqual(await readdir(folder), ['reply.wav']);
    assert.deepEqual(await runs(file), [[true, 1_600]]);
  });

  it('stays as it was when the playback is discarded', async (t) => {
    const { folder, file, playback } = await opened(t, 'realtime');
    await writeFile(file, 'the old reply');
    await playback.play(piece(100), never);
    await playback.discard();
    assert.deepEqual(await readdir(folder), ['reply.wav']);
    assert.equal(await readFile(file, 'utf8'), 'the old reply');
  });

  it('is what a symbolic link points to', async (t) => {
    const folder = temporaryFolder(t);
    const file = path.join(folder, 'target.wav');
    await writeFile(file, 'the old reply');
    await symlink(file, path.join(folder, 'link.wav'));
    const writer = await WavWriter.open({ file: path.join(folder, 'link.wav'), sampleRateHz: 8_000 });
    await writer.append(new Int16Array([1, 2, 3]));
    await writer.close();
    assert.equal((await openWav(file)).sampleRateHz, 8_000);
    assert.deepEqual((await readdir(folder)).sort(), ['link.wav', 'target.wav']);
  });
});

describe('a file that cannot be written is refused before any work', () => {
  const refusal = (text: RegExp) => ({ name: 'AudioError', reason: 'unwritable', message: text });

  it('because its folder is missing', async (t) => {
    const file = path.join(temporaryFolder(t), 'no', 'reply.wav');
    await assert.rejects(WavWriter.open({ file, sampleRateHz: 16_000 }), refusal(/reply\.wav.*folder does not exist/));
  });

  it('because it is a folder', async (t) => {
    const file = path.join(temporaryFolder(t), 'reply.wav');
    await mkdir(file);
    await assert.rejects(WavWriter.open({ file, sampleRateHz: 16_000 }), refusal(/is a folder/));
  });

  it('because its path leads through a file', async (t) => {
    const file = path.join(temporaryFolder(t), 'file');
    await writeFile(file, '');
    await assert.rejects(
      WavWriter.open({ file: path.join(file, 'reply.wav'), sampleRateHz: 16_000 }),
      refusal(/leads through a file/),
    );
  });

  it('because it is a device', { skip: process.platform === 'win32' && 'no devices' }, async () => {
    await assert.rejects(WavWriter.open({ file: '/dev/null', sampleRateHz: 16_000 }), refusal(/device/));
  });

  it('because this user may not', { skip: process.getuid?.() === 0 && 'root may write all' }, async (t) => {
    const folder = path.join(temporaryFolder(t), 'readonly');
    await mkdir(folder, { mode: 0o500 });
    await assert.rejects(
      WavWriter.open({ file: path.join(folder, 'reply.wav'), sampleRateHz: 16_000 }),
      refusal(/may not write/),
    );
  });
});

describe('a file that fails while it is written', () => {
  const diskFull = () => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });

  it('says that the disk is full, and leaves nothing behind', async (t) => {
    const folder = temporaryFolder(t);
    const file = path.join(folder, 'reply.wav');
    await writeFile(file, 'the old reply');
    const playback = await openWavPlayback({
      file,
      sampleRateHz: 16_000,
      pace: 'fast',
      clock: new SteppedClock(),
      openFile: async (name) => {
        const handle = await open(name, 'wx');
        t.mock.method(handle, 'write', () => Promise.reject(diskFull()));
        return handle;
      },
    });
    const refusal = { name: 'AudioError', reason: 'unwritable', message: /reply\.wav.*disk is full/ };
    await assert.rejects(playback.play(piece(100), never), refusal);
    assert.deepEqual(await readdir(folder), ['reply.wav']);
    await assert.rejects(playback.play(piece(100), never), refusal);
    await assert.rejects(playback.close(), refusal);
    await playback.discard();
    assert.equal(await readFile(file, 'utf8'), 'the old reply');
  });

  it('says so when only the completion fails', async (t) => {
    const folder = temporaryFolder(t);
    const file = path.join(folder, 'reply.wav');
    const writer = await WavWriter.open({
      file,
      sampleRateHz: 16_000,
      openFile: async (name) => {
        const handle = await open(name, 'wx');
        t.mock.method(handle, 'sync', () => Promise.reject(diskFull()));
        return handle;
      },
    });
    await writer.append(new Int16Array(10));
    await assert.rejects(writer.close(), { name: 'AudioError', reason: 'unwritable' });
    assert.deepEqual(await readdir(folder), []);
  });

  it('refuses to pass 4 GB', async (t) => {
    const folder = temporaryFolder(t);
    const writer = await WavWriter.open({ file: path.join(folder, 'reply.wav'), sampleRateHz: 16_000 });
    writer.appendSilence(2 ** 31 - 100);
    await writer.append(new Int16Array(10));
    await assert.rejects(writer.append(new Int16Array(100)), { reason: 'unwritable', message: /4 GB/ });
    assert.deepEqual(await readdir(folder), []);
    await writer.discard();
  });
});
