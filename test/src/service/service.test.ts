import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { AssistantTag } from '../../../machines/assistantEvents.js';
import type { Observed } from '../../../src/appliance/reportedState.js';
import { ModelError } from '../../../src/models/modelError.js';
import { openService, Service } from '../../../src/service/service.js';
import { RecordedLog } from '../../fixtures/recordedLog.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

const PATIENCE_MS = 20_000;
const never = new AbortController().signal;

/** A service whose manager is the test's hand. */
function service(options: { readonly watchdogMs?: number } = {}) {
  const clock = new SteppedClock();
  const log = new RecordedLog();
  const heard: string[] = [];
  const manager = { listens: true };
  const socket = {
    send: (message: string) => {
      if (manager.listens) heard.push(...message.split('\n'));
      return manager.listens;
    },
    close: () => {},
  };
  const opened = new Service(socket, { clock, log: log as never, watchdogMs: options.watchdogMs });
  const passes = (ms: number) => {
    for (const endMs = clock.now() + ms; clock.now() < endMs; ) {
      clock.advance(Math.min(clock.nextDueMs, endMs) - clock.now());
    }
  };
  const count = (line: string) => heard.filter((message) => message === line).length;
  return { service: opened, clock, log, heard, manager, passes, count };
}

function seen(turn: Observed['value'][string], tags: readonly AssistantTag[], devices = 'ok'): Observed {
  const all: ReadonlySet<AssistantTag> = new Set(tags);
  return { value: { turn, microphone: devices, speaker: devices }, hasTag: (tag) => all.has(tag) };
}

const starting = seen({ starting: 'warming' }, ['busy', 'warmingUp']);
const retrying = seen({ starting: 'retrying' }, ['busy', 'warmingUp', 'problem', 'error']);
const idle = seen({ idle: 'ready' }, ['resting', 'idle']);
const speaking = seen({ speaking: 'playing' }, ['busy', 'speaking']);

suite('the service', () => {
  test('is ready when the assistant first waits to be asked, and says so once', () => {
    const { service: it, heard, count } = service();
    it.follow(starting);
    assert.equal(count('READY=1'), 0);
    for (const snapshot of [idle, speaking, idle]) it.follow(snapshot);
    assert.equal(count('READY=1'), 1);
    assert.deepEqual(heard.slice(-3), ['STATUS=Ready to be asked.', 'STATUS=Speaking.', 'STATUS=Ready to be asked.']);
  });

  test('is ready without a microphone, a speaker and a model server', () => {
    const { service: it, heard, count } = service();
    it.follow(seen({ idle: 'ready' }, ['idle', 'microphoneLost', 'speakerLost', 'modelUnreachable'], 'lost'));
    assert.equal(count('READY=1'), 1);
    assert.equal(heard.at(-1), 'STATUS=Ready to be asked. No microphone. No speaker. No language model.');
  });

  test('is ready, too, when the assistant cannot start and tries again, so that nobody restarts it for that', () => {
    const { service: it, heard, count } = service();
    it.follow(retrying);
    assert.equal(count('READY=1'), 1);
    it.noticed({ type: 'startFailed', reason: 'internal', error: new Error('The voice does not load.') });
    assert.equal(heard.at(-1), 'STATUS=Cannot start: The voice does not load. It is tried again.');
  });

  test('does not repeat a status that has not changed', () => {
    const { service: it, heard } = service();
    for (let n = 0; n < 5; n++) it.follow(speaking);
    assert.deepEqual(heard, ['STATUS=Speaking.']);
  });

  test('says at the end that it is stopping, and nothing that comes after it', () => {
    const { service: it, heard } = service();
    it.follow(idle);
    it.stopping();
    it.follow(speaking);
    assert.deepEqual(heard.slice(-2), ['STOPPING=1', 'STATUS=Stopping.']);
  });

  test('loses nothing at a manager that is busy for a while', () => {
    const { service: it, heard, manager, passes, clock } = service();
    manager.listens = false;
    it.follow(idle);
    it.follow(speaking);
    manager.listens = true;
    passes(1_000);
    assert.deepEqual(heard, ['READY=1', 'STATUS=Speaking.']);
    it.close();
    assert.equal(clock.waiting, 0);
  });
});

