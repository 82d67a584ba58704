import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createAssistantMachine } from '../../../../machines/assistant.js';
import { PROTOCOL_VERSION } from '../../../../src/inspector/protocol.js';
import { transitionsOf } from '../../../../src/observability/statechartTransitions.js';
import { HEALTH, liveRig, NOTHING_AT_WORK, WALL_MS } from '../../../fixtures/inspector/liveRig.js';

const ALL = { type: 'watch', trace: true, health: true, words: true } as const;
const WORDS = { ...ALL, trace: false, health: false } as const;

suite('a page that connects', () => {
  test('is told everything, as it is now', async (t) => {
    const { connect, appliance, clock } = await liveRig(t);
    const page = connect();
    assert.equal(page.texts.length, 1);
    const [snapshot] = page.of('snapshot');
    assert.ok(snapshot);
    const { log, taken, panel, ...rest } = snapshot;
    assert.deepEqual(rest, {
      type: 'snapshot',
      now: WALL_MS + clock.now(),
      version: PROTOCOL_VERSION,
      name: 'Ada',
      program: 'pressel 0.0.0',
      startedAt: WALL_MS,
      active: ['turn.idle.ready', 'microphone.ok', 'speaker.ok', 'model.ready', 'bell.silent'],
      turns: [],
    });
    assert.deepEqual(
      log.map(({ number }) => number),
      appliance.recorder.entries.map(({ number }) => number),
    );
    assert.equal(log[0]?.state?.startsWith('turn: starting.opening, microphone: '), true, log[0]?.state ?? '');
    const names = new Set([...transitionsOf(createAssistantMachine().root)].map(({ id }) => id));
    assert.ok(Object.keys(taken).length > 5);
    assert.deepEqual(
      Object.keys(taken).filter((id) => !names.has(id)),
      [],
    );
    assert.deepEqual(panel.volume, { percent: 70, isMuted: false });
    assert.deepEqual(panel.leds.signals, { base: 'idle', muted: false, faults: [] });
  });

  test('is told what happens from then on, nothing twice and nothing not at all', async (t) => {
    const { connect, appliance, passes } = await liveRig(t);
    const first = connect();
    appliance.send({ type: 'ask', question: 'Who was Ada?' });
    const second = connect(); // before the first was told
    await passes(5_000);
    const { entries } = appliance.recorder;
    const expected = entries.map(({ number }) => number);
    for (const page of [first, second]) {
      const [snapshot] = page.of('snapshot');
      const told = [...(snapshot?.log ?? []), ...page.of('log').flatMap((message) => message.entries)];
      assert.deepEqual(
        told.map(({ number }) => number),
        expected,
      );
      assert.deepEqual(page.of('log').at(-1)?.active, [
        'turn.conversation',
        'microphone.ok',
        'speaker.ok',
        'model.ready',
        'bell.silent',
      ]);
      const [turn] = page.of('turn');
      assert.equal(turn?.turn.id, '1-1');
      assert.equal(turn.turn.outcome, 'replied');
      assert.equal(turn.turn.chunks.length, turn.turn.chunks.filter(({ queuedMs }) => queuedMs !== null).length);
    }
    const ask = first.of('log').flatMap((message) => message.entries.filter(({ event }) => event === 'ask'));
    assert.deepEqual(
      ask.map(({ taken, state, turn }) => ({ taken, state, turn })),
      [{ taken: ['turn.idle|ask|0'], state: 'turn: thinking.patient', turn: '1-1' }],
    );
  });

  test('is told no more than 20 times a second what happened', async (t) => {
    const { connect, appliance, passes, clock } = await liveRig(t);
    const page = connect();
    const beganMs = clock.now();
    const before = appliance.recorder.entries.length;
    for (let n = 0; n < 50; n++) {
      appliance.send({ type: n % 2 === 0 ? 'mute' : 'unmute' });
      await passes(10);
    }
    assert.ok(appliance.recorder.entries.length >= before + 50);
    const most = (clock.now() - beganMs) / 50;
    for (const kind of ['log', 'panel'] as const) {
      const times = page.of(kind).length;
      assert.ok(times > most / 2 && times <= most, `${kind}: ${times} times`);
    }
  });

  test('sees what was said only if it has asked for it', async (t) => {
    const { connect, passes, button } = await liveRig(t);
    const [shown, hidden] = [connect(), connect()];
    shown.says(WORDS);
    assert.equal(shown.of('snapshot').length, 2, 'as the words are in it');
    button.press();
    await passes(1_500, 'speech');
    button.release();
    await passes(8_000);
    assert.match(shown.texts.join('\n'), /Who was Ada\?/);
    assert.match(shown.texts.join('\n'), /mathematician/);
    assert.equal(shown.of('partial').at(-1)?.text, 'Who was Ada?');
    assert.doesNotMatch(hidden.texts.join('\n'), /Ada\?|mathematician/);
    const [row] = hidden.of('turn');
    assert.deepEqual([row?.turn.transcript, row?.turn.why], [null, null]);
    assert.deepEqual(
      row?.turn.chunks.map(({ text, chars }) => [text, chars > 0]),
      row?.turn.chunks.map(() => [null, true]),
    );
    hidden.says(WORDS);
    assert.match(hidden.of('snapshot').at(-1)?.turns[0]?.transcript ?? '', /Ada/);
    shown.says({ ...WORDS, words: false });
    assert.equal(shown.of('snapshot').at(-1)?.turns[0]?.transcript, null);
  });

  test('costs no more than the first did: what is told is made once', async (t) => {
    const asked: number[] = [];
    for (const pages of [1, 20]) {
      const { connect, appliance, passes, timesAsked } = await liveRig(t);
      for (let n = 0; n < pages; n++) connect();
      const before = timesAsked();
      appliance.send({ type: 'ask', question: 'Who was Ada?' });
      await passes(5_000);
      asked.push(timesAsked() - before);
    }
    assert.ok((asked[0] ?? 0) > 5);
    assert.equal(asked[0], asked[1]);
  });
});

