import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { setImmediate as settle } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { ButtonDriver } from '../../../hardware/gpio/drivers.js';
import { VoiceFile } from '../../../src/appliance/voiceFile.js';
import { Closing } from '../../../src/cli/closing.js';
import { inspectorTaps } from '../../../src/cli/inspectorTaps.js';
import { openInspector } from '../../../src/cli/openInspector.js';
import { DEFAULT_CONFIG } from '../../../src/config/config.js';
import { newAccessToken, TOKEN_FILE } from '../../../src/inspector/http/accessToken.js';
import { type InspectorSnapshot, SUBPROTOCOL } from '../../../src/inspector/protocol.js';
import type { Log } from '../../../src/observability/log.js';
import { fakeVad } from '../../fixtures/fakeSpeech.js';
import { recordedIo } from '../../fixtures/recordedIo.js';
import { RecordedLog } from '../../fixtures/recordedLog.js';
import { readyAppliance } from '../../fixtures/simulatedAppliance.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

/** The simulated appliance with the inspector that is configured. */
async function inspected(t: TestContext, listen: string) {
  const home = temporaryFolder(t);
  const config = { ...DEFAULT_CONFIG, inspector: { listen, hosts: [] } };
  const closing = new Closing();
  t.after(() => closing.close()); // before the appliance looks for timers that are left
  const buttons: ButtonDriver[] = [];
  const rig = await readyAppliance(t, { buttons: () => buttons });
  const { appliance, microphone, speaker, leds, clock } = rig;
  const taps = inspectorTaps(config, fakeVad, clock);
  if (taps === undefined) return { rig, home, taps };
  const log = new RecordedLog();
  openInspector(taps, {
    io: recordedIo({}, home),
    config,
    configFile: undefined,
    appliance: Object.assign(appliance, { microphone, speaker }),
    microphone,
    speaker,
    echo: { mode: 'half-duplex' },
    names: { asr: 'ears', llm: 'mind', tts: 'voice' },
    state: home,
    leds,
    voiceFile: new VoiceFile(path.join(home, 'voice.json'), { volumePercent: 70, lengthScale: undefined }),
    hasButton: false,
    skillNames: ['timer'],
    clock,
    log: log as unknown as Log,
    closing,
  });
  const said = async (line: string) => {
    while (!log.lines.includes(line)) await settle();
  };
  /** Where it is, once it is open. */
  const address = async () => {
    await said('info: the inspector is open');
    return /http:[^"]+/.exec(log.details.find((detail) => detail.includes('addresses')) ?? '')?.[0] ?? '';
  };
  return { rig, home, taps, log, said, address };
}

suite('the inspector of a running appliance', () => {
  test('shows it to this computer, without a token', async (t) => {
    const { rig, address } = await inspected(t, '127.0.0.1:0');
    assert.ok(address);
    const url = await address();
    rig.appliance.send({ type: 'ask', question: 'Who was Ada?' });
    await rig.passes(8_000);
    const metrics = await (await fetch(`${url}metrics`)).text();
    assert.match(metrics, /^pressel_turns_total\{route="llm",outcome="replied"\} 1$/m);
    assert.match(metrics, /^pressel_state_seconds_total\{state="speaking"\} [\d.]+$/m);
    const download = await fetch(`${url}turns/1-1.jsonl`);
    assert.match(download.headers.get('content-disposition') ?? '', /^attachment; /);
    assert.equal((await fetch(`${url}turns/1-9.jsonl`)).status, 404);
    const socket = new WebSocket(`${url.replace('http', 'ws')}live`, SUBPROTOCOL);
    const [first] = await once(socket, 'message');
    const { name, turns, panel } = JSON.parse(String(first)) as InspectorSnapshot;
    assert.deepEqual([name, turns[0]?.id, panel.hasButton], [DEFAULT_CONFIG.assistant.name, '1-1', false]);
    socket.terminate();
  });

  test('is shut to the network until there is a token, and opens as soon as there is', async (t) => {
    const { rig, home, said, address } = await inspected(t, '0.0.0.0:0');
    assert.ok(said && address);
    const shut = 'others reach 0.0.0.0, and there is no token yet: pressel inspector --new-token';
    await said(`warn: The inspector is shut: ${shut}`);
    const token = await newAccessToken(path.join(home, TOKEN_FILE), new Date());
    await rig.passes(3_500); // the file is read again, and the second attempt made
    const { port } = new URL(await address());
    const metrics = `http://127.0.0.1:${port}/metrics`;
    assert.equal((await fetch(metrics)).status, 401);
    assert.equal((await fetch(metrics, { headers: { authorization: `Bearer ${token}` } })).status, 200);
  });

  test('waits for a port that is taken, while the appliance goes on', async (t) => {
    const other = createServer();
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const { port } = other.address() as { readonly port: number };
    const { rig, log, address } = await inspected(t, `127.0.0.1:${port}`);
    assert.ok(log && address);
    while (!log.lines.some((line) => line.startsWith('warn: The inspector is shut: listen EADDRINUSE'))) await settle();
    rig.appliance.send({ type: 'ask', question: 'Who was Ada?' });
    await rig.passes(500);
    assert.match(rig.turn(), /speaking/);
    await new Promise((resolve) => other.close(resolve));
    await rig.passes(3_500);
    assert.equal(await address(), `http://127.0.0.1:${port}/`);
  });

  test('is not there when it is off', async (t) => {
    assert.equal((await inspected(t, 'off')).taps, undefined);
  });
});
