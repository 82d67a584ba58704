import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AssistantCommand } from '../../../machines/assistantEvents.js';
import { Bridge } from '../../../src/mqtt/bridge.js';
import type { Message } from '../../../src/mqtt/message.js';
import { Topics } from '../../../src/mqtt/topics.js';
import type { Timer } from '../../../src/timers/timer.js';
import { RecordedLog } from '../../fixtures/recordedLog.js';
import { seen } from '../../fixtures/seenSnapshot.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

const topics = new Topics('pressel', 'abc123', 'homeassistant');
const idle = seen({ idle: 'ready' }, ['idle']);
const speaking = seen({ speaking: 'playing' }, ['speaking']);

interface Given {
  readonly publishReplies?: boolean;
  readonly publishTranscripts?: boolean;
  readonly timers?: () => readonly Timer[];
  readonly hasButton?: boolean;
}

/** A bridge to a broker that only remembers. */
function bridgeWith({ publishReplies = false, publishTranscripts = false, timers, hasButton = true }: Given = {}) {
  const clock = new SteppedClock();
  const log = new RecordedLog();
  const commands: AssistantCommand[] = [];
  const published: Message[] = [];
  const volume = { percent: 40, isMuted: true };
  const repeats: number[] = [];
  const bridge = new Bridge({
    topics,
    device: { name: 'Kitchen', version: '1.0.0' },
    publishReplies,
    publishTranscripts,
    controls: { send: (command) => void commands.push(command), volume, timers, hasButton },
    clock,
    log,
  });
  bridge.use({ publish: (message) => void published.push(message), repeat: () => void repeats.push(clock.now()) });
  const newest = (topic: string) => published.findLast((message) => message.topic === topic)?.payload;
  return {
    bridge,
    clock,
    commands,
    log,
    volume,
    published,
    newest,
    /** What Home Assistant was told of an entity; {} when it was taken back. */
    entity: (component: string, id: string) =>
      JSON.parse(newest(topics.discovery(component, id)) || '{}') as Record<string, unknown>,
    tell: (name: string, payload: string | Uint8Array) =>
      bridge.received(topics.command(name as 'say'), Buffer.from(payload), false),
    get repeats() {
      return repeats.length;
    },
  };
}

describe('What Home Assistant is told of an entity', () => {
  it('is all it needs, and belongs to one device', () => {
    const { entity } = bridgeWith();
    assert.deepEqual(entity('switch', 'muted'), {
      name: 'Mute',
      unique_id: 'pressel_abc123_muted',
      icon: 'mdi:microphone-off',
      availability_topic: 'pressel/abc123/availability',
      state_topic: 'pressel/abc123/muted',
      command_topic: 'pressel/abc123/command/mute',
      qos: 1,
      device: { identifiers: ['pressel_abc123'], name: 'Kitchen', manufacturer: 'Pressel', sw_version: '1.0.0' },
      origin: { name: 'pressel', sw_version: '1.0.0' },
    });
    assert.deepEqual(entity('sensor', 'state')['options'], [
      'starting',
      'idle',
      'listening',
      'thinking',
      'speaking',
      'conversation',
      'muted',
    ]);
    assert.deepEqual(entity('event', 'button')['event_types'], ['tap', 'double', 'long']);
    assert.equal(entity('number', 'volume')['max'], 100);
  });

  it('is taken back, with what the broker retains of it, where the owner does not want it', () => {
    const { entity, newest } = bridgeWith({ hasButton: false });
    for (const id of ['reply', 'transcript', 'timers']) {
      assert.deepEqual(entity('sensor', id), {});
      assert.equal(newest(`pressel/abc123/${id}`), '');
      assert.equal(newest(`pressel/abc123/${id}/attributes`), '');
    }
    assert.deepEqual(entity('event', 'button'), {});
  });
});

