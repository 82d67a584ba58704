import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { lockInstance } from '../../../../src/appliance/instanceLock.js';
import { SpeedFile } from '../../../../src/appliance/speedFile.js';
import { run } from '../../../../src/cli/program.js';
import { startScriptedOllama } from '../../../../src/llm/scripted/scriptedOllama.js';
import { SCRIPTED_MODEL } from '../../../../src/llm/scripted/scriptedResponder.js';
import { NOTHING_MEASURED } from '../../../../src/observability/measuredSpeeds.js';
import { recordedIo } from '../../../fixtures/recordedIo.js';
import { checkoutRoot } from '../../../fixtures/shared.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

/** Nothing listens there. */
const NO_SERVER = 'http://127.0.0.1:9';

const NO_SOUND = { PRESSEL_AUDIO_DRIVER: 'null' };

function setUp(t: TestContext, env: Readonly<Record<string, string | undefined>> = NO_SOUND) {
  const home = temporaryFolder(t);
  const io = recordedIo({ XDG_RUNTIME_DIR: home, PRESSEL_LLM_URL: NO_SERVER, ...env }, home);
  return { home, io, doctor: (...args: string[]) => run(['doctor', ...args], io) };
}

/** Those that the guide to troubleshooting names, in rows such as "| `gpio` | button, LEDs |". */
function checksOfGuide(): string[] {
  const guide = readFileSync(path.join(checkoutRoot(), 'docs', 'troubleshooting.md'), 'utf8');
  return [...guide.matchAll(/^\| `([a-z]+)` \| (.*) \|$/gm)].flatMap(([, group, names = '']) =>
    names.split(', ').map((name) => `${group}: ${name}`),
  );
}

