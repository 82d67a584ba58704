import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { checkoutRoot } from '../fixtures/shared.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

/** An installation with a version "1", as the installer leaves it, and a way to put in programs that claim to be Node. */
function installation(t: TestContext) {
  const prefix = temporaryFolder(t);
  const version = path.join(prefix, 'versions', '1');
  mkdirSync(path.join(version, 'deploy'), { recursive: true });
  copyFileSync(path.join(checkoutRoot(), 'deploy', 'pressel'), path.join(version, 'deploy', 'pressel'));
  chmodSync(path.join(version, 'deploy', 'pressel'), 0o755);
  symlinkSync('versions/1', path.join(prefix, 'current'));
  const tools = path.join(prefix, 'tools');
  mkdirSync(tools);
  symlinkSync(path.join(prefix, 'current', 'deploy', 'pressel'), path.join(tools, 'pressel'));
  const node = (folder: string, itsVersion: string, does = `printf '%s\\n' ${folder} "$$" "$@"`) => {
    mkdirSync(path.join(prefix, folder), { recursive: true });
    const file = path.join(prefix, folder, 'node');
    writeFileSync(file, `#!/bin/sh\nif [ "$1" = --version ]; then echo ${itsVersion}; else ${does}; fi\n`);
    chmodSync(file, 0o755);
  };
  const run = (...args: readonly string[]) => {
    const env = { PATH: `${tools}:/usr/bin:/bin` };
    return spawnSync(path.join(tools, 'pressel'), args, { encoding: 'utf8', env });
  };
  return { version, node, run };
}

suite('the program that starts Pressel', () => {
  test('prefers the Node that was installed beside it', (t) => {
    const { version, node, run } = installation(t);
    node('node/bin', 'v22.1.0');
    node('tools', 'v24.0.0');
    const { stdout, pid } = run('run', '--config', 'a b');
    const program = path.join(version, 'dist', 'src', 'cli', 'main.js');
    // In the very process that was started: the service manager hears only that one.
    assert.deepEqual(stdout.trimEnd().split('\n'), ['node/bin', String(pid), program, 'run', '--config', 'a b']);
  });

  test('takes the one on PATH where there is none, or it is too old', (t) => {
    const { node, run } = installation(t);
    node('tools', 'v20.19.2');
    assert.match(run('doctor').stdout, /^tools\n/);
    node('node/bin', 'v18.19.0');
    assert.match(run('doctor').stdout, /^tools\n/);
    node('node/bin', 'v100.0.0');
    assert.match(run('doctor').stdout, /^node\/bin\n/);
  });

  test('passes over one that is almost new enough, for a later one', (t) => {
    const { node, run } = installation(t);
    node('node/bin', 'v20.18.3');
    for (const fits of ['v20.19.0', 'v20.20.1', 'v21.0.0', 'v22.12.0', 'v30.0.0']) {
      node('tools', fits);
      assert.match(run('doctor').stdout, /^tools\n/, fits);
    }
  });

  test('ends with the exit status of the program', (t) => {
    const { node, run } = installation(t);
    node('node/bin', 'v20.19.2', 'exit 2');
    assert.equal(run('run').status, 2);
  });
});
