import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { ApplianceProcess } from '../fixtures/applianceProcess.js';
import { skipWithoutModel } from '../fixtures/models.js';
import { mosquittoProgram, Onlooker, startMosquitto, WITHOUT_MOSQUITTO } from '../fixtures/mosquitto.js';

const program = mosquittoProgram();
const skip = skipWithoutModel('moonshine-tiny-en', 'silero-vad-v6') || (program === undefined && WITHOUT_MOSQUITTO);
const BASE = { PULSE_SERVER: 'unix:/nowhere', PRESSEL_SKILLS_MQTT_ENABLED: 'true' };

suite('pressel run on a broker', { skip }, () => {
  test('is there, says what it does, does what it is told, and is missed when it is killed', async (t) => {
    const user = { name: 'pressel', password: 'swordfish' };
    const { url } = await startMosquitto(t, program ?? '', { user });
    const onlooker = await Onlooker.on(t, url, { username: user.name, password: user.password });
    const env = {
      ...BASE,
      PRESSEL_SKILLS_MQTT_URL: url,
      PRESSEL_SKILLS_MQTT_USERNAME: user.name,
      MQTT_PASSWORD: user.password,
    };
    const appliance = await ApplianceProcess.start(t, { env });
    await appliance.until(({ msg }) => msg === 'ready');
    const id = readFileSync(path.join(appliance.home, 'state', 'pressel', 'device-id'), 'utf8').trim();
    const topic = (what: string) => `pressel/${id}/${what}`;
    await onlooker.sees(topic('availability'), 'online');
    await onlooker.sees(topic('state'), 'idle');
    await onlooker.client.publishAsync(topic('command/mute'), 'ON', { qos: 1 });
    await onlooker.sees(topic('state'), 'muted');
    await onlooker.sees(topic('muted'), 'ON');
    await onlooker.client.publishAsync(topic('command/mute'), 'OFF', { qos: 1 });
    await onlooker.sees(topic('state'), 'idle');
    await onlooker.client.publishAsync(topic('command/volume'), '35', { qos: 1 });
    await onlooker.sees(topic('volume'), '35');
    await onlooker.client.publishAsync(topic('command/say'), 'The washing is done.', { qos: 1 });
    const record = await appliance.until(({ msg }) => msg === 'turn record');
    assert.equal(record['source'], 'say');
    assert.deepEqual(record['chunks'], ['The washing is done.']);
    assert.ok(!appliance.lines.some((line) => JSON.stringify(line).includes(user.password)));
    await appliance.stop('SIGKILL').catch(() => {});
    await onlooker.sees(topic('availability'), 'offline');
  });

  test('says goodbye when it is told to end', async (t) => {
    const { url } = await startMosquitto(t, program ?? '');
    const onlooker = await Onlooker.on(t, url);
    const appliance = await ApplianceProcess.start(t, { env: { ...BASE, PRESSEL_SKILLS_MQTT_URL: url } });
    await appliance.until(({ msg }) => msg === 'ready');
    const id = readFileSync(path.join(appliance.home, 'state', 'pressel', 'device-id'), 'utf8').trim();
    await onlooker.sees(`pressel/${id}/availability`, 'online');
    assert.equal((await appliance.stop()).code, 0);
    await onlooker.sees(`pressel/${id}/availability`, 'offline');
  });
});
