import assert from 'node:assert/strict';
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { before, suite, type TestContext, test } from 'node:test';
import { openWav } from '../../hardware/audio/wavReader.js';
import { startScriptedOllama } from '../../src/llm/scripted/scriptedOllama.js';
import { skipWithoutModel } from '../fixtures/models.js';
import { type PresselRun, pressel } from '../fixtures/pressel.js';
import { checkoutRoot } from '../fixtures/shared.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { wavBytes, wavHeaderBytes } from '../fixtures/wavFiles.js';

const QUESTION = path.join(checkoutRoot(), 'assets', 'question.wav');
const skip = skipWithoutModel('silero-vad-v6', 'moonshine-tiny-en');

suite('a recording', { concurrency: 2 }, () => {
  let speech: number[] = [];
  before(async () => {
    for await (const block of (await openWav(QUESTION)).blocks()) speech = [...speech, ...block];
  });
  const silence = (samples: number) => new Array<number>(samples).fill(0);
  const halfRate = () => speech.filter((_, i) => i % 2 === 0).map((x, i) => (x + (speech[2 * i + 1] ?? 0)) / 2);

  const refused: readonly (readonly [what: string, bytes: () => Buffer, message: RegExp])[] = [
    ['that is a text file', () => Buffer.from('Dear all,\n'), /in\.wav is a text file.*Give a recording instead/],
    ['of no bytes', () => Buffer.alloc(0), /in\.wav is an empty file \(0 bytes\)\. Record or copy it again/],
    ['cut in its header', () => wavBytes().subarray(0, 30), /in\.wav breaks off before.*Copy or record it again/],
    ['without a sample', () => wavBytes({ samples: [] }), /in\.wav is a WAV file without a single sample\. Record/],
    ['of silence', () => wavBytes({ samples: silence(16_000) }), /No speech was found in .*in\.wav/],
    [
      'of samples that are no numbers',
      () => wavBytes({ tag: 3, bits: 32, samples: new Array<number>(16_000).fill(Number.NaN) }),
      /in\.wav holds 16000 samples that are not numbers(.|\n)*No speech was found/,
    ],
    ['of 500 kHz', () => wavBytes({ sampleRateHz: 500_000 }), /500000 Hz; 1000 to 384000 Hz.*ffmpeg/],
  ];
  for (const [what, bytes, message] of refused) {
    test(`${what} fails with a remedy and leaves no reply`, { skip }, async (t) => {
      const folder = await temporaryFolder(t);
      const wav = path.join(folder, 'in.wav');
      await writeFile(wav, bytes());
      assertFailed(await askRecording(t, wav, folder), 1, message);
      assert.deepEqual(await readdir(folder), ['in.wav']);
    });
  }

  test('of an hour of silence ends as soon as a listener would give up', { skip }, async (t) => {
    const folder = await temporaryFolder(t);
    const wav = path.join(folder, 'in.wav');
    const file = await open(wav, 'w');
    await file.write(wavHeaderBytes(16_000, 16_000 * 3600));
    await file.truncate(44 + 2 * 16_000 * 3600);
    await file.close();
    assertFailed(await askRecording(t, wav, folder), 1, /No speech was found/);
    assert.deepEqual(await readdir(folder), ['in.wav']);
  });

  test('that is a folder, or is not there, fails with a remedy', async (t) => {
    const folder = await temporaryFolder(t);
    assertFailed(await askRecording(t, folder, folder), 1, /is a folder\. Give the path of a WAV file/);
    const missing = path.join(folder, 'missing.wav');
    assertFailed(await askRecording(t, missing, folder), 1, /There is no file .*missing\.wav\. Check the path/);
    assert.deepEqual(await readdir(folder), []);
  });

  /** What a telephone or an overdriven microphone leaves of a word is the recogniser's affair: some of it is enough. */
  const heard: readonly (readonly [what: string, bytes: () => Buffer, words: RegExp, remark: RegExp])[] = [
    [
      'cut in its last word',
      () => cut(wavBytes({ samples: speech }), 3000),
      /\bsky\b/i,
      /in\.wav is cut: 2\.2 s of 2\.3 s/,
    ],
    ['of 8 kHz', () => wavBytes({ sampleRateHz: 8_000, samples: halfRate() }), /\bwhy\b/i, /^$/],
    [
      'of 192 kHz',
      () => wavBytes({ sampleRateHz: 192_000, samples: speech.flatMap((x) => new Array<number>(12).fill(x)) }),
      /\bsky\b/i,
      /^$/,
    ],
    ['that is clipped', () => wavBytes({ samples: speech.map((x) => x * 3) }), /\bwhy\b|\bsky\b|\bblue\b/i, /^$/],
  ];
  for (const [what, bytes, words, remark] of heard) {
    test(`${what} is answered all the same`, { skip }, async (t) => {
      const server = await startScriptedOllama({ reply: () => 'Because.' });
      t.after(() => server.close());
      const folder = await temporaryFolder(t);
      const wav = path.join(folder, 'in.wav');
      await writeFile(wav, bytes());
      const run = await askRecording(t, wav, folder, ['--llm-url', server.url, '--llm-model', 'scripted']);
      assert.equal(run.code, 0, run.stderr);
      assert.match(run.stderr, remark);
      const { transcript, reply } = JSON.parse(run.stdout);
      assert.match(transcript, words);
      assert.equal(reply, 'Because.');
      assert.deepEqual((await readdir(folder)).sort(), ['in.wav', 'reply.wav']);
    });
  }
});

