import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { AudioError, type PlaybackStream } from '../../../hardware/audio/drivers.js';
import { openHostedPlayback } from '../../../hardware/audio/host/hostedPlayback.js';
import { HostSession } from '../../../hardware/audio/host/hostSession.js';
import { Microphone } from '../../../hardware/audio/microphone.js';
import { createNullPlayback } from '../../../hardware/audio/nullPlayback.js';
import { Speaker } from '../../../hardware/audio/speaker.js';
import { FakeHost } from '../../fixtures/fakeHost.js';
import { FakeMicrophone } from '../../fixtures/fakeMicrophone.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

const never = new AbortController().signal;
const unplugged = new AudioError('deviceLost', 'unplugged');

suite('the signs of life of a sound device', () => {
  test('are each frame of a microphone, and its opening, also while it is to be deaf', async () => {
    const clock = new SteppedClock();
    const device = new FakeMicrophone();
    const microphone = new Microphone({ open: device.open, clock, onLost: () => {} });
    assert.equal(microphone.answeredAtMs, undefined);
    clock.advance(100);
    await microphone.open(never);
    assert.equal(microphone.answeredAtMs, 100);
    microphone.setDeaf(true);
    clock.advance(32);
    device.hears(0, clock.now());
    clock.advance(5_000);
    assert.equal(microphone.answeredAtMs, 132);
    device.fails(unplugged);
    assert.equal(microphone.answeredAtMs, undefined);
  });

  test("are the reports of a speaker's process, and its opening", async () => {
    const clock = new SteppedClock();
    const host = new FakeHost({ kind: 'playbackOpened', name: 'fake', sampleRateHz: 16_000, latencyMs: 0 });
    const session = new HostSession({ host, clock: new SteppedClock(), subject: 'speaker' });
    const request = { kind: 'playback', library: 'portaudio', latencyMs: 20 } as const;
    const parts = { session, clock, hostNowMs: () => clock.now() };
    const speaker = new Speaker({
      open: (onFailed, signal) => openHostedPlayback(parts, request, onFailed, signal),
      clock,
      onLost: () => {},
      gain: 1,
    });
    assert.equal(speaker.answeredAtMs, undefined);
    clock.advance(100);
    await speaker.open(never);
    assert.equal(speaker.answeredAtMs, 100);
    clock.advance(100);
    host.says({ kind: 'progress', epoch: 0, takenSamples: 0, heardAtMs: 0, latencyMs: 0, xruns: 0 });
    clock.advance(5_000);
    assert.equal(speaker.answeredAtMs, 200);
    host.exits('SIGKILL');
    assert.equal(speaker.answeredAtMs, undefined);
  });

  test('cannot be had of a speaker without a process', async () => {
    const clock = new SteppedClock();
    const open = async () =>
      Object.assign(createNullPlayback({ sampleRateHz: 16_000, pace: 'realtime', clock }), {
        xruns: 0,
      }) as PlaybackStream;
    const speaker = new Speaker({ open, clock, onLost: () => {}, gain: 1 });
    await speaker.open(never);
    assert.equal(speaker.answeredAtMs, null);
  });
});
