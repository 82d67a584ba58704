import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setImmediate as settle } from 'node:timers/promises';
import { createActor, fromCallback, fromPromise, SimulatedClock } from 'xstate';
import { createAssistantMachine } from '../../machines/assistant.js';
import type { AssistantNotice, TurnCommand, TurnInput } from '../../machines/assistantEvents.js';
import { AssistantRig, startedRig } from './assistantRig.js';

suite('a button that is held to talk', () => {
  async function pressed(...events: readonly string[]): Promise<AssistantRig> {
    const rig = await startedRig();
    for (const event of ['button.pressed', ...events]) await rig.happens(event);
    rig.log = [];
    return rig;
  }

  test('ends the question with its release, whatever pauses the user has made', async () => {
    const rig = await pressed('turn.speechStarted', 'turn.paused', 'turn.resumed', 'turn.paused');
    await rig.happens('button.released');
    assert.equal(rig.states[0], 'turn.thinking.patient');
    assert.deepEqual(rig.log, ['turn-1 is told to commit']);
  });

  test('leaves the end to silence once it was but a tap', async () => {
    const rig = await pressed();
    await rig.happens('button.tapped');
    assert.ok(rig.states.includes('turn.listening.button.up'));
    assert.deepEqual(rig.log, ['turn-1 is told to letSilenceEnd']);
  });

  for (const [what, begin] of [
    ['by the wake word', ['wake.detected']],
    ['in the follow-up window', ['ask', 'turn.audible', 'turn.replyEnded', 'turn.speechStarted']],
    ['by a tap', ['button.pressed', 'button.tapped']],
  ] as const) {
    test(`means nothing when it is let go in a turn that was begun ${what}`, async () => {
      const rig = await startedRig();
      for (const event of begin) await rig.happens(event);
      const { states } = rig;
      rig.log = [];
      await rig.happens('button.released');
      assert.deepEqual(rig.states, states);
      assert.deepEqual(rig.log, []);
    });
  }

  test('means nothing when it is let go after the question was too long and the reply has begun', async () => {
    const rig = await pressed('turn.speechStarted', 'turn.endpoint', 'turn.audible');
    await rig.happens('button.released');
    assert.equal(rig.states[0], 'turn.speaking.playing');
  });

  for (const event of ['turn.failed microphoneLost', 'microphone.lost']) {
    test(`does not mute while there is no microphone (${event})`, async () => {
      const rig = event === 'microphone.lost' ? await startedRig() : await pressed();
      await rig.happens(event);
      await rig.happens('button.pressed');
      await rig.happens('button.longPressed');
      assert.match(rig.states[0] ?? '', /^turn\.idle/);
    });
  }
});

suite('a conversation', () => {
  test('opens after the whole reply and at no other end of it', async () => {
    for (const [end, state] of [
      ['turn.replyEnded', 'turn.conversation'],
      ['cancel', 'turn.idle.ready'],
      ['mute', 'turn.muted'],
      ['turn.failed voiceFailed', 'turn.idle.failed'],
      ['after speakTimeout', 'turn.idle.ready'],
    ] as const) {
      const rig = await startedRig();
      for (const event of ['ask', 'turn.audible', end]) await rig.happens(event);
      assert.equal(rig.states[0], state, end);
    }
  });

  test('is forgotten once, a while after the last turn', async () => {
    const rig = await startedRig();
    rig.clock.increment(rig.delays.forgetAfterMs - 1);
    await rig.happens('ask');
    await rig.happens('turn.replyEnded');
    rig.log = [];
    rig.clock.increment(rig.delays.forgetAfterMs - 1);
    assert.deepEqual(rig.log, []);
    rig.clock.increment(1);
    assert.deepEqual(rig.log, ['forgets the conversation']);
    rig.clock.increment(10 * rig.delays.forgetAfterMs);
    assert.equal(rig.log.length, 1);
  });
});

