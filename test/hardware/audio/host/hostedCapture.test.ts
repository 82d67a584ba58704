import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runCapture } from '../../../../hardware/audio/host/captureHost.js';
import type { FromHost } from '../../../../hardware/audio/host/hostProtocol.js';
import type { InputBlock } from '../../../../hardware/audio/host/soundLibrary.js';
import { portaudioCapture } from '../../../../hardware/audio/portaudio/portaudio.js';
import { systemClock } from '../../../../hardware/clock.js';
import { FakeHost } from '../../../fixtures/fakeHost.js';
import { SteppedClock } from '../../../fixtures/steppedClock.js';
import { captureKeepsItsContract, RecordingListener } from '../captureContract.js';
import { never } from '../playbackContract.js';

const opened: FromHost = { kind: 'captureOpened', name: 'portaudio fake' };

function frame(capturedAtMs: number, xruns = 0): FromHost {
  return { kind: 'frame', samples: new Int16Array(512), capturedAtMs, xruns };
}

captureKeepsItsContract('a host process', async () => {
  const hosts: FakeHost[] = [];
  const startHost = () => {
    const host = new FakeHost(opened);
    hosts.push(host);
    return host;
  };
  let atMs = 0;
  return {
    // The frames' times are counted from the machine's clock: one that stood still would make a slow machine's frames early.
    open: portaudioCapture({ clock: systemClock, startHost }),
    sound: async (frames) => {
      for (let n = 0; n < frames; n++) {
        atMs += 32;
        for (const host of hosts) host.says(frame(atMs));
      }
    },
    vanish: async () => {
      for (const host of hosts) host.says({ kind: 'failed', reason: 'deviceLost', message: 'read error' });
    },
    released: () => hosts.every(({ killed }) => killed),
  };
});

async function microphone() {
  const clock = new SteppedClock();
  const host = new FakeHost(opened);
  const listener = new RecordingListener();
  const open = portaudioCapture({ clock, startHost: () => host, device: 'USB', channel: 2, gainDb: 6 });
  const stream = await open(listener, never);
  return { clock, host, listener, stream };
}

describe('a microphone in a process of its own', () => {
  it('is asked for with what was configured', async () => {
    const { host, stream } = await microphone();
    assert.deepEqual(host.sent, [{ kind: 'capture', library: 'portaudio', device: 'USB', channel: 2, gainDb: 6 }]);
    assert.equal(stream.name, 'portaudio fake');
    await stream.close();
  });

  it('that gives nothing for 1.5 s is lost, and its process ended', async () => {
    const { clock, host, listener } = await microphone();
    clock.advance(1_000);
    host.says(frame(0));
    clock.advance(1_400);
    clock.advance(99);
    assert.equal(listener.failures.length, 0);
    clock.advance(1);
    assert.equal(listener.failures[0]?.reason, 'deviceLost');
    assert.match(listener.failures[0]?.message ?? '', /microphone has stopped working/);
    assert.ok(host.killed);
    assert.equal(clock.waiting, 0);
  });

  it('is not lost when it was this process that came late', async () => {
    const { clock, host, listener, stream } = await microphone();
    clock.advance(60_000);
    host.says(frame(0));
    clock.advance(100);
    assert.deepEqual(listener.failures, []);
    await stream.close();
    assert.equal(clock.waiting, 0);
  });

  it('whose process crashes is lost, with its last words', async () => {
    const { host, listener } = await microphone();
    host.exits('SIGSEGV', 'ALSA lib: something\nsegmentation fault\n');
    assert.equal(listener.failures[0]?.reason, 'deviceLost');
    assert.match(listener.failures[0]?.message ?? '', /SIGSEGV.*segmentation fault/);
  });

  it('counts what the device had to drop', async () => {
    const { host, stream } = await microphone();
    host.says(frame(0, 3));
    assert.equal(stream.xruns, 3);
    await stream.close();
  });

  it('that does not answer in 3 s is given up', async () => {
    const clock = new SteppedClock();
    const host = new FakeHost();
    const opening = portaudioCapture({ clock, startHost: () => host })(new RecordingListener(), never);
    await assert.rejects(clock.run(opening), { reason: 'deviceLost', message: /did not answer/ });
    assert.equal(clock.now(), 3_000);
    assert.ok(host.killed);
    assert.equal(clock.waiting, 0);
  });

  it('that cannot be opened says why', async () => {
    const clock = new SteppedClock();
    const host = new FakeHost({ kind: 'failed', reason: 'deviceBusy', message: 'in use by mpv (process 7)' });
    const opening = portaudioCapture({ clock, startHost: () => host })(new RecordingListener(), never);
    await assert.rejects(opening, { name: 'AudioError', reason: 'deviceBusy', message: /mpv/ });
    assert.ok(host.killed);
    assert.equal(clock.waiting, 0);
  });

  it('whose process cannot even be started says so', async () => {
    const host = new FakeHost();
    const opening = portaudioCapture({ clock: new SteppedClock(), startHost: () => host })(
      new RecordingListener(),
      never,
    );
    host.exits('spawn node ENOENT');
    await assert.rejects(opening, { reason: 'deviceLost', message: /ENOENT/ });
  });

  it('is closed after a second even when its process is stuck in the kernel', async () => {
    const { clock, host, stream } = await microphone();
    host.diesWhenKilled = false;
    await clock.run(stream.close());
    assert.equal(clock.now(), 1_000);
  });
});

/** What a host sends for `blocks` of a device. */
async function frames(blocks: readonly InputBlock[], sampleRateHz: number, channels: number, channel: number) {
  const left = [...blocks];
  const sent: Extract<FromHost, { kind: 'frame' }>[] = [];
  const read = async () => {
    const block = left.shift();
    if (block === undefined) throw new Error('unplugged');
    return block;
  };
  const send = (message: FromHost) => {
    if (message.kind === 'frame') sent.push(message);
  };
  await assert.rejects(runCapture({ sampleRateHz, channels, read }, { channel, gain: () => {}, send }), /unplugged/);
  return sent;
}

describe('the process of a microphone', () => {
  it('passes 16 kHz mono on unchanged, with the time of each last sample', async () => {
    const samples = Int16Array.from({ length: 1_600 }, (_, n) => n * 20 - 16_000);
    const blocks = Array.from({ length: 10 }, (_, n) => ({
      samples: samples.subarray(n * 160, (n + 1) * 160),
      capturedAtMs: (n + 1) * 10,
      overflowed: n === 4,
    }));
    const sent = await frames(blocks, 16_000, 1, 1);
    assert.deepEqual(
      sent.flatMap((one) => [...one.samples]),
      [...samples.subarray(0, 1_536)],
    );
    assert.deepEqual(
      sent.map(({ capturedAtMs, xruns }) => [Math.round(capturedAtMs), xruns]),
      [
        [32, 0],
        [64, 1],
        [96, 1],
      ],
    );
  });

  it('takes one channel of a device that has only 44.1 kHz stereo', async () => {
    const blocks = Array.from({ length: 100 }, (_, n) => ({
      samples: Int16Array.from({ length: 882 }, (_, i) => (i % 2 === 0 ? -9_000 : 9_000)),
      capturedAtMs: (n + 1) * 10,
      overflowed: false,
    }));
    const sent = await frames(blocks, 44_100, 2, 2);
    assert.equal(sent.length, 31);
    for (const { samples } of sent.slice(1)) assert.ok(samples.every((x) => Math.abs(x - 9_000) < 20));
  });
});
