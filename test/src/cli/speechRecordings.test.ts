import assert from 'node:assert/strict';
import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test } from 'node:test';
import { systemClock } from '../../../hardware/clock.js';
import { speechCorpus } from '../../../src/cli/speechRecordings.js';
import { UsageError } from '../../../src/cli/usageError.js';
import { FakeVoice } from '../../fixtures/fakeVoice.js';
import { questionFile } from '../../fixtures/questionFile.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const options = {
  maxMs: 28_000,
  turns: 2,
  seed: 1,
  voice: new FakeVoice(systemClock, { makingMs: 0, msPerWord: 100 }),
  signal: new AbortController().signal,
};

suite('recordings for the turns', () => {
  test('are those of a folder that have a transcript, where there are transcripts', async (t) => {
    const folder = await temporaryFolder(t);
    for (const name of ['a.wav', 'b.wav', 'c.wav']) await copyFile(questionFile(), path.join(folder, name));
    const all = await speechCorpus({ recordings: folder }, options);
    assert.deepEqual(
      all.recordings.map(({ name }) => name),
      ['a.wav', 'b.wav', 'c.wav'],
    );
    await writeFile(
      path.join(folder, 'transcripts.tsv'),
      'b.wav\thuman\twhy is the sky blue\nmissing.wav\thuman\tno\n',
    );
    const { recordings, source } = await speechCorpus({ recordings: folder }, options);
    assert.deepEqual(
      recordings.map(({ name, transcript }) => [name, transcript]),
      [['b.wav', 'why is the sky blue']],
    );
    assert.equal(source, path.basename(folder));
    await assert.rejects(speechCorpus({ recordings: folder }, { ...options, maxMs: 10 }), UsageError);
  });

  test('can be named one by one', async () => {
    const { recordings } = await speechCorpus({ wav: [questionFile()] }, options);
    assert.ok((recordings[0]?.samples.length ?? 0) > 16_000);
  });

  test('are spoken by the voice where there are none', async (t) => {
    const { recordings, source } = await speechCorpus({}, { ...options, usualFolder: await temporaryFolder(t) });
    assert.equal(source, 'synthesised by fake');
    assert.equal(recordings.length, 2);
    for (const { transcript, samples } of recordings) {
      // A tenth of a second a word, at the rate of a microphone.
      assert.ok(Math.abs(samples.length - transcript.split(' ').length * 1_600) <= 32, transcript);
    }
  });

  test('are missed where there is no such folder', () =>
    assert.rejects(speechCorpus({ recordings: '/no/such/folder' }, options), {
      constructor: UsageError,
      message: /no folder/,
    }));
});