suite('backoff', () => {
  test('doubles with each failure, up to a limit, and starts again after a recovery', async () => {
    const rig = await startedRig();
    for (const [device, job] of [
      ['microphone', 'openMicrophone'],
      ['speaker', 'openSpeaker'],
    ] as const) {
      const { starts } = rig.jobs[job];
      rig.send({ type: `${device}.lost`, error: new Error('unplugged') });
      const waits = [1, 2, 3, 3, 3].map((seconds) => seconds * 1_000);
      for (const [failures, waitMs] of waits.entries()) {
        rig.clock.increment(waitMs - 1);
        assert.equal(rig.jobs[job].starts, starts + failures, `tried before ${waitMs} ms`);
        rig.clock.increment(1);
        assert.equal(rig.jobs[job].starts, starts + failures + 1, `not tried after ${waitMs} ms`);
        await rig.happens('error', `${device}.reopening`);
      }
      await rig.happens(`after ${device}Backoff`);
      await rig.happens('done', `${device}.reopening`);
      rig.send({ type: `${device}.lost`, error: new Error('unplugged') });
      assert.equal(rig.delayMs(`${device}Backoff`), rig.delays.backoffMs);
      await rig.happens(`after ${device}Backoff`);
      await rig.happens('done', `${device}.reopening`);
    }
  });

  test('is not put off by further reports of the same loss', async () => {
    for (const device of ['microphone', 'speaker'] as const) {
      const rig = await startedRig();
      rig.send({ type: `${device}.lost`, error: new Error('unplugged') });
      rig.clock.increment(rig.delays.backoffMs - 1);
      rig.send({ type: `${device}.lost`, error: new Error('unplugged') });
      rig.clock.increment(1);
      assert.ok(rig.states.includes(`${device}.reopening`));
      rig.send({ type: `${device}.lost`, error: new Error('unplugged') });
      await rig.happens('done', `${device}.reopening`);
      assert.ok(rig.states.includes(`${device}.ok`));
    }
  });

  test('of the start and of the model double, too, and the model forgets its failures when it answers', async () => {
    const rig = new AssistantRig();
    await rig.happens('done', 'microphone.opening');
    await rig.happens('done', 'speaker.opening');
    for (const waitMs of [1_000, 2_000, 4_000]) {
      await rig.happens('error', 'turn.starting.loading');
      assert.equal(rig.delayMs('startBackoff'), waitMs);
      await rig.happens('error', 'model.unknown');
      assert.equal(rig.delayMs('modelBackoff'), waitMs);
      rig.clock.increment(waitMs);
    }
    await rig.happens('done', 'turn.starting.loading');
    await rig.happens('done', 'turn.starting.warming');
    await rig.happens('ask');
    await rig.happens('turn.modelAnswered');
    await rig.happens('turn.modelFailed');
    assert.equal(rig.delayMs('modelBackoff'), 1_000);
  });
});

suite('an actor that throws', () => {
  test('when it starts ends its turn, and the assistant goes on', async () => {
    for (const begin of ['button.pressed', 'wake.detected', 'ask']) {
      const rig = await startedRig();
      rig.turnThrows = true;
      await rig.happens(begin);
      assert.equal(rig.rootError, undefined);
      assert.equal(rig.states[0], 'turn.idle.failed');
      assert.deepEqual(rig.log, ['turn-1 has started', 'turn-1 has ended: internal']);
      rig.turnThrows = false;
      await rig.happens('ask');
      assert.equal(rig.runningTurn?.id, 'turn-2');
    }
  });

  test('in the follow-up window ends it', async () => {
    const rig = await startedRig();
    await rig.happens('ask');
    await rig.happens('turn.audible');
    rig.turnThrows = true;
    await rig.happens('turn.replyEnded');
    assert.equal(rig.rootError, undefined);
    assert.equal(rig.states[0], 'turn.idle.failed');
  });

  test('at once instead of rejecting is tried again like any other', async () => {
    const broken = fromPromise<void>(() => {
      throw new Error('thrown, not rejected');
    });
    const machine = createAssistantMachine().provide({
      actors: {
        loadModels: broken,
        warmUp: broken,
        probeModel: broken,
        warmModel: broken,
        openMicrophone: broken,
        openSpeaker: broken,
        turn: fromCallback<TurnCommand, TurnInput>(() => undefined),
      },
    });
    const clock = new SimulatedClock();
    const actor = createActor(machine, { clock });
    const notices: AssistantNotice['type'][] = [];
    actor.on('*', ({ type }) => notices.push(type));
    actor.subscribe({ error: (error: unknown) => assert.fail(String(error)) });
    actor.start();
    actor.send({ type: 'microphone.lost', error: undefined });
    actor.send({ type: 'speaker.lost', error: undefined });
    clock.increment(1_000);
    await settle();
    assert.deepEqual(actor.getSnapshot().value, {
      turn: { starting: 'retrying' },
      microphone: 'lost',
      speaker: 'lost',
      model: 'unreachable',
      bell: 'silent',
    });
    assert.deepEqual(notices.sort(), [
      ...Array(4).fill('deviceLost'),
      'modelUnreachable',
      'modelUnreachable',
      'startFailed',
      'startFailed',
    ]);
    actor.stop();
  });
});
