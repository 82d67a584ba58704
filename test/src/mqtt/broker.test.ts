import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { suite, test } from 'node:test';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { retained } from '../../../src/mqtt/message.js';
import { applianceOn, availability, cable, topics } from '../../fixtures/applianceOnBroker.js';
import { freePort, mosquittoProgram, Onlooker, startMosquitto, WITHOUT_MOSQUITTO } from '../../fixtures/mosquitto.js';
import { seen } from '../../fixtures/seenSnapshot.js';
import { WatchedClock } from '../../fixtures/watchedClock.js';

const program = mosquittoProgram();

suite('On a real broker', { skip: program === undefined && WITHOUT_MOSQUITTO }, () => {
  const mosquitto = program ?? '';

  test('Home Assistant discovers the device, and whoever comes later finds its state', async (t) => {
    const { url } = await startMosquitto(t, mosquitto);
    const { bridge } = applianceOn(t, url);
    bridge.follow(seen('idle', ['idle']));
    bridge.turnEnded({ transcript: 'What time is it?', heard: 'Five past seven.' });
    bridge.follow(seen('speaking', ['speaking']));
    const early = await Onlooker.on(t, url);
    await early.sees(topics.of('reply'), 'Five past seven.');
    await early.sees(availability, 'online');
    const late = await Onlooker.on(t, url);
    await late.sees(topics.of('state'), 'speaking');
    await late.sees(topics.of('volume'), '40');
    await late.sees(topics.of('muted'), 'OFF');
    await late.sees(availability, 'online');
    assert.ok(late.messages.every(({ retain }) => retain));
    const entities = [...late.seen.keys()].filter((topic) => topic.endsWith('/config'));
    assert.deepEqual(entities.map((topic) => topic.slice('homeassistant/'.length, -'/config'.length)).sort(), [
      'button/pressel_abc123/stop',
      'button/pressel_abc123/talk',
      'event/pressel_abc123/button',
      'notify/pressel_abc123/say',
      'number/pressel_abc123/volume',
      'sensor/pressel_abc123/reply',
      'sensor/pressel_abc123/state',
      'sensor/pressel_abc123/timers',
      'switch/pressel_abc123/muted',
    ]);
    assert.ok(![...late.seen.values()].some((payload) => payload.includes('What time')), 'transcripts are private');
  });

  test('it is offline when it says goodbye, and when it is cut off without a word', async (t) => {
    const { url, port } = await startMosquitto(t, mosquitto);
    const onlooker = await Onlooker.on(t, url);
    const polite = applianceOn(t, url);
    await onlooker.sees(availability, 'online');
    await polite.close();
    await onlooker.sees(availability, 'offline');
    const { url: wired, cut } = await cable(t, port);
    applianceOn(t, wired);
    await onlooker.sees(availability, 'online');
    cut();
    await onlooker.sees(availability, 'offline');
  });

  test('it does what it is told', async (t) => {
    const { url } = await startMosquitto(t, mosquitto);
    const { bridge, commands, volume, log } = applianceOn(t, url);
    bridge.follow(seen('idle', ['idle']));
    const onlooker = await Onlooker.on(t, url);
    await onlooker.sees(availability, 'online');
    const tell = (name: string, payload: string) =>
      onlooker.client.publishAsync(`pressel/abc123/command/${name}`, payload, { qos: 1 });
    await tell('say', 'The washing is done.');
    await tell('listen', 'PRESS');
    await tell('stop', 'PRESS');
    await tell('mute', 'ON');
    await tell('mute', 'OFF');
    await tell('reboot', 'now');
    await tell('volume', '140');
    await tell('volume', '70');
    await onlooker.sees(topics.of('volume'), '70');
    assert.deepEqual(commands, [
      { type: 'say', text: 'The washing is done.' },
      { type: 'button.pressed' },
      { type: 'button.tapped' },
      { type: 'cancel' },
      { type: 'mute' },
      { type: 'unmute' },
    ]);
    assert.equal(volume.percent, 70);
    assert.equal(log.complaints.length, 2);
  });

  test('it is not told now what was meant for another time', async (t) => {
    const { url } = await startMosquitto(t, mosquitto);
    const onlooker = await Onlooker.on(t, url);
    await onlooker.client.publishAsync('pressel/abc123/command/say', 'Fire!', { qos: 1, retain: true });
    const { bridge, commands, log } = applianceOn(t, url);
    bridge.follow(seen('idle', ['idle']));
    await onlooker.sees(availability, 'online');
    await onlooker.client.publishAsync('pressel/abc123/command/volume', '55', { qos: 1 });
    await onlooker.sees(topics.of('volume'), '55');
    assert.deepEqual(commands, []);
    assert.match(log.complaints.join(), /retained command/);
  });

  test('it survives a thousand commands and one of 10 MB', async (t) => {
    const { url } = await startMosquitto(t, mosquitto);
    const { bridge, commands, log } = applianceOn(t, url);
    bridge.follow(seen('idle', ['idle']));
    const onlooker = await Onlooker.on(t, url);
    await onlooker.sees(availability, 'online');
    for (let n = 0; n < 1000; n += 1) onlooker.client.publish('pressel/abc123/command/stop', '', { qos: 0 });
    await onlooker.client.publishAsync('pressel/abc123/command/say', 'x'.repeat(10_000_000), { qos: 1 });
    bridge.follow(seen('thinking', ['thinking']));
    await onlooker.sees(topics.of('state'), 'thinking');
    assert.ok(commands.length >= 20 && commands.length < 60, `${commands.length} commands`);
    assert.ok(commands.every(({ type }) => type === 'cancel'));
    assert.equal(log.complaints.filter((line) => line.includes('more commands')).length, 1);
  });

  test('a broker that dies in the middle of a turn is found again, with the newest state', async (t) => {
    const { url, port, kill } = await startMosquitto(t, mosquitto);
    const { bridge, broker, log } = applianceOn(t, url);
    bridge.follow(seen('listening', ['listening']));
    const onlooker = await Onlooker.on(t, url, { reconnectPeriod: 0 });
    await onlooker.sees(topics.of('state'), 'listening');
    await kill();
    while (broker.isConnected) await turnOfTheLoop();
    for (const state of ['thinking', 'speaking', 'conversation', 'idle']) bridge.follow(seen(state, []));
    bridge.gesture('tapped');
    await startMosquitto(t, mosquitto, { port });
    const next = await Onlooker.on(t, url);
    await next.sees(topics.of('state'), 'idle');
    await next.sees(availability, 'online');
    const states = next.messages.filter(({ topic }) => topic === topics.of('state')).map(({ payload }) => payload);
    assert.deepEqual(states, ['idle'], 'what it was in between is nobody’s business any more');
    assert.equal(next.seen.get(topics.of('button')), undefined, 'nor is a gesture of that time');
    assert.equal(log.complaints.length, 1);
  });

  test('a broker that is not there at the start is waited for, and said so once', async (t) => {
    const port = await freePort();
    const clock = new WatchedClock();
    const { bridge, log } = applianceOn(t, `mqtt://127.0.0.1:${port}`, { clock });
    bridge.follow(seen('idle', ['idle']));
    for (const delayMs of [1000, 2000, 4000]) {
      await clock.set(delayMs);
      if (delayMs < 4000) clock.increment(delayMs);
    }
    assert.equal(log.complaints.length, 1);
    assert.match(
      log.complaints[0] ?? '',
      /No MQTT broker can be reached at mqtt:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\)/,
    );
    const { url } = await startMosquitto(t, mosquitto, { port });
    const onlooker = await Onlooker.on(t, url);
    clock.increment(4000);
    await onlooker.sees(topics.of('state'), 'idle');
  });

  test('a broker that refuses the password is asked again after minutes, with the password of then', async (t) => {
    const user = { name: 'pressel', password: 'swordfish' };
    const { url } = await startMosquitto(t, mosquitto, { user });
    const clock = new WatchedClock();
    const asked: string[] = [];
    const password = () => {
      asked.push(asked.length < 2 ? 'wrong-secret' : user.password);
      return asked.at(-1);
    };
    const { log } = applianceOn(t, url, { clock, username: user.name, password });
    await clock.set(300_000);
    clock.increment(300_000);
    await clock.set(300_000);
    assert.equal(log.complaints.length, 1);
    assert.match(log.complaints[0] ?? '', /^error: .*refuses this user/);
    clock.increment(300_000);
    const onlooker = await Onlooker.on(t, url, { username: user.name, password: user.password });
    await onlooker.sees(availability, 'online');
    assert.equal(asked.length, 3);
    assert.doesNotMatch([...log.lines, ...log.details].join(), /wrong-secret|swordfish/);
  });

  test('Home Assistant that starts anew is told everything again', async (t) => {
    const { url } = await startMosquitto(t, mosquitto);
    const { bridge } = applianceOn(t, url);
    bridge.follow(seen('idle', ['idle']));
    const onlooker = await Onlooker.on(t, url);
    await onlooker.sees(availability, 'online');
    const config = topics.discovery('sensor', 'state');
    onlooker.seen.delete(config);
    await onlooker.client.publishAsync('homeassistant/status', 'online', { qos: 1 });
    while (!onlooker.seen.has(config)) await turnOfTheLoop();
    await onlooker.sees(topics.of('state'), 'idle');
  });
});

