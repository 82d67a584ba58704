import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { liveRig, MAX_QUESTION_CHARS } from '../../../fixtures/inspector/liveRig.js';

const DOWN = { type: 'button', pressed: true } as const;
const UP = { type: 'button', pressed: false } as const;

suite('the talk button on the page', () => {
  test('held and released is a question, as of the real one', async (t) => {
    const { connect, passes, turn } = await liveRig(t);
    const page = connect();
    page.says(DOWN);
    await passes(10);
    assert.match(turn(), /listening/);
    assert.match(turn(), /held/);
    await passes(1_500, 'speech');
    page.says(UP);
    await passes(3_000);
    assert.match(turn(), /conversation/, 'it was answered');
    assert.equal(
      page
        .of('log')
        .flatMap(({ entries }) => entries)
        .filter(({ event }) => event === 'button.released').length,
      1,
    );
  });

  test('mutes when it is held long, and says so with its light', async (t) => {
    const { connect, passes, turn } = await liveRig(t);
    const page = connect();
    page.says(DOWN);
    await passes(5_000);
    assert.equal(turn(), '"muted"');
    page.says(UP);
    await passes(100);
    assert.deepEqual(page.of('panel').at(-1)?.panel.leds.signals, { base: 'muted', muted: true, faults: [] });
    assert.ok(page.of('panel').some(({ panel }) => panel.leds.signals.base === 'counting'));
  });

  test('tapped twice has the last answer said again', async (t) => {
    const { connect, passes, turn, appliance } = await liveRig(t);
    appliance.send({ type: 'ask', question: 'Who was Ada?' });
    await passes(12_000);
    const page = connect();
    for (const message of [DOWN, UP, DOWN, UP]) {
      page.says(message);
      await passes(60);
    }
    assert.equal(
      page
        .of('log')
        .flatMap(({ entries }) => entries)
        .filter(({ event }) => event === 'button.doubleTapped').length,
      1,
    );
    assert.match(turn(), /thinking|speaking/);
  });

  test('is let go of by whoever leaves', async (t) => {
    const { connect, passes, panelButton } = await liveRig(t);
    const page = connect();
    page.says(DOWN);
    await passes(10);
    assert.ok(panelButton.driver.pressed);
    page.leaves();
    assert.ok(!panelButton.driver.pressed);
  });

  test('is let go of by whoever falls silent', async (t) => {
    const { connect, passes, panelButton } = await liveRig(t);
    const page = connect();
    page.isAwake = false;
    page.says(DOWN);
    await passes(45_100);
    assert.ok(!panelButton.driver.pressed);
  });

  test('is down as long as anybody holds it', async (t) => {
    const { connect, panelButton, passes } = await liveRig(t);
    const [one, other] = [connect(), connect()];
    one.says(DOWN);
    other.says(DOWN);
    one.says(DOWN);
    one.says(UP);
    assert.ok(panelButton.driver.pressed, 'the other holds it');
    one.says(UP);
    assert.ok(panelButton.driver.pressed, 'and only they let go');
    other.leaves();
    assert.ok(!panelButton.driver.pressed);
    await passes(1_000);
  });
});

suite('the panel', () => {
  test('mutes, unmutes, asks and stops', async (t) => {
    const { connect, passes, turn } = await liveRig(t);
    const page = connect();
    page.says({ type: 'command', command: 'mute' });
    assert.equal(turn(), '"muted"');
    page.says({ type: 'command', command: 'unmute' });
    assert.equal(turn(), '{"idle":"ready"}');
    page.says({ type: 'ask', question: '  Who was Ada? ' });
    await passes(500);
    assert.match(turn(), /speaking/);
    page.says({ type: 'command', command: 'cancel' });
    await passes(100);
    assert.equal(turn(), '{"idle":"ready"}');
    const [row] = page.of('turn');
    assert.deepEqual([row?.turn.outcome, row?.turn.interrupted, row?.turn.source], ['stopped', true, 'typed']);
  });

  test('says what cannot be asked', async (t) => {
    const { connect, appliance } = await liveRig(t);
    const page = connect();
    page.says({ type: 'ask', question: 'x'.repeat(MAX_QUESTION_CHARS + 1) });
    page.says({ type: 'ask', question: '  ' });
    appliance.send({ type: 'mute' });
    page.says({ type: 'ask', question: 'Who was Ada?' });
    assert.deepEqual(
      page.of('refused').map(({ reason }) => reason),
      [
        'The question has 61 characters; 60 are the most (llm.max_question_chars).',
        'There is no question.',
        'It is muted: unmute it first.',
      ],
    );
    assert.equal(appliance.turns.length, 0);
  });

  test('changes the volume, which all are told, whoever has changed it', async (t) => {
    const { connect, passes, voiceFile } = await liveRig(t);
    const [page, other] = [connect(), connect()];
    const told: number[] = [];
    voiceFile.onChange(() => told.push(voiceFile.percent));
    page.says({ type: 'volume', percent: 41.6 });
    page.says({ type: 'volume', isMuted: true });
    await passes(60);
    assert.deepEqual(told, [42, 42]);
    assert.deepEqual(other.of('panel').at(-1)?.panel.volume, { percent: 42, isMuted: true });
    voiceFile.percent = 80;
    await passes(60);
    assert.equal(page.of('panel').at(-1)?.panel.volume.percent, 80);
  });
});

suite('what doctor says', () => {
  test('is found out once for all who ask, and again after half a minute', async (t) => {
    let runs = 0;
    const check = {
      group: 'models',
      name: 'files',
      run: async () => {
        runs += 1;
        return { verdict: 'ok', reason: 'all there' } as const;
      },
    };
    const { connect, passes } = await liveRig(t, { checks: [check] });
    const [page, other] = [connect(), connect()];
    page.says({ type: 'doctor' });
    other.says({ type: 'doctor' });
    await passes(20_000);
    page.says({ type: 'doctor' });
    await passes(1_000);
    assert.deepEqual([runs, page.of('doctor').length, other.of('doctor').length], [1, 2, 1]);
    assert.deepEqual(page.of('doctor')[0]?.report.checks, [
      { group: 'models', name: 'files', verdict: 'ok', reason: 'all there' },
    ]);
    await passes(10_000);
    page.says({ type: 'doctor' });
    await passes(100);
    assert.equal(runs, 2);
  });

  test('is not looked for any more when nobody is there', async (t) => {
    const aborted: boolean[] = [];
    const check = {
      group: 'models',
      name: 'files',
      run: (signal: AbortSignal) =>
        new Promise<never>((_, reject) => {
          signal.addEventListener('abort', () => {
            aborted.push(true);
            reject(signal.reason);
          });
        }),
    };
    const { connect, passes } = await liveRig(t, { checks: [check] });
    const page = connect();
    page.says({ type: 'doctor' });
    await passes(100);
    page.leaves();
    assert.deepEqual(aborted, [true]);
    const next = connect();
    next.says({ type: 'doctor' });
    await passes(100);
    next.leaves();
    assert.deepEqual(aborted, [true, true]);
  });
});