suite('a reply file', { concurrency: 2 }, () => {
  test('in a folder that does not exist, or that is a folder, is refused', async (t) => {
    const folder = await temporaryFolder(t);
    const nowhere = path.join(folder, 'no', 'reply.wav');
    const missing = await pressel(t, ['ask', 'What time is it?', '--out', nowhere, '--fast', '--json']);
    assertFailed(missing, 1, /no\/reply\.wav cannot be written: its folder does not exist\. Create/);
    const isFolder = await pressel(t, ['say', 'Hello.', '--out', folder, '--json']);
    assertFailed(isFolder, 1, /is a folder: give the path of a file/);
    assert.deepEqual(await readdir(folder), []);
  });

  test('that was there stays as it was when the turn fails', { skip }, async (t) => {
    const folder = await temporaryFolder(t);
    await writeFile(path.join(folder, 'in.wav'), wavBytes({ samples: new Array<number>(8000).fill(0) }));
    await writeFile(path.join(folder, 'reply.wav'), 'precious');
    assertFailed(await askRecording(t, path.join(folder, 'in.wav'), folder), 1, /No speech/);
    assert.equal(await readFile(path.join(folder, 'reply.wav'), 'utf8'), 'precious');
    assert.equal((await readdir(folder)).length, 2);
  });
});

suite('models', { concurrency: 2 }, () => {
  test('that are not here and cannot be fetched are named, with what to do', async (t) => {
    const folder = await temporaryFolder(t);
    const run = await askRecording(t, QUESTION, folder, [], await withoutNetwork(folder));
    assertFailed(run, 1, /silero_vad\.onnx is missing.*npm could not fetch.*Check the network/s);
    assert.equal((await readdir(folder)).includes('reply.wav'), false);
  });

  test('of the right size that are no models are found before they are loaded', async (t) => {
    const folder = await temporaryFolder(t);
    const damaged = path.join(folder, 'models', 'silero-vad-v6', 'silero_vad.onnx');
    await mkdir(path.dirname(damaged), { recursive: true });
    await writeFile(damaged, Buffer.alloc(2_327_524));
    const env = await withoutNetwork(folder);
    const verified = await pressel(t, ['models', 'verify'], { env });
    assert.equal(verified.code, 1);
    assert.match(verified.stdout, /silero_vad\.onnx: expected sha256 \w+, got sha256 \w+/);
    assert.match(verified.stderr, /Mend with "pressel models fetch silero-vad-v6"/);
    assertFailed(await askRecording(t, QUESTION, folder, [], env), 1, /silero_vad\.onnx is damaged/);
    assert.equal((await readdir(folder)).includes('reply.wav'), false);
  });

  const config = { audio: { sample_rate: 16_000 }, espeak: { voice: 'en-us' } };
  const map = { _: [0], '^': [1], $: [2], a: [3] };
  const voices: readonly (readonly [what: string, config: object, message: RegExp])[] = [
    ['without a map of its sounds', config, /voice\.onnx\.json is not a Piper voice.*phoneme_id_map.*published with/s],
    ['that is no model', { ...config, phoneme_id_map: map }, /voice\.onnx.*(ONNX|voice)/s],
  ];
  for (const [what, json, message] of voices) {
    test(`a voice ${what} is refused by its file`, async (t) => {
      const folder = await temporaryFolder(t);
      const voice = path.join(folder, 'voice.onnx');
      await writeFile(voice, 'no model');
      await writeFile(`${voice}.json`, JSON.stringify(json));
      const args = ['ask', 'What time is it?', '--voice', `piper:${voice}`, '--out', path.join(folder, 'reply.wav')];
      assertFailed(await pressel(t, [...args, '--json']), 1, message);
      assert.deepEqual((await readdir(folder)).sort(), ['voice.onnx', 'voice.onnx.json']);
    });
  }

  /** A folder without models, and an npm that finds no network. */
  async function withoutNetwork(folder: string): Promise<Record<string, string>> {
    const bin = path.join(folder, 'bin');
    await mkdir(bin);
    await writeFile(path.join(bin, 'npm'), '#!/bin/sh\necho "npm error code ENOTFOUND" >&2\nexit 1\n', { mode: 0o755 });
    return { PATH: bin, PRESSEL_MODELS: path.join(folder, 'models') };
  }
});

suite('settings and questions', { concurrency: 2 }, () => {
  test('an unknown key and a bad value are wrong usage, each by file and line', async (t) => {
    const folder = await temporaryFolder(t);
    const file = path.join(folder, 'c.toml');
    await writeFile(file, '[llm]\nmodle = "x"\n[vad]\nthreshold = 7\n');
    const run = await pressel(t, ['ask', 'Hello', '--config', file, '--json']);
    assertFailed(run, 2, /c\.toml:2: unknown key "llm\.modle"; did you mean "llm\.model"\?/);
    assert.match(run.stderr, /c\.toml:4: vad\.threshold: expected a number from 0\.01 to 0\.99, found 7/);
  });

  test('an empty question and one of 100 kB are wrong usage', async (t) => {
    assertFailed(await pressel(t, ['ask', '  ']), 2, /The question is empty/);
    assertFailed(await pressel(t, ['ask', 'a'.repeat(100_000)]), 2, /100000 characters; at most 4000.*max_question/);
  });
});

function askRecording(
  t: TestContext,
  wav: string,
  folder: string,
  flags: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<PresselRun> {
  const out = path.join(folder, 'reply.wav');
  return pressel(t, ['ask', '--wav', wav, '--out', out, '--fast', '--json', ...flags], { env });
}

function assertFailed({ code, stderr }: PresselRun, expected: number, message: RegExp): void {
  assert.match(stderr, message);
  assert.equal(code, expected, stderr);
  assert.doesNotMatch(stderr, /^ +at /m, 'a message for people has no stack');
}

function cut(bytes: Buffer, missing: number): Buffer {
  return bytes.subarray(0, bytes.length - missing);
}