suite('the service while models are fetched', () => {
  test('asks for more time again and again, says how far it is, and at the end asks for the time that opening takes', async () => {
    const { service: it, heard, clock, count } = service();
    const done = it.fetched(async (onProgress) => {
      const file = { id: 'asr', file: 'asr.onnx', source: 'npm', totalBytes: 28_200_000 };
      onProgress({ ...file, doneBytes: 14_100_000 });
      onProgress({ ...file, doneBytes: 14_100_001 });
      clock.advance(20_000);
      clock.advance(20_000);
      return 'the store';
    }, never);
    assert.equal(await done, 'the store');
    assert.equal(count('EXTEND_TIMEOUT_USEC=60000000'), 3);
    assert.equal(heard.at(-1), 'EXTEND_TIMEOUT_USEC=300000000');
    assert.deepEqual(
      heard.filter((line) => line.startsWith('STATUS=')),
      [
        'STATUS=Starting: the models are being checked.',
        'STATUS=Starting: the model asr is being fetched, 14.1 MB of 28.2 MB.',
      ],
    );
    assert.equal(count('READY=1'), 0);
    assert.equal(clock.waiting, 0);
  });

  test('is ready after the first failure, tells it, and fetches until it succeeds', async () => {
    const { service: it, heard, clock, count, log } = service();
    let attempts = 0;
    const fetch = async () => {
      attempts += 1;
      if (attempts < 4) throw new ModelError('offline', 'The registry cannot be reached.');
      return attempts;
    };
    assert.equal(await clock.run(it.fetched(fetch, never)), 4);
    assert.equal(clock.now(), 35_000, '5 + 10 + 20 s');
    assert.equal(count('READY=1'), 1);
    assert.ok(heard.includes('STATUS=Cannot start: The registry cannot be reached. It is tried again.'));
    assert.equal(log.complaints.length, 3);
    assert.notEqual(heard.at(-1), 'EXTEND_TIMEOUT_USEC=300000000', 'nothing is waited for any more');
  });

  test('does not try again what no other try can mend', async () => {
    const { service: it, clock } = service();
    await assert.rejects(
      it.fetched(() => Promise.reject(new TypeError('a mistake')), never),
      TypeError,
    );
    assert.equal(clock.waiting, 0);
  });

  test('stops at once when it is told to, also while it waits', async () => {
    const { service: it, clock } = service();
    const stop = new AbortController();
    const done = it.fetched(() => Promise.reject(new ModelError('offline', 'No network.')), stop.signal);
    stop.abort(new Error('stopped'));
    await assert.rejects(done);
    assert.equal(clock.waiting, 0);
  });
});

suite('the watchdog of the service', () => {
  function watched() {
    const world = service({ watchdogMs: PATIENCE_MS });
    const devices = {
      microphone: { answeredAtMs: undefined as number | undefined },
      speaker: { answeredAtMs: undefined as number | undefined },
    };
    /** Time in which these answer all the while. */
    const passes = (ms: number, ...answering: (keyof typeof devices)[]) => {
      for (let left = ms; left > 0; left -= 500) {
        for (const name of answering) devices[name].answeredAtMs = world.clock.now();
        world.passes(500);
      }
    };
    const beats = () => world.count('WATCHDOG=1');
    return { ...world, devices, passes, beats };
  }

  test('is fed before there is an appliance, as long as the event loop turns', () => {
    const { passes, beats } = watched();
    passes(30_000);
    assert.equal(beats(), 4);
  });

  test('is fed while microphone and speaker answer, and not when an open one says nothing', () => {
    const { service: it, devices, passes, beats, log } = watched();
    it.watch(devices);
    it.follow(idle);
    passes(60_000, 'microphone', 'speaker');
    const fed = beats();
    assert.equal(fed, 7);
    passes(PATIENCE_MS + 10_000, 'speaker');
    assert.ok(beats() <= fed + 1, 'it was fed on');
    assert.match(log.complaints[0] ?? '', /microphone is open, but nothing/);
  });

  test('is fed without any device for as long as the statechart looks for them', () => {
    const { service: it, devices, passes, beats } = watched();
    it.watch(devices);
    for (let n = 0; n < 100; n++) {
      it.follow(seen({ idle: 'ready' }, ['idle', 'microphoneLost'], n % 2 === 0 ? 'lost' : 'reopening'));
      passes(6_000);
    }
    assert.equal(beats(), 61);
  });

  test('is not fed when nothing was done about a lost device for two minutes', () => {
    const { service: it, devices, passes, beats, log } = watched();
    it.watch(devices);
    // Whatever else happens meanwhile: questions are typed, the model server comes and goes.
    for (let n = 0; n < 20; n++) {
      it.follow(seen(n % 2 === 0 ? { idle: 'ready' } : 'thinking', ['idle', 'microphoneLost'], 'lost'));
      passes(6_000);
    }
    const fed = beats();
    passes(60_000);
    assert.equal(beats(), fed);
    assert.match(log.complaints[0] ?? '', /Nobody has looked for the lost microphone/);
  });

  test('is fed again as soon as the device answers', () => {
    const { service: it, devices, passes, beats } = watched();
    it.watch(devices);
    it.follow(idle);
    passes(1_000, 'microphone', 'speaker');
    passes(20_000);
    const fed = beats();
    passes(2_000, 'microphone', 'speaker');
    assert.equal(beats(), fed + 1);
  });
});

suite('the service of a process', () => {
  const own = { clock: new SteppedClock(), log: new RecordedLog() as never };
  const address = '@pressel-test-nobody-listens-here';
  const notLinux = process.platform === 'linux' ? false : 'needs Linux';

  test('is none without a service manager', () => {
    assert.equal(openService({}, 7, own), undefined);
    assert.equal(openService({ NOTIFY_SOCKET: '' }, 7, own), undefined);
    assert.equal(openService({ NOTIFY_SOCKET: 'vsock:2:1' }, 7, own), undefined);
  });

  test('has a watchdog only where the manager has one for this very process', { skip: notLinux }, () => {
    const timers = (env: Readonly<Record<string, string>>) => {
      const clock = new SteppedClock();
      const opened = openService({ NOTIFY_SOCKET: address, ...env }, 7, { ...own, clock });
      assert.ok(opened);
      const isWatched = clock.waiting > 0;
      opened.close();
      return isWatched;
    };
    assert.equal(timers({ WATCHDOG_USEC: '20000000', WATCHDOG_PID: '7' }), true);
    assert.equal(timers({ WATCHDOG_USEC: '20000000' }), true);
    assert.equal(timers({ WATCHDOG_USEC: '20000000', WATCHDOG_PID: '8' }), false);
    assert.equal(timers({ WATCHDOG_USEC: 'soon' }), false);
    assert.equal(timers({}), false);
  });
});