suite('pressel doctor', () => {
  test('says what is missing and what mends it, and ends with 2', async (t) => {
    const { io, doctor } = setUp(t);
    assert.equal(await doctor(), 2);
    assert.match(
      io.out(),
      /^models\n {2}BROKEN {4}files: silero-vad-v6 is missing, .*\n {12}-> pressel models fetch silero-vad-v6 /m,
    );
    assert.match(
      io.out(),
      /^ollama\n {2}degraded {2}model: No model server can be reached .*\n {12}-> sudo systemctl start ollama/m,
    );
    assert.match(
      io.out(),
      /It cannot work like this\.\nFirst, for models \(files\):\n-> pressel models fetch silero-vad-v6 .*\n$/,
    );
    assert.equal(io.err(), '');
  });

  test('--json prints one document', async (t) => {
    const { io, doctor } = setUp(t);
    assert.equal(await doctor('--json'), 2);
    const { checks, verdict, first } = JSON.parse(io.out());
    assert.equal(verdict, 'broken');
    assert.deepEqual([first.group, first.name], ['models', 'files']);
    const names = checks.map(({ group, name }: Record<string, string>) => `${group}: ${name}`);
    assert.deepEqual(names, checksOfGuide());
    assert.deepEqual(names, [
      'system: computer',
      'system: Node',
      'system: power and heat',
      'system: memory',
      'system: swap',
      'system: disk',
      'system: state',
      'system: clock',
      'system: file permissions',
      'service: state',
      'service: last day',
      'service: running copy',
      'network: model server',
      'network: this program',
      'gpio: button',
      'gpio: LEDs',
      'connections: MQTT broker',
      'connections: Home Assistant',
      'audio: sound cards',
      'audio: sound driver',
      'audio: device names',
      'audio: devices open',
      'audio: echo',
      'audio: microphone gives sound',
      'audio: speaker without gaps',
      'models: files',
      'models: speed',
      'ollama: model',
      'ollama: version',
      'ollama: abilities',
      'ollama: speed',
      'skills: your own',
    ]);
    for (const { group, verdict, reason } of checks) {
      if (group !== 'audio') continue;
      assert.equal(verdict, 'skipped');
      assert.match(reason, /audio\.driver is "null"/);
    }
    assert.equal(io.err(), '');
  });

  test('ends with 0 where all is well, and with 1 where something is not', async (t) => {
    const server = await startScriptedOllama();
    t.after(() => server.close());
    const env = { ...NO_SOUND, PRESSEL_LLM_URL: server.url };
    const groups = ['--group', 'ollama', 'skills'];
    const well = setUp(t, { ...env, PRESSEL_LLM_MODEL: SCRIPTED_MODEL });
    const code = await well.doctor(...groups);
    assert.equal(code, 0, well.io.out());
    assert.match(well.io.out(), /All is well\.\n$/);
    assert.equal(await setUp(t, { ...env, PRESSEL_LLM_MODEL: 'other' }).doctor(...groups), 1);
  });

  test('leaves the devices to an appliance that runs, and says how to stop it', async (t) => {
    const { home, io, doctor } = setUp(t, { PRESSEL_AUDIO_ECHO: 'auto' });
    t.after(lockInstance(path.join(home, 'pressel.lock')));
    await doctor('--json', '--group', 'service', 'audio');
    const { checks } = JSON.parse(io.out());
    const copy = checks.find(({ name }: Record<string, string>) => name === 'running copy');
    assert.match(copy.reason, new RegExp(`process ${process.pid}, runs and has the devices`));
    for (const { group, name, verdict, reason, remedy } of checks) {
      if (group !== 'audio' || ['sound cards', 'sound driver', 'device names'].includes(name)) continue;
      assert.equal(verdict, 'skipped');
      assert.match(reason, /has the devices/);
      assert.match(remedy, /^sudo systemctl stop pressel/);
    }
  });

  test('looks at the wanted groups alone, and knows which there are', async (t) => {
    const { io, doctor } = setUp(t);
    assert.equal(await doctor('--group', 'skills'), 0);
    assert.equal(
      io.out(),
      `skills\n  ok        your own: none in ${path.join(io.home, '.config/pressel/skills.d')}\nAll is well.\n`,
    );
    assert.equal(await doctor('--group', 'modles'), 2);
    assert.match(io.err(), /no group "modles" of checks; did you mean "models"\? The groups are: system, service/);
  });

  test('warns when the chat model has become much slower, keeps what was best, and disturbs no running copy', async (t) => {
    const server = await startScriptedOllama({
      tokensPerSecond: 50,
      reply: () => 'one two three four five six seven eight nine',
    });
    t.after(() => server.close());
    const home = temporaryFolder(t);
    const file = path.join(home, '.local/state/pressel/speeds.json');
    const names = { asr: 'moonshine-tiny', llm: `ollama:${SCRIPTED_MODEL}`, tts: 'flite:rms' };
    const before = new SpeedFile(file, names, () => new Date('2026-01-20T12:00:00Z'));
    before.learn({ ...NOTHING_MEASURED, generatedTokensPerSecond: 1000, asrRealTimeFactor: 0.5 });
    await before.save();
    const doctor = async () => {
      const llm = { PRESSEL_LLM_URL: server.url, PRESSEL_LLM_MODEL: SCRIPTED_MODEL };
      const io = recordedIo({ ...NO_SOUND, ...llm, XDG_RUNTIME_DIR: home }, home);
      await run(['doctor', '--json', '--group', 'ollama'], io);
      const { checks } = JSON.parse(io.out());
      return checks.find(({ name }: Record<string, string>) => name === 'speed');
    };
    const { verdict, reason } = await doctor();
    assert.equal(verdict, 'degraded');
    assert.match(reason, /^\d+ times as slow as on 2026-01-20: \d+ tokens a second written, then 1000/);
    const after = new SpeedFile(file, names);
    assert.ok((after.known.generatedTokensPerSecond ?? 1000) < 100);
    assert.deepEqual(after.best.generatedTokensPerSecond, { value: 1000, on: '2026-01-20' });
    assert.equal(after.known.asrRealTimeFactor, 0.5, 'what was not measured stays known');
    const asked = server.requests.filter(({ path: to }) => to === '/api/chat').length;
    t.after(lockInstance(path.join(home, 'pressel.lock')));
    const beside = await doctor();
    assert.equal(server.requests.filter(({ path: to }) => to === '/api/chat').length, asked);
    assert.match(beside.reason, /times as slow .* \(as the running copy has measured it/);
  });

  test('does not check the service for who may not, and says how to', async (t) => {
    const { io, doctor } = setUp(t);
    assert.equal(await doctor('--in-service'), 2);
    assert.match(io.err(), /sudo pressel doctor --in-service|no systemd here|is not installed/);
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
