import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { modelsCommand } from '../../../../src/cli/commands/models.js';
import { UsageError } from '../../../../src/cli/usageError.js';
import { catalogue } from '../../../../src/models/catalogue.js';
import { recordedIo } from '../../../fixtures/recordedIo.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';
import { fakeNpm } from '../../models/fakeNpm.js';

function setUp(t: TestContext) {
  const home = temporaryFolder(t);
  const folder = path.join(home, 'models');
  const { env } = fakeNpm(home, { stderr: 'npm error code ENOTFOUND', exitCode: 1 });
  const io = recordedIo({ ...env, PRESSEL_MODELS: folder }, home);
  const run = (...args: string[]) => modelsCommand(io).parseAsync(args, { from: 'user' });
  return { home, folder, io, run };
}

/** A file of the right size and the wrong content: what a listing takes for present and a check does not. */
function putHollowModel(folder: string, id: string): void {
  for (const file of catalogue.find((model) => model.id === id)?.files ?? []) {
    mkdirSync(path.join(folder, id), { recursive: true });
    writeFileSync(path.join(folder, id, file.name), '');
    truncateSync(path.join(folder, id, file.name), file.bytes);
  }
}

suite('pressel models', () => {
  test('list shows every model with its licence and state, and marks what is needed', async (t) => {
    const { folder, io, run } = setUp(t);
    putHollowModel(folder, 'silero-vad-v6');
    await run('list');
    assert.match(io.out(), /^silero-vad-v6 +vad +any +2\.3 MB +present \* +MIT$/m);
    assert.match(io.out(), /^de_DE-thorsten-medium +voice +de-DE +63\.2 MB +missing +CC0/m);
    assert.match(io.out(), new RegExp(`Folder: ${folder}`));
  });

  test('list --json prints one document', async (t) => {
    const { io, run } = setUp(t);
    await run('list', '--json');
    const rows = JSON.parse(io.out());
    assert.equal(rows.length, catalogue.length);
    assert.deepEqual(Object.keys(rows[0]), [
      'id',
      'purpose',
      'language',
      'bytes',
      'licence',
      'description',
      'state',
      'needed',
    ]);
  });

  test('fetch says size and licence before it begins, and why it failed', async (t) => {
    const { io, run } = setUp(t);
    await assert.rejects(run('fetch'), {
      name: 'ModelError',
      reason: 'offline',
      message: /registry cannot be reached/,
    });
    assert.match(io.err(), /^silero-vad-v6: 2\.3 MB, licence: MIT\n/);
    assert.equal(io.out(), '');
  });

  test('what a licence forbids is shown in the list, and before a download even with --json', async (t) => {
    const { io, run } = setUp(t);
    await run('list');
    assert.match(io.out(), /^openwakeword-alexa +wake-word .* CC BY-NC-SA 4\.0 \(not for commercial use; see https:/m);
    await assert.rejects(run('fetch', 'openwakeword-alexa', '--json'), { name: 'ModelError' });
    assert.match(io.err(), /^openwakeword-alexa: 855 kB, licence: CC BY-NC-SA 4\.0 \(not for commercial use; /);
  });

  test('fetch takes what the configuration needs, unless --demo asks for the default', async (t) => {
    const { home, io, run } = setUp(t);
    const file = path.join(home, 'c.toml');
    writeFileSync(file, '[tts]\nvoice = "en_US-amy-low"');
    const from = path.join(home, 'empty');
    await assert.rejects(run('fetch', '--config', file, '--from', from, 'en_US-amy-low'), { reason: 'notInFolder' });
    assert.match(io.err(), /en_US-amy-low: 63\.1 MB, licence: see MODEL_CARD/);
    await assert.rejects(run('fetch', '--demo', 'silero-vad-v6'), UsageError);
  });

  test('fetch refuses an unknown id before anything is downloaded', async (t) => {
    const { home, run } = setUp(t);
    await assert.rejects(run('fetch', 'silero-vad-v6', 'moonshine-tiny'), (error: unknown) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, /no model "moonshine-tiny"; did you mean "moonshine-tiny-en"\?/);
      return true;
    });
    assert.deepEqual(readdirSync(home), ['bin']);
  });

  test('verify reads what is here, names what is wrong and fails', async (t) => {
    const { folder, io, run } = setUp(t);
    putHollowModel(folder, 'silero-vad-v6');
    await assert.rejects(run('verify'), { message: /Mend with "pressel models fetch silero-vad-v6"/ });
    assert.match(
      io.out(),
      /silero-vad-v6 {2}damaged\n .*silero_vad\.onnx: expected sha256 1a153a22[0-9a-f]+, got sha256/,
    );
    assert.doesNotMatch(io.out(), /moonshine/);
  });

  test('verify of a named model that is missing fails, with a report in JSON', async (t) => {
    const { io, run } = setUp(t);
    await assert.rejects(run('verify', 'moonshine-tiny-en', '--json'), /moonshine-tiny-en/);
    const [report] = JSON.parse(io.out());
    assert.equal(report.state, 'missing');
    assert.equal(report.files.length, 2);
  });

  test('verify is content with an empty folder', async (t) => {
    const { folder, io, run } = setUp(t);
    await run('verify');
    assert.equal(io.out(), `No model is in ${folder}.\n`);
  });
});
