import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { runningDevicesCheck } from '../../../../src/doctor/checks/runningDevices.js';
import { applianceHealth } from '../../../../src/inspector/live/applianceHealth.js';
import { LoopDelay } from '../../../../src/observability/loopDelay.js';
import { NOTHING_MEASURED } from '../../../../src/observability/measuredSpeeds.js';

const microphone = { status: { name: 'USB', levelDb: -50, xruns: 2, lostFrames: 1 } };
const lost = { status: { name: undefined, levelDb: undefined, xruns: 2, lostFrames: 1 } };
const speaker = { isOpen: true, name: 'HDMI', xruns: 0 };

const PARTS = {
  microphone,
  speaker,
  server: { url: 'http://me:secret@box:11434/', model: 'small' },
  serverState: () => 'ready',
  models: { asr: 'ears', llm: 'mind', tts: 'voice' },
  speeds: () => NOTHING_MEASURED,
  computer: {
    temperatureCelsius: async (): Promise<number | undefined> => 61.5,
    memory: async () => ({ freeBytes: 10, totalBytes: 20 }),
  },
  throttling: async () => ({ now: ['throttled' as const], earlier: [] }),
  memory: () => ({ rss: 5, heapUsed: 3 }),
  loopDelay: { start: () => {}, stop: () => {}, read: () => null },
  uptimeMs: () => 1_234.5,
};

suite('the health', () => {
  test('is read off the appliance and its computer, and tells no password', async () => {
    assert.deepEqual(await applianceHealth(PARTS).read(), {
      microphone: { name: 'USB', xruns: 2, lostFrames: 1 },
      speaker: { name: 'HDMI', xruns: 0 },
      server: { url: 'http://box:11434', model: 'small', state: 'ready' },
      models: [
        { purpose: 'asr', name: 'ears' },
        { purpose: 'tts', name: 'voice' },
        { purpose: 'llm', name: 'mind' },
      ],
      speeds: NOTHING_MEASURED,
      memory: { rssBytes: 5, heapBytes: 3, freeBytes: 10, totalBytes: 20 },
      eventLoopDelay: null,
      temperatureCelsius: 61.5,
      throttling: ['throttled'],
      uptimeMs: 1_235,
    });
  });

  test('says where it cannot tell', async () => {
    const health = await applianceHealth({
      ...PARTS,
      microphone: lost,
      speaker: { isOpen: false, name: 'no speaker', xruns: 4 },
      computer: { temperatureCelsius: async () => undefined, memory: async () => undefined },
      throttling: async () => undefined,
    }).read();
    assert.deepEqual([health.microphone, health.speaker], [{ xruns: 2, lostFrames: 1 }, { xruns: 4 }]);
    assert.deepEqual([health.temperatureCelsius, health.throttling, health.memory.freeBytes], [null, null, null]);
  });

  test('measures the main thread only while somebody watches', () => {
    const calls: string[] = [];
    const loopDelay = { start: () => calls.push('start'), stop: () => calls.push('stop'), read: () => null };
    const leave = applianceHealth({ ...PARTS, loopDelay }).watch();
    leave();
    assert.deepEqual(calls, ['start', 'stop']);
    const delay = new LoopDelay();
    assert.equal(delay.read(), null);
    delay.start();
    assert.equal(delay.read(), null, 'nothing was measured yet');
    delay.stop();
    delay.stop();
  });
});

suite('doctor beside a running appliance', () => {
  const { signal } = new AbortController();

  test('finds devices that are missing, and those that lose sound', async () => {
    const verdict = async (check: ReturnType<typeof runningDevicesCheck>) => {
      const found = await check.run(signal);
      return [found.verdict, found.reason];
    };
    const well = { status: { ...microphone.status, xruns: 0, lostFrames: 0 } };
    assert.deepEqual(await verdict(runningDevicesCheck(well, speaker)), ['ok', 'microphone "USB", speaker "HDMI"']);
    assert.deepEqual(await verdict(runningDevicesCheck(microphone, speaker)), [
      'degraded',
      'microphone "USB", speaker "HDMI"; since the start sound was lost 3 times in and 0 times out',
    ]);
    assert.deepEqual(await verdict(runningDevicesCheck(lost, { ...speaker, isOpen: false })), [
      'broken',
      'no microphone and no speaker is open; it is looked for again and again',
    ]);
  });
});
