import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bridgeWith, idle } from '../../fixtures/bridgeWith.js';
import { seen } from '../../fixtures/seenSnapshot.js';

describe('A command from the broker', () => {
  it('to listen is a tap on the button, unless the user is being listened to', () => {
    const { bridge, commands, tell } = bridgeWith();
    bridge.follow(seen({ listening: 'x' }, ['listening']));
    tell('listen', 'PRESS');
    assert.deepEqual(commands, []);
    bridge.follow(idle);
    tell('listen', 'PRESS');
    assert.deepEqual(commands, [{ type: 'button.pressed' }, { type: 'button.tapped' }]);
  });

  for (const [why, snapshot] of [
    ['muted', seen('muted', ['muted'])],
    ['starting', seen({ starting: 'loading' }, [])],
    ['microphone_lost', seen({ idle: 'ready' }, ['idle', 'microphoneLost'])],
  ] as const)
    it(`to listen cannot be carried out (${why}): that is heard and logged`, () => {
      const { bridge, commands, log, tell } = bridgeWith();
      bridge.follow(snapshot);
      tell('listen', 'PRESS');
      assert.deepEqual(commands, [{ type: 'button.pressed' }, { type: 'button.tapped' }]);
      assert.equal(log.complaints.length, 1);
      assert.match(log.details.join(), new RegExp(`"${why}"`));
    });

  it('to mute while it starts is carried out when it has started, the last one only', () => {
    const { bridge, commands, tell } = bridgeWith();
    bridge.follow(seen({ starting: 'loading' }, []));
    tell('mute', 'OFF');
    tell('mute', 'ON');
    bridge.follow(seen({ starting: 'retrying' }, ['error']));
    assert.deepEqual(commands, []);
    bridge.follow(idle);
    bridge.follow(idle);
    assert.deepEqual(commands, [{ type: 'mute' }]);
  });

  it('to change the volume is told back, and makes it heard', () => {
    const { newest, tell, volume } = bridgeWith();
    tell('volume', '62.6');
    assert.deepEqual(volume, { percent: 63, isMuted: false });
    assert.equal(newest('pressel/abc123/volume'), '63');
  });

  const nonsense: readonly (readonly [name: string, payload: string | Uint8Array, why: string])[] = [
    ['reboot', 'now', 'unknown'],
    ['say/loud', 'x', 'unknown'],
    ['', '', 'unknown'],
    ['say', '', 'bad-payload'],
    ['say', ' \n ', 'bad-payload'],
    ['say', 'x'.repeat(1001), 'too-long'],
    ['say', 'x'.repeat(10_000_000), 'too-long'],
    ['say', Uint8Array.of(0xff, 0xfe, 0x00), 'bad-payload'],
    ['mute', 'maybe', 'bad-payload'],
    ['mute', '', 'bad-payload'],
    ['mute', ' '.repeat(10_000_000), 'too-long'],
    ['volume', '-1', 'bad-payload'],
    ['volume', '101', 'bad-payload'],
    ['volume', '1e2', 'bad-payload'],
    ['volume', 'NaN', 'bad-payload'],
    ['volume', '{"percent":5}', 'bad-payload'],
  ];
  for (const [name, payload, why] of nonsense) {
    it(`"${name}" of ${JSON.stringify(payload).slice(0, 20)} is ignored: ${why}`, () => {
      const { commands, log, tell, volume } = bridgeWith();
      tell(name, payload);
      assert.deepEqual(commands, []);
      assert.equal(volume.percent, 40);
      assert.equal(log.complaints.length, 1);
      assert.match(log.details.join(), new RegExp(why));
      assert.ok(log.details.join().length < 300);
    });
  }

  it('to another device, or to nobody, is none of ours', () => {
    const { bridge, commands, log } = bridgeWith();
    bridge.received('pressel/other/command/stop', Buffer.from(''), false);
    bridge.received('$SYS/uptime', Buffer.from('1'), false);
    assert.deepEqual([commands, log.lines], [[], []]);
  });

  it('is one of five a second when they do not end', () => {
    const { clock, commands, log, tell } = bridgeWith();
    for (let n = 0; n < 1000; n += 1) tell('stop', '');
    assert.equal(commands.length, 20);
    clock.advance(1000);
    for (let n = 0; n < 1000; n += 1) tell('stop', '');
    assert.equal(commands.length, 25);
    assert.equal(log.complaints.length, 1);
    clock.advance(60_000);
    for (let n = 0; n < 1000; n += 1) tell('stop', '');
    assert.equal(log.complaints.length, 2, 'another flood is another matter');
  });

  it('that Home Assistant has started tells it everything, and that it has stopped nothing', () => {
    const world = bridgeWith();
    world.bridge.received('homeassistant/status', Buffer.from('offline'), false);
    assert.equal(world.repeats, 0);
    world.bridge.received('homeassistant/status', Buffer.from('online'), true);
    assert.equal(world.repeats, 1);
  });
});
