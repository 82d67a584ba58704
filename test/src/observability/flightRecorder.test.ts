import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createAssistantMachine } from '../../../machines/assistant.js';
import { readEventLog, writeEventLog } from '../../../src/observability/eventLog.js';
import { FlightRecorder } from '../../../src/observability/flightRecorder.js';
import { replay } from '../../../src/observability/replay.js';
import { transitionsOf } from '../../../src/observability/statechartTransitions.js';
import { turnEvents } from '../../../src/observability/turnEvents.js';
import { AssistantRig } from '../../machines/assistantRig.js';
import { AssistantStage } from '../../machines/assistantStage.js';
import { Storm } from '../../machines/assistantStorm.js';
import { CountedClock } from '../../machines/countedClock.js';

const AT = new Date('2026-01-01T00:00:00Z');

async function storm(seed: number, events: number, size?: number): Promise<FlightRecorder> {
  const recorders: FlightRecorder[] = [];
  const raging = new Storm(seed, new AssistantStage(), (clock) => {
    const recorder = new FlightRecorder(clock, size);
    recorders.push(recorder);
    return recorder;
  });
  await raging.rages(events);
  await raging.passes();
  const [recorder] = recorders;
  assert.ok(recorder);
  return recorder;
}

async function started(): Promise<{ rig: AssistantRig; recorder: FlightRecorder }> {
  const clock = new CountedClock();
  const recorder = new FlightRecorder(clock);
  const rig = new AssistantRig(new AssistantStage(), undefined, clock, recorder.inspect);
  for (const job of ['openMicrophone', 'openSpeaker', 'loadModels', 'warmUp', 'probeModel', 'warmModel'] as const) {
    rig.jobs[job].end(undefined);
    await rig.happens('always');
  }
  return { rig, recorder };
}

suite('the flight recorder', () => {
  test('remembers each event with its time, what it has taken and where it has led', async () => {
    const { rig, recorder } = await started();
    rig.clock.increment(1500);
    await rig.happens('button.pressed');
    const last = recorder.entries.at(-1);
    assert.deepEqual(
      { ...last, before: undefined, after: undefined },
      {
        number: recorder.entries.length,
        atMs: 1500,
        event: last?.event,
        taken: ['turn.idle|button.pressed|1'],
        before: undefined,
        after: undefined,
        turn: '1-1',
      },
    );
    assert.equal(last?.event.type, 'button.pressed');
    assert.deepEqual(last?.after.value.turn, { listening: { speech: 'waitingForSpeech', button: 'held' } });
    assert.equal(recorder.counts.get('turn.idle|button.pressed|1'), 1);
    rig.actor.stop();
  });

  test('knows every transition of the chart by the name that the chart has for it', async () => {
    const names = new Set([...transitionsOf(createAssistantMachine().root)].map(({ id }) => id));
    assert.ok(!names.has(''), 'each has one');
    const counted = [...transitionsOf(createAssistantMachine().root)].length;
    assert.equal(names.size, counted, 'of its own');
    const recorder = await storm(11, 1_500);
    const unknown = [...recorder.counts.keys()].filter((id) => !names.has(id));
    assert.deepEqual(unknown, []);
    assert.ok(recorder.counts.size > names.size / 3, `${recorder.counts.size} of ${names.size} were taken`);
  });

  test('forgets the oldest, and keeps at least as many as it should', async () => {
    const recorder = await storm(3, 1_000, 50);
    const { entries } = recorder;
    assert.ok(entries.length >= 50 && entries.length < 100, `${entries.length} are kept`);
    assert.equal(entries.at(-1)?.number, (entries[0]?.number ?? 0) + entries.length - 1);
  });

  test('counts the turns of each statechart on its own', async () => {
    const clock = new CountedClock();
    const recorder = new FlightRecorder(clock);
    for (const life of [1, 2]) {
      const rig = new AssistantRig(new AssistantStage(), undefined, clock, recorder.inspect);
      for (const job of ['openMicrophone', 'openSpeaker', 'loadModels', 'warmUp'] as const) {
        rig.jobs[job].end(undefined);
        await rig.happens('always');
      }
      await rig.happens('button.pressed');
      assert.equal(recorder.entries.at(-1)?.turn, `${life}-1`);
      rig.actor.stop();
    }
  });
});