describe('The broker', () => {
  it('is shown each state, and what is wrong', () => {
    const { bridge, newest } = bridgeWith();
    const states = {
      starting: seen({ starting: 'retrying' }, ['error']),
      idle: seen({ idle: 'failed' }, ['error', 'microphoneLost']),
      listening: seen({ listening: 'x' }, ['speakerLost']),
      thinking: seen({ thinking: 'patient' }, ['modelUnreachable']),
      muted: seen('muted', ['muted', 'microphoneLost', 'modelUnreachable']),
    };
    const errors = Object.entries(states).map(([state, snapshot]) => {
      bridge.follow(snapshot);
      assert.equal(newest('pressel/abc123/state'), state);
      assert.equal(newest('pressel/abc123/muted'), state === 'muted' ? 'ON' : 'OFF');
      return (JSON.parse(newest('pressel/abc123/attributes') ?? '') as { error: unknown }).error;
    });
    assert.deepEqual(errors, ['start_failed', 'turn_failed', 'speaker_lost', 'model_unreachable', 'microphone_lost']);
  });

  it('is told gestures as they happen, and never later', () => {
    const { bridge, published } = bridgeWith();
    for (const kind of ['pressed', 'tapped', 'doubleTapped', 'longPressed', 'stuck'] as const) bridge.gesture(kind);
    const told = published.filter(({ topic }) => topic === 'pressel/abc123/button');
    assert.deepEqual(
      told.map(({ payload }) => payload),
      ['{"event_type":"tap"}', '{"event_type":"double"}', '{"event_type":"long"}'],
    );
    assert.ok(told.every(({ retain, qos }) => !retain && qos === 0));
  });

  it('learns what was said only where the owner wants it', () => {
    const turn = { transcript: 'Where is my purse?', heard: 'In the car.' };
    const silent = bridgeWith();
    silent.bridge.turnEnded(turn);
    assert.ok(!silent.published.some(({ payload }) => /purse|car/.test(payload)));
    const open = bridgeWith({ publishReplies: true, publishTranscripts: true });
    open.bridge.turnEnded(turn);
    assert.equal(open.newest('pressel/abc123/transcript'), 'Where is my purse?');
    assert.equal(open.newest('pressel/abc123/reply'), 'In the car.');
  });

  it('is given the beginning of a long reply as the state, and all of it besides', () => {
    const { bridge, newest } = bridgeWith({ publishReplies: true });
    bridge.turnEnded({ transcript: null, heard: `${'a'.repeat(253)}🫖${'b'.repeat(1000)}` });
    const state = newest('pressel/abc123/reply') ?? '';
    assert.ok(state.length <= 255 && !/\p{Surrogate}/u.test(state) && state.endsWith('…'), state);
    assert.equal((JSON.parse(newest('pressel/abc123/reply/attributes') ?? '') as { text: string }).text.length, 1255);
  });

  it('sees timers by when they ring, not how long that is, and not anew when nothing has changed', () => {
    let nowMs = Date.parse('2026-11-23T12:00:00.499Z');
    let timers: readonly Timer[] = [];
    const { clock, newest } = bridgeWith({ timers: () => timers });
    assert.equal(newest('pressel/abc123/timers'), '0');
    timers = [{ id: 1, kind: 'timer', name: 'pasta', state: 'running', leftMs: 600_000, dueMs: nowMs + 600_000 }];
    clock.advance(5000);
    const first = newest('pressel/abc123/timers/attributes');
    assert.deepEqual(JSON.parse(first ?? ''), {
      timers: [{ id: 1, kind: 'timer', name: 'pasta', state: 'running', due: '2026-11-23T12:10:00.000Z' }],
    });
    nowMs += 5000;
    timers = [{ id: 1, kind: 'timer', name: 'pasta', state: 'running', leftMs: 595_000, dueMs: nowMs + 595_003 }];
    clock.advance(5000);
    assert.equal(newest('pressel/abc123/timers/attributes'), first);
    timers = [{ id: 1, kind: 'timer', name: 'pasta', state: 'paused', leftMs: 595_000, dueMs: 0 }];
    clock.advance(5000);
    assert.match(newest('pressel/abc123/timers/attributes') ?? '', /"paused","due":null/);
  });

  it('is left alone when all is over', () => {
    const { bridge, clock, published } = bridgeWith({ timers: () => [] });
    bridge.close();
    const before = published.length;
    bridge.follow(idle);
    clock.advance(60_000);
    assert.equal(published.length, before);
    assert.equal(clock.waiting, 0);
  });
});

describe('A text from the broker', () => {
  it('is said when nobody has the turn, one after the other', () => {
    const { bridge, commands, tell } = bridgeWith();
    bridge.follow(speaking);
    tell('say', 'One.');
    tell('say', ' Two\u0000\n\nand a half. ');
    assert.deepEqual(commands, []);
    bridge.follow(idle);
    bridge.follow(speaking);
    assert.deepEqual(commands, [{ type: 'say', text: 'One.' }]);
    bridge.follow(idle);
    assert.deepEqual(commands.at(-1), { type: 'say', text: 'Two and a half.' });
  });

  it('is not said any more after two minutes, or when somebody has said stop', () => {
    const { bridge, clock, commands, log, tell } = bridgeWith();
    bridge.follow(speaking);
    tell('say', 'The door is open.');
    clock.advance(120_001);
    bridge.follow(idle);
    assert.deepEqual(commands, []);
    assert.equal(log.complaints.length, 1);
    bridge.follow(speaking);
    tell('say', 'The door is open.');
    tell('stop', '');
    bridge.follow(idle);
    assert.deepEqual(commands, [{ type: 'cancel' }]);
  });

  it('is one of eight that wait', () => {
    const { bridge, commands, log, tell } = bridgeWith();
    bridge.follow(speaking);
    for (let n = 1; n <= 9; n += 1) tell('say', `${n}`);
    for (let n = 1; n <= 9; n += 1) {
      bridge.follow(idle);
      bridge.follow(speaking);
    }
    assert.deepEqual(
      commands.map((command) => 'text' in command && command.text),
      ['1', '2', '3', '4', '5', '6', '7', '8'],
    );
    assert.equal(log.complaints.length, 1);
  });
});

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