suite('what is for one view', () => {
  test('is told ten times a second while somebody watches the trace', async (t) => {
    const { connect, passes } = await liveRig(t);
    const [watcher, other] = [connect(), connect()];
    watcher.says({ ...WORDS, trace: true, words: false });
    await passes(1_000);
    assert.equal(watcher.of('trace').length, 10);
    const [trace] = watcher.of('trace');
    assert.deepEqual(
      [trace?.levelDb, trace?.speechProbability],
      [
        [-41.2, -41.2],
        [null, null],
      ],
    );
    assert.equal(other.texts.length, 1);
    watcher.says({ ...WORDS, words: false });
    await passes(1_000);
    assert.equal(watcher.of('trace').length, 10);
  });

  test('is told at once and every two seconds while somebody watches the health', async (t) => {
    const { connect, passes } = await liveRig(t);
    const [watcher, other] = [connect(), connect()];
    watcher.says({ ...WORDS, health: true, words: false });
    await passes(100);
    assert.deepEqual(
      watcher.of('health').map(({ health }) => health),
      [HEALTH],
    );
    await passes(4_000);
    assert.equal(watcher.of('health').length, 3);
    assert.equal(other.of('health').length, 0);
  });
});

suite('an appliance that nobody looks at', () => {
  test('waits for nothing, listens to nothing and computes nothing', async (t) => {
    const { connect, atWork, passes, appliance, timesAsked, voiceFile, hub } = await liveRig(t);
    assert.deepEqual(atWork(), NOTHING_AT_WORK);
    const [one, other] = [connect(), connect()];
    one.says(ALL);
    other.says(ALL);
    await passes(500);
    assert.deepEqual(atWork(), { timers: 3, listeners: 6, healthWatchers: 1, traceWatchers: 1 });
    one.leaves();
    assert.deepEqual(atWork(), { timers: 3, listeners: 6, healthWatchers: 1, traceWatchers: 1 });
    appliance.send({ type: 'mute' });
    voiceFile.percent = 3;
    other.leaves();
    assert.deepEqual(atWork(), NOTHING_AT_WORK, 'with something still to be told');
    assert.equal(hub.size, 0);
    const before = timesAsked();
    appliance.send({ type: 'unmute' });
    appliance.send({ type: 'ask', question: 'Who was Ada?' });
    await passes(5_000);
    assert.equal(timesAsked(), before);
  });

  test('is as quiet after it was closed, and takes nobody any more', async (t) => {
    const { connect, atWork, hub } = await liveRig(t);
    const page = connect();
    page.says(ALL);
    hub.close();
    assert.ok(page.isTerminated);
    assert.deepEqual(atWork(), NOTHING_AT_WORK);
    assert.ok(connect().isTerminated);
    assert.deepEqual(atWork(), NOTHING_AT_WORK);
  });
});
