import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { lockInstance } from '../../../../src/appliance/instanceLock.js';
import { run } from '../../../../src/cli/program.js';
import { startScriptedOllama } from '../../../../src/llm/scripted/scriptedOllama.js';
import { SCRIPTED_MODEL } from '../../../../src/llm/scripted/scriptedResponder.js';
import { modelFolder } from '../../../../src/models/modelFolder.js';
import { skipWithoutModel } from '../../../fixtures/models.js';
import { recordedIo } from '../../../fixtures/recordedIo.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

/** Nothing listens there. */
const NO_SERVER = 'http://127.0.0.1:9';

const NO_SOUND = { PRESSEL_AUDIO_DRIVER: 'null' };

function setUp(t: TestContext, env: Readonly<Record<string, string | undefined>> = NO_SOUND) {
  const home = temporaryFolder(t);
  const io = recordedIo({ XDG_RUNTIME_DIR: home, PRESSEL_LLM_URL: NO_SERVER, ...env }, home);
  return { home, io, doctor: (...args: string[]) => run(['doctor', ...args], io) };
}

suite('pressel doctor', () => {
  test('says what is missing and what mends it, and ends with 2', async (t) => {
    const { io, doctor } = setUp(t);
    assert.equal(await doctor(), 2);
    assert.match(
      io.out(),
      /^models\n {2}BROKEN {4}files: silero-vad-v6 is missing, .*\n {12}-> pressel models fetch silero-vad-v6 /m,
    );
    assert.match(io.out(), /^ {2}degraded {2}chat model: No model server can be reached .*\n {12}-> start the server/m);
    assert.match(io.out(), /It cannot work like this\.\n$/);
    assert.equal(io.err(), '');
  });

  test('--json prints one document', async (t) => {
    const { io, doctor } = setUp(t);
    assert.equal(await doctor('--json'), 2);
    const { checks, verdict } = JSON.parse(io.out());
    assert.equal(verdict, 'broken');
    assert.deepEqual(
      checks.map(({ group, name, verdict }: Record<string, string>) => [group, name, verdict]),
      [
        ['program', 'running copy', 'ok'],
        ['audio', 'devices open', 'skipped'],
        ['audio', 'echo', 'skipped'],
        ['audio', 'microphone gives sound', 'skipped'],
        ['models', 'files', 'broken'],
        ['models', 'chat model', 'degraded'],
        ['skills', 'your own', 'ok'],
      ],
    );
    assert.match(checks[1].reason, /audio\.driver is "null"/);
    assert.equal(io.err(), '');
  });

  const needsEars = { skip: skipWithoutModel('silero-vad-v6', 'moonshine-tiny-en') };
  test('ends with 0 where all is well, and with 1 where something is not', needsEars, async (t) => {
    const server = await startScriptedOllama();
    t.after(() => server.close());
    const llm = { PRESSEL_LLM_URL: server.url, PRESSEL_LLM_MODEL: SCRIPTED_MODEL };
    const env = { ...NO_SOUND, PRESSEL_MODELS: modelFolder(process.env, homedir()), PRESSEL_TTS_VOICE: 'flite:slt' };
    const well = setUp(t, { ...env, ...llm });
    const code = await well.doctor();
    assert.equal(code, 0, well.io.out());
    assert.match(well.io.out(), /^ {2}ok {8}files: \d in .*, all checksums right$/m);
    assert.match(well.io.out(), /All is well\.\n$/);
    assert.equal(await setUp(t, { ...env, ...llm, PRESSEL_LLM_MODEL: 'other' }).doctor(), 1);
  });

  test('leaves the devices to an appliance that runs, and says how to stop it', async (t) => {
    const { home, io, doctor } = setUp(t, { PRESSEL_AUDIO_ECHO: 'auto' });
    t.after(lockInstance(path.join(home, 'pressel.lock')));
    await doctor('--json');
    const { checks } = JSON.parse(io.out());
    assert.match(checks[0].reason, new RegExp(`process ${process.pid}, runs and has the devices`));
    for (const { group, verdict, reason, remedy } of checks) {
      if (group !== 'audio') continue;
      assert.equal(verdict, 'skipped');
      assert.match(reason, /has the devices/);
      assert.match(remedy, /^sudo systemctl stop pressel/);
    }
  });

  test('gives up its claim to the devices', async (t) => {
    const { home, doctor } = setUp(t);
    await doctor();
    lockInstance(path.join(home, 'pressel.lock'))();
  });

  test('ends with 2 where the configuration is wrong', async (t) => {
    const { io, doctor } = setUp(t, { PRESSEL_AUDIO_ECHO: 'loud' });
    assert.equal(await doctor(), 2);
    assert.match(io.err(), /audio\.echo|PRESSEL_AUDIO_ECHO/);
    assert.equal(io.out(), '');
  });
});