test('Who only listens and never answers is given up, and holds nobody up at the end', async (t) => {
  const server = createServer((socket) => void socket.on('error', () => {})).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { broker } = applianceOn(t, `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(server, 'connection');
  broker.publish(retained(topics.of('state'), 'idle'));
  await broker.close();
  assert.equal(broker.isConnected, false);
});

test('A password file that cannot be read is said so, without an attempt', async (t) => {
  const clock = new WatchedClock();
  const password = () => {
    throw new Error('/etc/pressel/password cannot be read (EACCES)');
  };
  const { log } = applianceOn(t, 'mqtt://127.0.0.1:1', { clock, password });
  assert.deepEqual(clock.pendingMs, [300_000]);
  assert.deepEqual(log.complaints, ['error: /etc/pressel/password cannot be read (EACCES)']);
});

test('A broker that is refused and unreachable by turns fills no log', async (t) => {
  const clock = new WatchedClock();
  let attempts = 0;
  const password = () => {
    attempts += 1;
    if (attempts % 2 === 1) throw new Error('the password cannot be read');
    return undefined;
  };
  const { log } = applianceOn(t, `mqtt://127.0.0.1:${await freePort()}`, { clock, password });
  for (const tries of Array(20).keys()) {
    await clock.set(tries % 2 === 0 ? 300_000 : Math.min(60_000, 1000 * 2 ** tries));
    clock.increment(300_000);
  }
  assert.ok(attempts > 20);
  assert.ok(log.complaints.length < 18, `${log.complaints.length} lines in 100 minutes`);
});
