import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { configCommand } from '../../../../src/cli/commands/config.js';
import { DEFAULT_CONFIG } from '../../../../src/config/config.js';
import { loadConfig } from '../../../../src/config/loadConfig.js';
import { recordedIo } from '../../../fixtures/recordedIo.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

function setUp(t: TestContext) {
  const home = temporaryFolder(t);
  const file = path.join(home, 'c.toml');
  writeFileSync(file, '\n[llm]\nmodel = "qwen3:0.6b"\n');
  const io = recordedIo({ PRESSEL_LOG_LEVEL: 'debug' }, home);
  const run = (...args: string[]) => configCommand(io).parseAsync(['--config', file, ...args], { from: 'user' });
  return { home, file, io, run };
}

suite('pressel config', () => {
  test('shows every value and where it came from', async (t) => {
    const { file, io, run } = setUp(t);
    await run();
    assert.ok(io.out().startsWith(`# ${file}\n`));
    assert.match(io.out(), /^llm\.model = "qwen3:0\.6b" +# file:3$/m);
    assert.match(io.out(), /^log\.level = "debug" +# env PRESSEL_LOG_LEVEL$/m);
    assert.match(io.out(), /^endpointing\.silence_ms = 600 +# default$/m);
    assert.match(io.out(), /^skills\.mqtt\.url = "mqtt:\/\/127\.0\.0\.1:1883" +# default$/m);
    assert.match(io.out(), /^# llm\.threads is not set +# default$/m);
  });

  test('prints what can be used as a configuration again', async (t) => {
    const { home, io, run } = setUp(t);
    await run();
    const copy = path.join(home, 'copy.toml');
    writeFileSync(copy, io.out());
    const { config } = await loadConfig({ file: copy, env: {}, home });
    assert.equal(config.llm.model, 'qwen3:0.6b');
    assert.deepEqual(config.vad, DEFAULT_CONFIG.vad);
  });

  test('--json prints one document', async (t) => {
    const { file, io, run } = setUp(t);
    await run('--json');
    const document = JSON.parse(io.out());
    assert.equal(document.file, file);
    assert.deepEqual(document.values['llm.model'], { value: 'qwen3:0.6b', origin: 'file:3' });
    assert.deepEqual(document.values['llm.threads'], { value: null, origin: 'default' });
  });
});
