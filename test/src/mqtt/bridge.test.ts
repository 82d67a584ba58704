import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Timer } from '../../../src/timers/timer.js';
import { bridgeWith, idle, speaking } from '../../fixtures/bridgeWith.js';
import { seen } from '../../fixtures/seenSnapshot.js';

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

  for (const [why, snapshot] of [
    ['is unmuted', seen('muted', ['muted'])],
    ['has started', seen({ starting: 'loading' }, [])],
  ] as const)
    it(`is told at once that its words wait until the assistant ${why}, and hears them then`, () => {
      const { bridge, commands, log, tell } = bridgeWith();
      bridge.follow(snapshot);
      tell('say', 'The door is open.');
      assert.deepEqual(commands, []);
      assert.match(log.complaints.join(), new RegExp(`if the assistant ${why} within 2 minutes`));
      bridge.follow(idle);
      assert.deepEqual(commands, [{ type: 'say', text: 'The door is open.' }]);
      assert.equal(log.complaints.length, 1);
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
