import assert from 'node:assert/strict';
import { watch } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { MODEL, startFaultyOllama } from '../fixtures/faultyOllama.js';
import { skipWithoutModel } from '../fixtures/models.js';
import { type PresselOptions, type RunningPressel, startPressel } from '../fixtures/pressel.js';
import { checkoutRoot } from '../fixtures/shared.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const QUESTION = path.join(checkoutRoot(), 'assets', 'question.wav');
const RECORDED = ['ask', '--wav', QUESTION, '--out', 'reply.wav'];
const needsEars = { skip: skipWithoutModel('silero-vad-v6', 'moonshine-tiny-en') };

/** The longest that somebody who pressed Ctrl-C should wait. */
const ENDS_WITHIN_MS = 2000;

suite('Ctrl-C', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`(${signal}) ends a turn while its models load`, needsEars, async (t) => {
      const running = await start(t, RECORDED);
      await fileAppears(running.home, /\.part$/);
      await assertEnds(running, signal);
    });

    test(`(${signal}) ends a turn while it listens`, needsEars, async (t) => {
      // The first thing that the assistant does when it is ready, and so listens, is to look for its model server.
      const server = await startFaultyOllama('halfOpen');
      t.after(() => server.close());
      const running = await start(t, [...RECORDED, '--llm-url', server.url]);
      await server.chatArrived;
      await assertEnds(running, signal);
    });
  }

  test('ends a turn while the model writes', async (t) => {
    const server = await startFaultyOllama('stallsBetweenTokens');
    t.after(() => server.close());
    const flags = ['--out', 'reply.wav', '--llm-url', server.url, '--llm-model', MODEL];
    const running = await start(t, ['ask', 'Tell me a story.', ...flags]);
    await server.chatArrived;
    await assertEnds(running, 'SIGINT');
    assert.equal(await server.openConnections(), 0);
  });

  test('ends a turn while it speaks', async (t) => {
    const server = await startFaultyOllama('blankLines');
    t.after(() => server.close());
    const flags = ['--out', 'reply.wav', '--llm-url', server.url, '--llm-model', MODEL];
    const running = await start(t, ['ask', 'How hot is the water?', ...flags]);
    await fileGrows(running.home, /\.part$/);
    await assertEnds(running, 'SIGINT');
  });

  test('ends a download, and the npm that makes it', async (t) => {
    const folder = await temporaryFolder(t);
    const bin = path.join(folder, 'bin');
    await mkdir(bin);
    const script = `#!/bin/sh\n: > '${folder}/npm-runs'\nexec /bin/sleep 60\n`;
    await writeFile(path.join(bin, 'npm'), script, { mode: 0o755 });
    const env = { PATH: bin, PRESSEL_MODELS: path.join(folder, 'models') };
    const running = await start(t, ['models', 'fetch', 'silero-vad-v6'], { env });
    await fileAppears(folder, /^npm-runs$/);
    await assertEnds(running, 'SIGINT');
    const left = await readdir(path.join(folder, 'models'), { recursive: true });
    assert.deepEqual(
      left.filter((name) => name.endsWith('.onnx') || name.endsWith('.tgz')),
      [],
    );
  });
});

function start(t: TestContext, args: readonly string[], options: PresselOptions = {}): Promise<RunningPressel> {
  return startPressel(t, args, { ...options, ownGroup: true });
}

/** Soon, by itself, with an error, and leaving nothing behind. */
async function assertEnds({ child, ended, home }: RunningPressel, signal: NodeJS.Signals): Promise<void> {
  const { pid } = child;
  assert.ok(pid !== undefined);
  const sentAt = performance.now();
  child.kill(signal);
  const { code, endedBy, stderr } = await ended;
  const tookMs = performance.now() - sentAt;
  assert.equal(endedBy, null, `ended by a signal: ${stderr}`);
  assert.ok(code !== null && code !== 0 && code < 128, `exit ${code}: ${stderr}`);
  assert.match(stderr, new RegExp(`pressel: stopped by ${signal}\n$`));
  assert.ok(tookMs < ENDS_WITHIN_MS, `${tookMs} ms`);
  assert.deepEqual(await readdir(home), [], 'no reply, whole or in part');
  assert.throws(() => process.kill(-pid, 0), { code: 'ESRCH' }, 'a child is left');
}

function fileAppears(folder: string, name: RegExp): Promise<void> {
  return fileEvent(folder, name, 'rename');
}

function fileGrows(folder: string, name: RegExp): Promise<void> {
  return fileEvent(folder, name, 'change');
}

function fileEvent(folder: string, name: RegExp, wanted: 'rename' | 'change'): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, (event, file) => {
      if (event !== wanted || !name.test(file ?? '')) return;
      watcher.close();
      resolve();
    });
  });
}
