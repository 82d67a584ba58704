import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { ApplianceProcess } from '../fixtures/applianceProcess.js';
import { skipWithoutModel } from '../fixtures/models.js';
import { mosquittoProgram, Onlooker, startMosquitto, WITHOUT_MOSQUITTO } from '../fixtures/mosquitto.js';

const program = mosquittoProgram();
const skip = skipWithoutModel('moonshine-tiny-en', 'silero-vad-v6') || (program === undefined && WITHOUT_MOSQUITTO);
/** A microphone that hears nothing, and a speaker that takes its time. */
const BASE = { PRESSEL_AUDIO_DRIVER: 'null', PULSE_SERVER: 'unix:/nowhere', PRESSEL_SKILLS_MQTT_ENABLED: 'true' };

const LONG = 'The washing is done, and the dryer is free, and somebody has to hang up the shirts before they crease.';

/** The topic of what the appliance publishes or is told. */
function topicOf({ home }: ApplianceProcess): (what: string) => string {
  const id = readFileSync(path.join(home, 'state', 'pressel', 'device-id'), 'utf8').trim();
  return (what) => `pressel/${id}/${what}`;
}

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
    const topic = topicOf(appliance);
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

  test('listens, stops and is muted as it is told, in whatever state it is', async (t) => {
    const { url } = await startMosquitto(t, program ?? '');
    const onlooker = await Onlooker.on(t, url);
    const appliance = await ApplianceProcess.start(t, { env: { ...BASE, PRESSEL_SKILLS_MQTT_URL: url } });
    await appliance.until(({ msg }) => msg === 'ready');
    const topic = topicOf(appliance);
    const tell = (name: string, payload: string) =>
      onlooker.client.publishAsync(topic(`command/${name}`), payload, { qos: 1 });
    await onlooker.sees(topic('state'), 'idle');
    await tell('listen', 'PRESS');
    await onlooker.sees(topic('state'), 'listening');
    await tell('stop', 'PRESS');
    await onlooker.sees(topic('state'), 'idle');
    await tell('listen', 'PRESS');
    await onlooker.sees(topic('state'), 'listening');
    await tell('mute', 'ON');
    await onlooker.sees(topic('state'), 'muted');
    await tell('listen', 'PRESS');
    const refused = await appliance.until(({ msg }) => msg === 'a command from the broker cannot be carried out');
    assert.equal(refused['why'], 'muted');
    assert.equal(onlooker.seen.get(topic('state')), 'muted');
    await tell('mute', 'OFF');
    await onlooker.sees(topic('state'), 'idle');
    await tell('say', LONG);
    await onlooker.sees(topic('state'), 'speaking');
    await tell('stop', 'PRESS');
    await onlooker.sees(topic('state'), 'idle');
    await tell('say', LONG);
    await onlooker.sees(topic('state'), 'speaking');
    await tell('mute', 'ON');
    await onlooker.sees(topic('muted'), 'ON');
    assert.equal((await appliance.stop()).code, 0);
  });

  test('loses no turn when the broker dies in the middle of it, is there again when that is, and says goodbye', async (t) => {
    const { url, port, kill } = await startMosquitto(t, program ?? '');
    const onlooker = await Onlooker.on(t, url, { reconnectPeriod: 0 });
    const appliance = await ApplianceProcess.start(t, { env: { ...BASE, PRESSEL_SKILLS_MQTT_URL: url } });
    await appliance.until(({ msg }) => msg === 'ready');
    const topic = topicOf(appliance);
    await onlooker.sees(topic('state'), 'idle');
    await onlooker.client.publishAsync(topic('command/say'), 'The washing is done.', { qos: 1 });
    await onlooker.sees(topic('state'), 'speaking');
    await kill();
    const record = await appliance.until(({ msg }) => msg === 'turn record');
    assert.equal(record['heard'], 'The washing is done.');
    await startMosquitto(t, program ?? '', { port });
    const next = await Onlooker.on(t, url);
    await next.sees(topic('availability'), 'online');
    await next.sees(topic('state'), 'idle');
    assert.equal(appliance.lines.filter(({ msg }) => /connection to the broker .* was lost/.test(msg)).length, 1);
    assert.equal((await appliance.stop()).code, 0);
    await next.sees(topic('availability'), 'offline');
  });
});
