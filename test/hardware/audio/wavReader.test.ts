import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { type FileHandle, mkdir, open, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { AudioError, type AudioFailure } from '../../../hardware/audio/drivers.js';
import { MAX_BLOCK_FRAMES, openWav, type WavReader } from '../../../hardware/audio/wavReader.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { ds64Bytes, type WavSpec, wavBytes, wavHeaderBytes } from '../../fixtures/wavFiles.js';

async function fileWith(t: TestContext, content: Buffer | string): Promise<string> {
  const file = path.join(temporaryFolder(t), 'recording.wav');
  await writeFile(file, content);
  return file;
}

async function read(wav: WavReader): Promise<number[]> {
  const samples: number[] = [];
  for await (const block of wav.blocks()) samples.push(...block);
  return samples;
}

const list = ['LIST', Buffer.from('INFOISFT odd')] as const;
const odd = ['junk', Buffer.from('odd')] as const;
const samples = [0, 0.5, -0.5, 0.25];

describe('a WAV file is read', () => {
  const readable: readonly (readonly [name: string, spec: WavSpec])[] = [
    ['8-bit unsigned', { bits: 8 }],
    ['16-bit', { bits: 16 }],
    ['24-bit', { bits: 24 }],
    ['32-bit', { bits: 32 }],
    ['32-bit float', { tag: 3, bits: 32 }],
    ['64-bit float', { tag: 3, bits: 64 }],
    ['extensible 24-bit', { bits: 24, extensible: true }],
    ['extensible float', { tag: 3, bits: 32, extensible: true }],
    ['with LIST before data', { before: [list] }],
    ['with an odd chunk before data', { before: [odd] }],
    ['with chunks after data', { after: [list, odd] }],
    ['at 1 kHz', { sampleRateHz: 1_000 }],
    ['at 8 kHz', { sampleRateHz: 8_000 }],
    ['at 192 kHz', { sampleRateHz: 192_000 }],
    ['at 384 kHz', { sampleRateHz: 384_000 }],
    ['from a streaming writer: data size 0', { dataSize: 0, riffSize: 0 }],
    ['from a streaming writer: data size 0, RIFF size of the bare header', { dataSize: 0, riffSize: 36 }],
    ['from a streaming writer: data size 0xffffffff', { dataSize: 0xffff_ffff, riffSize: 0xffff_ffff }],
    ['from a streaming writer: data size of sox', { dataSize: 0x7fff_f000, riffSize: 0x7fff_f024 }],
    ['RF64', rf64('RF64')],
    ['BW64', rf64('BW64')],
  ];
  for (const [name, spec] of readable) {
    it(name, async (t) => {
      const wav = await openWav(await fileWith(t, wavBytes({ samples, ...spec })));
      assert.deepEqual(await read(wav), samples);
      assert.equal(wav.sampleRateHz, spec.sampleRateHz ?? 16_000);
      assert.equal(wav.durationMs, (4 / wav.sampleRateHz) * 1000);
      assert.deepEqual(wav.warnings, []);
    });
  }

  it('by its own claim when chunks follow the samples of an RF64 file', async (t) => {
    const wav = await openWav(await fileWith(t, wavBytes({ ...rf64('RF64'), samples, after: [list] })));
    assert.deepEqual(await read(wav), samples);
  });

  it('mixed down to mono by the mean of its channels', async (t) => {
    const stereo = await openWav(await fileWith(t, wavBytes({ channels: 2, samples: [0.5, 0, -0.5, -0.5] })));
    assert.deepEqual(await read(stereo), [0.25, -0.5]);
    const seven = await openWav(await fileWith(t, wavBytes({ channels: 7, samples: [0.875, 0, 0, 0, 0, 0, 0] })));
    assert.deepEqual(await read(seven), [0.125]);
  });

  it('with more channels than fit into a block', async (t) => {
    const channels = 40_000;
    const spec = { channels, bits: 8, samples: new Array<number>(channels * 3).fill(0.25) };
    assert.deepEqual(await read(await openWav(await fileWith(t, wavBytes(spec)))), [0.25, 0.25, 0.25]);
  });

  it('clipped or silent, without complaint', async (t) => {
    const clipped = await openWav(await fileWith(t, wavBytes({ tag: 3, bits: 32, samples: [2, -2, 0, 0] })));
    assert.deepEqual(await read(clipped), [2, -2, 0, 0]);
    assert.deepEqual(clipped.warnings, []);
  });

  it('with samples that are no numbers as silence, and says how many', async (t) => {
    const spec = { tag: 3, bits: 32, samples: [0.5, Number.NaN, Infinity, -Infinity, 0.25] };
    const wav = await openWav(await fileWith(t, wavBytes(spec)));
    assert.deepEqual(await read(wav), [0.5, 0, 0, 0, 0.25]);
    assert.deepEqual(
      wav.warnings.map(({ kind }) => kind),
      ['notFinite'],
    );
    assert.match(wav.warnings[0]?.message ?? '', /3 samples/);
  });

  it('as far as it goes when it is cut, and says so', async (t) => {
    const wav = await openWav(await fileWith(t, wavBytes({ samples }).subarray(0, -3)));
    assert.deepEqual(await read(wav), samples.slice(0, 2));
    assert.deepEqual(
      wav.warnings.map(({ kind }) => kind),
      ['truncated'],
    );
  });

  it('as far as it goes when it shrinks while it is read', async (t) => {
    const file = await fileWith(t, wavBytes({ samples }));
    const wav = await openWav(file);
    await truncate(file, 44 + 4);
    assert.deepEqual(await read(wav), samples.slice(0, 2));
    assert.equal(wav.warnings[0]?.kind, 'truncated');
  });

  it('an hour long in small blocks, only as far as it is wanted', async (t) => {
    const file = await fileWith(t, wavHeaderBytes(16_000, 16_000 * 3600));
    await truncate(file, 44 + 16_000 * 3600 * 2);
    const wav = await openWav(file);
    assert.equal(wav.durationMs, 3_600_000);
    const positions = await readPositions(t, file, async () => {
      let blocks = 0;
      for await (const block of wav.blocks()) {
        assert.equal(block.length, MAX_BLOCK_FRAMES);
        if (++blocks === 3) break;
      }
    });
    assert.deepEqual(positions, [44, 44 + MAX_BLOCK_FRAMES * 2, 44 + MAX_BLOCK_FRAMES * 4]);
  });

  it('and closed, however the reading ends', { skip: process.platform !== 'linux' && 'needs /proc' }, async (t) => {
    const file = await fileWith(t, wavBytes({ samples: new Array<number>(MAX_BLOCK_FRAMES * 2).fill(0) }));
    const before = (await readdir('/proc/self/fd')).length;
    const wav = await openWav(file);
    await read(wav);
    for await (const _ of wav.blocks()) break;
    await assert.rejects(async () => {
      for await (const _ of wav.blocks()) throw new Error('the consumer fails');
    }, /consumer/);
    await assert.rejects(openWav(await fileWith(t, 'text')));
    assert.equal((await readdir('/proc/self/fd')).length, before);
  });
});

describe('what is not a readable WAV file is refused with its reason and a remedy', () => {
  const bytes = (hex: string) => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(40)]);
  const refused: readonly (readonly [name: string, content: Buffer | string, reason: AudioFailure, text: RegExp])[] = [
    ['an empty file', '', 'empty', /0 bytes/],
    ['a text file', 'Dear diary,\n', 'notWav', /text file/],
    ['noise', bytes('000102030405'), 'notWav', /is not a WAV file.*ffmpeg/],
    ['MP3 with ID3', bytes('494433'), 'notWav', /MP3.*ffmpeg.*sox/],
    ['bare MP3', bytes('fffb9064'), 'notWav', /MP3.*ffmpeg/],
    ['FLAC', bytes('664c6143'), 'notWav', /FLAC.*ffmpeg/],
    ['Ogg', bytes('4f676753'), 'notWav', /Ogg.*ffmpeg/],
    ['M4A', bytes('0000002066747970'), 'notWav', /M4A.*ffmpeg/],
    ['WebM', bytes('1a45dfa3'), 'notWav', /WebM.*ffmpeg/],
    ['AVI', Buffer.from('RIFF....AVI LIST'), 'notWav', /RIFF file of another kind/],
    ['cut after RIFF', wavBytes().subarray(0, 6), 'truncated', /breaks off/],
    ['cut in WAVE', wavBytes().subarray(0, 10), 'truncated', /breaks off/],
    ['cut after WAVE', wavBytes().subarray(0, 12), 'truncated', /breaks off/],
    ['cut in the format', wavBytes().subarray(0, 30), 'truncated', /breaks off/],
    ['cut before data', wavBytes().subarray(0, 36), 'truncated', /breaks off/],
    ['cut before the first sample', wavBytes().subarray(0, 44), 'truncated', /breaks off/],
    ['cut within the first sample', wavBytes().subarray(0, 45), 'truncated', /breaks off/],
    ['cut in a chunk before data', wavBytes({ before: [list] }).subarray(0, 22), 'truncated', /breaks off/],
    ['no samples', wavBytes({ samples: [] }), 'empty', /without a single sample/],
    ['no samples, but chunks', wavBytes({ samples: [], after: [list] }), 'empty', /without a single sample/],
    ['samples before the format', dataFirst(), 'unsupported', /before their format/],
    ['ADPCM', wavBytes({ tag: 2, bits: 4 }), 'unsupported', /ADPCM.*ffmpeg/],
    ['A-law', wavBytes({ tag: 6, bits: 8 }), 'unsupported', /A-law.*ffmpeg/],
    ['mu-law', wavBytes({ tag: 7, bits: 8 }), 'unsupported', /mu-law.*ffmpeg/],
    ['extensible mu-law', wavBytes({ tag: 7, bits: 8, extensible: true }), 'unsupported', /ffmpeg/],
    ['16-bit float', wavBytes({ tag: 3, bits: 16, samples: [] }), 'unsupported', /16 bit/],
    ['40-bit', wavBytes({ bits: 40 }), 'unsupported', /40 bit/],
    ['999 Hz', wavBytes({ sampleRateHz: 999 }), 'unsupported', /999 Hz/],
    ['400 kHz', wavBytes({ sampleRateHz: 400_000 }), 'unsupported', /400000 Hz/],
    ['no channels', wavBytes({ channels: 0 }), 'unsupported', /0 channels/],
    ['impossible frames', wavBytes({ frameBytes: 3 }), 'unsupported', /impossible format/],
    ['nothing but chunks', manyChunks(), 'notWav', /damaged/],
  ];
  for (const [name, content, reason, text] of refused) {
    it(name, async (t) => {
      const file = await fileWith(t, content);
      await assert.rejects(openWav(file), failure(reason, text, file));
    });
  }

  it('a file that is not there', async (t) => {
    const file = path.join(temporaryFolder(t), 'no.wav');
    await assert.rejects(openWav(file), failure('notFound', /no file/, file));
    await assert.rejects(openWav(`${await fileWith(t, '')}/x.wav`), failure('notFound', /no file/, 'x.wav'));
  });

  it('a folder', async (t) => {
    const file = path.join(temporaryFolder(t), 'folder.wav');
    await mkdir(file);
    await assert.rejects(openWav(file), failure('notAFile', /folder/, file));
  });

  it('a pipe, without waiting for its writer', { skip: process.platform === 'win32' && 'no pipes' }, async (t) => {
    const file = path.join(temporaryFolder(t), 'pipe.wav');
    execFileSync('mkfifo', [file]);
    await assert.rejects(openWav(file), failure('notAFile', /pipe/, file));
  });

  it('a file that this user may not read', { skip: process.getuid?.() === 0 && 'root may read all' }, async (t) => {
    const file = await fileWith(t, wavBytes());
    const handle = await open(file);
    await handle.chmod(0);
    await handle.close();
    await assert.rejects(openWav(file), failure('unreadable', /may not read/, file));
  });

  it('a file that disappears between opening and reading', async (t) => {
    const file = await fileWith(t, wavBytes());
    const wav = await openWav(file);
    await rm(file);
    await assert.rejects(read(wav), failure('notFound', /no file/, file));
  });
});

