import assert from 'node:assert/strict';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { SimulatedClock } from 'xstate';
import type { Clock } from '../../../../hardware/clock.js';
import { environmentOf, IDLE_CONDITIONS } from '../../../../src/bench/idle/idleConditions.js';
import { figuresOf, type IdleFigures, idleRun } from '../../../../src/bench/idle/idleRun.js';
import { idleTable, journalBytes } from '../../../../src/bench/idle/idleTable.js';
import { LogCounter } from '../../../../src/bench/idle/logVolume.js';
import { loadConfig } from '../../../../src/config/loadConfig.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

const NO_LOG = { lines: 0, bytes: 0, mostSaid: [] };
const TREE = { writtenBytes: 0, cancelledBytes: 0, cpuMs: 0, pssBytes: 3e8, processes: 1 };
const SEEN = {
  name: 'all well',
  minutes: 10,
  start: { writtenBytes: 0, log: NO_LOG, files: [] },
  before: TREE,
  after: TREE,
  log: NO_LOG,
  changed: [],
};

suite('the conditions of an appliance at rest', () => {
  test('are settings that the program accepts', async () => {
    for (const condition of IDLE_CONDITIONS) {
      const env = environmentOf(condition, 'http://127.0.0.1:11434', 'scripted');
      const { config } = await loadConfig({ flags: {}, env, home: '/nowhere' });
      assert.equal(config.audio.driver, condition.microphone === 'silence' ? 'null' : 'alsa-utils');
      assert.equal(config.llm.url, condition.hasServer ? 'http://127.0.0.1:11434' : 'http://127.0.0.1:9');
    }
    const all = IDLE_CONDITIONS.find(({ name }) => name === 'all of these');
    const env = all && environmentOf(all, '', 'scripted');
    const { config } = await loadConfig({ flags: {}, env: env ?? {}, home: '/nowhere' });
    assert.deepEqual([config.mqtt.enabled, config.wake.words.length], [true, 1]);
  });
});

suite('the figures of an appliance at rest', () => {
  test('are those of an hour', () => {
    const after = { ...TREE, writtenBytes: 40_960, cancelledBytes: 4096, cpuMs: 6000 };
    const figures = figuresOf({ ...SEEN, after, log: { ...NO_LOG, lines: 3, bytes: 500 } });
    assert.equal(figures.writtenBytesPerHour, 245_760);
    assert.equal(figures.cancelledBytesPerHour, 24_576);
    assert.deepEqual([figures.logLinesPerHour, figures.logBytesPerHour], [18, 3000]);
    assert.equal(figures.processorPercent, 1);
  });

  test('fit into a terminal, with what was said again and again, and say what is too much', () => {
    const mostSaid = [
      { message: `the microphone ${'is gone '.repeat(20)}`, times: 300 },
      { message: 'ready', times: 1 },
    ];
    const loud: IdleFigures = { ...figuresOf(SEEN), condition: 'unsteady microphone', logLinesPerHour: 5292, mostSaid };
    const text = idleTable([figuresOf(SEEN), loud]);
    for (const line of text.split('\n')) assert.ok(line.length <= 80, line);
    assert.match(text, /^all well .* 300\.0 MB$/m);
    assert.match(text, /^unsteady microphone .* over\n {2}300 x the microphone is gone/m);
    assert.doesNotMatch(text, /1 x ready/);
    assert.deepEqual([journalBytes(0), journalBytes(12), journalBytes(5292)], [0, 540_000, 31_260_000]);
  });

  test('count whole lines of the log, however they arrive', () => {
    const told: string[] = [];
    const log = new LogCounter((message) => told.push(message));
    for (const part of ['{"msg":"a', 'gain"}\n{"msg":"again"}\nno JSON\n{"msg"', ':"half']) log.write(part);
    assert.deepEqual(told, ['again', 'again', 'no JSON']);
    const { lines, bytes, mostSaid } = log.take();
    assert.deepEqual([lines, bytes, mostSaid[0]], [3, 40, { message: 'again', times: 2 }]);
    assert.equal(log.take().lines, 0);
  });
});

suite('a run at rest', () => {
  /** Whatever is waited for is over at once. */
  const hasty: Clock = {
    now: () => 0,
    setTimeout: (callback) => setTimeout(callback, 20),
    clearTimeout: (id) => clearTimeout(id as NodeJS.Timeout),
  };
  const run = (t: TestContext, script: string, clock: Clock) =>
    idleRun({
      name: 'all well',
      argv: ['/bin/sh', '-c', script],
      env: { PATH: process.env['PATH'] },
      home: path.join(temporaryFolder(t), 'home'),
      microphone: 'unsteady',
      minutes: 60,
      clock,
      signal: new AbortController().signal,
    });

  test('tells what the appliance has written since its start, and ends it', async (t) => {
    const says = `echo '{"msg":"ready"}' >&2; echo 1 > early; while :; do echo '{"msg":"still"}' >&2; date +%N > late; sleep 0.005; done`;
    const { changedFiles, start, mostSaid } = await run(t, says, hasty);
    assert.deepEqual(changedFiles, ['late']);
    assert.ok(start.files.includes('bin/arecord'));
    assert.equal(mostSaid[0]?.message, 'still');
  });

  test('fails with the last words of an appliance that ends by itself', async (t) => {
    const dies = `echo '{"msg":"no models"}' >&2; exit 1`;
    await assert.rejects(run(t, dies, new SimulatedClock()), /ended in "all well": no models/);
  });
});
