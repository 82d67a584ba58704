import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { suite, test } from 'node:test';
import { troubleOf } from '../../../src/mqtt/brokerTrouble.js';
import { applianceOn, availability, topics } from '../../fixtures/applianceOnBroker.js';
import { CertificateAuthority, hasOpenssl } from '../../fixtures/certificates.js';
import type { CleanUp } from '../../fixtures/cleanUp.js';
import { mosquittoProgram, Onlooker, startMosquitto, WITHOUT_MOSQUITTO } from '../../fixtures/mosquitto.js';
import { seen } from '../../fixtures/seenSnapshot.js';
import { WatchedClock } from '../../fixtures/watchedClock.js';

const program = mosquittoProgram();
const mosquitto = program ?? '';
const skip = program === undefined && WITHOUT_MOSQUITTO;

/** Of the packet CONNECT: a header of two or three bytes, the protocol's name, and its version. */
const versionIn = (packet: Buffer) => packet[packet.indexOf('MQTT') + 4];
/** The packet CONNACK. */
const connack = (...content: number[]) => Buffer.from([0x20, content.length, ...content]);
const UNACCEPTABLE_VERSION = connack(0, 1);
const WELCOME = connack(0, 0, 0);

/** Somebody who does `answer` to the first bytes of each connection. */
async function listener(t: CleanUp, answer: (socket: Socket, first: Buffer) => void) {
  const firsts: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    t.after(() => socket.destroy());
    socket.once('data', (first) => {
      firsts.push(first);
      answer(socket, first);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return { url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`, firsts };
}

suite('A broker that speaks TLS', { skip: skip || (!hasOpenssl && 'openssl is not installed') }, () => {
  test('is trusted by the certificates that the owner names', async (t) => {
    const authority = new CertificateAuthority(t);
    const { url } = await startMosquitto(t, mosquitto, { tls: authority.issue('IP:127.0.0.1') });
    const { bridge, log } = applianceOn(t, url, { ca: () => authority.pem });
    bridge.follow(seen('idle', ['idle']));
    const onlooker = await Onlooker.on(t, url, { ca: authority.pem });
    await onlooker.sees(topics.of('state'), 'idle');
    await onlooker.sees(availability, 'online');
    assert.deepEqual(log.complaints, []);
  });

  const untrusted = [
    ['of another authority', 'IP:127.0.0.1', 2, /is not trusted \(\w+\): set skills\.mqtt\.ca_file/],
    ['of another name', 'DNS:other.local', 2, /is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)/],
    ['that has expired', 'IP:127.0.0.1', -1, /has expired \(CERT_HAS_EXPIRED\): renew it/],
  ] as const;
  for (const [what, name, days, complaint] of untrusted) {
    test(`with a certificate ${what} is told nothing, and said so once`, async (t) => {
      const authority = new CertificateAuthority(t);
      const trusted = what === 'of another authority' ? new CertificateAuthority(t) : authority;
      const { url } = await startMosquitto(t, mosquitto, { tls: authority.issue(name, days) });
      const clock = new WatchedClock();
      const password = () => 'swordfish';
      const { broker, log } = applianceOn(t, url, { ca: () => trusted.pem, clock, username: 'me', password });
      for (const delayMs of [1000, 2000]) {
        await clock.set(delayMs);
        clock.increment(delayMs);
      }
      await clock.set(4000);
      assert.equal(broker.isConnected, false);
      assert.equal(log.complaints.length, 1);
      assert.match(log.complaints[0] ?? '', complaint);
      assert.doesNotMatch([...log.lines, ...log.details].join(), /swordfish/);
    });
  }

  test('is recognised where the owner has written mqtt:// instead of mqtts://', async (t) => {
    const { url } = await startMosquitto(t, mosquitto, { tls: new CertificateAuthority(t).issue('IP:127.0.0.1') });
    const clock = new WatchedClock();
    const { log } = applianceOn(t, url.replace('mqtts', 'mqtt'), { clock });
    await clock.set(1000);
    assert.match(log.complaints.join(), /hangs up without an answer: .* mqtts:\/\/ if it speaks TLS/);
  });
});

suite('A broker that is older than MQTT 5', { skip }, () => {
  const refusals: Readonly<Record<string, (socket: Socket) => void>> = {
    'says so': (socket) => socket.end(UNACCEPTABLE_VERSION),
    'hangs up': (socket) => socket.end(),
    'breaks off': (socket) => socket.resetAndDestroy(),
  };
  for (const [what, refuse] of Object.entries(refusals)) {
    test(`and ${what} is spoken to in its own version`, async (t) => {
      const { port, url: direct } = await startMosquitto(t, mosquitto);
      const { url, firsts } = await listener(t, (socket, first) => {
        if (versionIn(first) !== 4) {
          refuse(socket);
          return;
        }
        const far = connect(port, '127.0.0.1');
        far.on('error', () => {});
        far.write(first);
        socket.pipe(far).pipe(socket);
      });
      const clock = new WatchedClock();
      const { bridge, commands } = applianceOn(t, url, { clock });
      bridge.follow(seen('idle', ['idle']));
      if (what !== 'says so') {
        await clock.set(1000);
        clock.increment(1000);
      }
      const onlooker = await Onlooker.on(t, direct);
      await onlooker.sees(topics.of('state'), 'idle');
      await onlooker.sees(availability, 'online');
      assert.deepEqual(firsts.map(versionIn), [5, 4]);
      await onlooker.client.publishAsync(topics.command('volume'), '12', { qos: 1 });
      await onlooker.sees(topics.of('volume'), '12');
      assert.deepEqual(commands, []);
    });
  }
});

suite('What is no broker to be used', () => {
  test('because it takes us in and throws us out again is tried ever more seldom', async (t) => {
    const { url, firsts } = await listener(t, (socket) => socket.end(WELCOME));
    const clock = new WatchedClock();
    applianceOn(t, url, { clock });
    for (const delayMs of [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]) {
      await clock.set(delayMs);
      clock.increment(delayMs);
    }
    await clock.set(60_000);
    assert.equal(firsts.length, 9);
  });

  test('because it speaks something else is said so once', async (t) => {
    const { url } = await listener(t, (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const clock = new WatchedClock();
    const { log } = applianceOn(t, url, { clock });
    for (const delayMs of [1000, 2000, 4000]) {
      await clock.set(delayMs);
      clock.increment(delayMs);
    }
    await clock.set(8000);
    assert.equal(log.complaints.length, 1);
    assert.match(log.complaints[0] ?? '', /No MQTT broker can be reached at mqtt:\/\/127/);
  });

  test('because it accepts connections and says nothing is told as such', () => {
    const trouble = troubleOf(new Error('connack timeout'), 'mqtt://broker');
    assert.equal(trouble?.reason, 'unreachable');
    assert.match(trouble?.message ?? '', /^What listens at mqtt:\/\/broker does not answer/);
  });
});