function failure(reason: AudioFailure, text: RegExp, file: string) {
  return (error: unknown) => {
    assert.ok(error instanceof AudioError, String(error));
    assert.equal(error.reason, reason, error.message);
    assert.match(error.message, text);
    assert.ok(error.message.includes(file), `names the file: ${error.message}`);
    return true;
  };
}

function rf64(riffId: string): WavSpec {
  return { riffId, riffSize: 0xffff_ffff, dataSize: 0xffff_ffff, before: [['ds64', ds64Bytes(80, 8)]] };
}

function dataFirst(): Buffer {
  const file = wavBytes();
  return Buffer.concat([file.subarray(0, 12), file.subarray(36), file.subarray(12, 36)]);
}

function manyChunks(): Buffer {
  return Buffer.concat([Buffer.from('RIFF....WAVE'), Buffer.alloc(16_000)]);
}

/** Where `file` is read while `action` runs. */
async function readPositions(t: TestContext, file: string, action: () => Promise<void>): Promise<number[]> {
  const handle = await open(file);
  const prototype: FileHandle = Object.getPrototypeOf(handle);
  await handle.close();
  const reads = t.mock.method(prototype, 'read');
  await action();
  return reads.mock.calls.map((call) => {
    const given: readonly unknown[] = call.arguments;
    return Number(given[3]);
  });
}
