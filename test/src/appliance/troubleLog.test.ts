import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { pino } from 'pino';
import { SimulatedClock } from 'xstate';
import type { AssistantNotice } from '../../../machines/assistantEvents.js';
import type { AssistantSnapshot } from '../../../src/appliance/appliance.js';
import { TroubleLog } from '../../../src/appliance/troubleLog.js';
import { recorder } from '../../fixtures/recordedIo.js';

function troubleLog() {
  const stream = recorder();
  const clock = new SimulatedClock();
  const troubles = new TroubleLog(pino({ level: 'info', base: null, timestamp: false }, stream), clock);
  const lines = () =>
    stream.text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { readonly level: number; readonly msg: string })
      .map(({ level, msg }) => `${pino.levels.labels[level]}: ${msg}`);
  /** Only where the regions are matters. */
  const are = (states: { readonly microphone?: string; readonly speaker?: string; readonly model?: string }) =>
    troubles.follow({
      value: { turn: { speaking: 'playing' }, microphone: 'ok', speaker: 'ok', model: 'ready', ...states },
    } as unknown as AssistantSnapshot);
  return { troubles, lines, are, clock, text: () => stream.text };
}

const lost = (device: 'microphone' | 'speaker', error: unknown): AssistantNotice => ({
  type: 'deviceLost',
  device,
  error,
});

suite('the log of what does not work', () => {
  test('tells a reason once, however often it is tried again, and that it is over', () => {
    const { troubles, lines, are } = troubleLog();
    for (let n = 0; n < 3; n++) {
      troubles.tell(lost('microphone', new Error('it is unplugged')));
      are({ microphone: 'lost' });
      are({ microphone: 'reopening' });
    }
    are({});
    are({});
    assert.deepEqual(lines(), ['warn: it is unplugged', 'info: the microphone works again']);
  });

  test('tells the next reason, and the same one again after the device has worked', () => {
    const { troubles, lines, are } = troubleLog();
    for (const message of ['it is unplugged', 'it is busy']) troubles.tell(lost('speaker', new Error(message)));
    are({});
    troubles.tell(lost('speaker', new Error('it is busy')));
    assert.deepEqual(lines(), [
      'warn: it is unplugged',
      'warn: it is busy',
      'info: the speaker works again',
      'warn: it is busy',
    ]);
  });

  test('keeps the parts apart', () => {
    const { troubles, lines, are } = troubleLog();
    troubles.tell(lost('microphone', new Error('gone')));
    troubles.tell(lost('speaker', new Error('gone')));
    troubles.tell({ type: 'modelUnreachable', error: new Error('refused') });
    are({ microphone: 'lost', speaker: 'ok', model: 'unreachable' });
    are({ microphone: 'lost', model: 'warming' });
    are({ microphone: 'lost' });
    assert.deepEqual(lines(), [
      'warn: gone',
      'warn: gone',
      'warn: refused',
      'info: the speaker works again',
      'info: the language model answers again',
    ]);
  });

  test('tells of what comes and goes now and then, with how often it has done so', () => {
    const { troubles, lines, are, clock, text } = troubleLog();
    const HOUR = 3600;
    for (let second = 0; second < HOUR; second++) {
      troubles.tell(lost('microphone', new Error('it is loose')));
      are({ microphone: 'lost' });
      are({});
      clock.increment(1000);
    }
    assert.equal(lines().filter((line) => line === 'warn: it is loose').length, 10);
    assert.equal(lines().length, 20);
    assert.match(text(), /"timesUntold":59\d,"msg":"it is loose"/);
    assert.equal(lines().at(-1), 'info: the microphone works again');
  });

  test('tells of a loss that lasts within ten minutes, whatever was told before', () => {
    const { troubles, lines, are, clock } = troubleLog();
    const isLost = () => {
      troubles.tell(lost('microphone', new Error('it is loose')));
      are({ microphone: 'lost' });
    };
    for (let n = 0; n < 20; n++) {
      isLost();
      are({});
    }
    assert.equal(lines().at(-1), 'info: the microphone works again');
    for (let second = 0; second < 600; second += 3) {
      isLost();
      clock.increment(3000);
    }
    isLost();
    assert.equal(lines().at(-1), 'warn: it is loose');
    are({});
    assert.equal(lines().at(-1), 'info: the microphone works again');
  });

  test('does not tell two reasons in turn all day', () => {
    const { troubles, lines } = troubleLog();
    for (let n = 0; n < 50; n++) {
      troubles.tell(lost('speaker', new Error(`it is ${n % 2 === 0 ? 'busy' : 'gone'}`)));
      troubles.tell({ type: 'startFailed', reason: 'internal', error: new Error(`${n} models are missing`) });
    }
    assert.equal(lines().length, 10);
  });

  test('tells which device is open, and again where it is another one', () => {
    const { troubles, lines } = troubleLog();
    for (const name of ['USB mic', 'USB mic', 'HAT']) troubles.opened('microphone', name);
    assert.deepEqual(lines(), ['info: the microphone is open', 'info: the microphone is open']);
  });

  test('has words for what nothing more is known of', () => {
    const { troubles, lines } = troubleLog();
    troubles.tell(lost('microphone', undefined));
    troubles.tell({ type: 'modelUnreachable', error: 'no' });
    troubles.tell({ type: 'startFailed', reason: 'internal', error: undefined });
    assert.deepEqual(lines(), [
      'warn: the microphone does not answer',
      'warn: the language model does not answer',
      'error: the assistant could not start',
    ]);
  });

  test('says nothing of what works, or of notices that are no trouble', () => {
    const { troubles, lines, are } = troubleLog();
    are({});
    troubles.tell({ type: 'stillThinking' });
    troubles.tell({ type: 'refused', reason: 'muted' });
    assert.deepEqual(lines(), []);
  });
});