suite('a recorded turn', () => {
  test('goes the same way when it is replayed, whatever services and people did', async () => {
    let turns = 0;
    for (const seed of [1, 2]) {
      const { entries } = await storm(seed, 1_000);
      const whole = readEventLog(writeEventLog(entries, AT, true));
      assert.equal(replay(whole), undefined, `seed ${seed}, from the beginning`);
      for (const turn of new Set(entries.flatMap((entry) => entry.turn ?? []))) {
        const events = turnEvents(entries, turn);
        assert.equal(replay(readEventLog(writeEventLog(events, AT, false))), undefined, `seed ${seed}, turn ${turn}`);
        assert.ok(
          events.at(-1)?.after.context.turnRunning === false || events.at(-1)?.turn !== turn,
          `${turn} has ended`,
        );
        turns += 1;
      }
    }
    assert.ok(turns > 50, `only ${turns} turns`);
  });

  test('is not given in part', async () => {
    const { entries } = await storm(3, 200);
    const second = entries.findIndex(({ turn }, index) => turn !== undefined && turn === entries[index - 1]?.turn);
    const turn = entries[second]?.turn ?? '';
    assert.notDeepEqual(turnEvents(entries, turn), []);
    assert.deepEqual(turnEvents(entries.slice(second), turn), []);
    assert.deepEqual(turnEvents(entries, 'none'), []);
  });

  test('differs at the line where the chart does something else', async () => {
    const { rig, recorder } = await started();
    await rig.happens('ask');
    await rig.happens('turn.audible');
    await rig.happens('turn.replyEnded');
    const text = writeEventLog(turnEvents(recorder.entries, '1-1'), AT, false);
    rig.actor.stop();
    assert.equal(replay(readEventLog(text)), undefined);
    const other = readEventLog(text.replaceAll('"playing"', '"verifyingInterruption"'));
    const difference = replay(other);
    assert.deepEqual(
      { line: difference?.line, event: difference?.event, reason: difference?.reason },
      { line: 3, event: 'turn.audible', reason: 'it leads to another state' },
    );
    const counts = replay(readEventLog(text.replace('"turnNumber":1', '"turnNumber":7')));
    assert.equal(counts?.reason, 'it leaves another context');
  });

  test('holds nothing that was said, unless that is wanted', async () => {
    const { rig, recorder } = await started();
    await rig.happens('button.pressed');
    rig.runningTurn?.report({ type: 'transcript.partial', text: 'my secret', stable: 'my' });
    await rig.happens('cancel');
    await rig.happens('ask');
    rig.actor.stop();
    const hidden = writeEventLog(recorder.entries, AT, false);
    assert.doesNotMatch(hidden, /secret|moon/);
    assert.match(writeEventLog(recorder.entries, AT, true), /my secret.*how far is the moon/s);
  });

  test('is refused with the line where it is no event log', () => {
    const message = (text: string) => {
      try {
        readEventLog(text);
        return '';
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
    };
    assert.match(message(''), /^line 1 is not JSON/);
    assert.match(
      message('{"pressel":"events","version":2,"at":"2026-01-01T00:00:00.000Z","from":null}'),
      /^line 1 is not .*"version"/,
    );
    const header = '{"pressel":"events","version":1,"at":"2026-01-01T00:00:00.000Z","from":null}';
    assert.match(message(`${header}\n{"ms":1}`), /^line 2 is not an event \("event"/);
    assert.match(message(`${header}\n\n{`), /^line 2 is not JSON/);
  });
});
