import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { type EchoSetup, exactSetup } from '../../../src/appliance/echoSetup.js';
import type { CleanUp } from '../../fixtures/cleanUp.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const SETUP: EchoSetup = { microphone: 'portaudio default', speaker: 'aplay', volume: 80, inputGainDb: 0 };
const { signal } = new AbortController();

/** An environment whose `pactl` does what `script` says. */
function withPactl(t: CleanUp, script: string): NodeJS.ProcessEnv {
  const folder = temporaryFolder(t);
  writeFileSync(path.join(folder, 'pactl'), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(folder, 'pactl'), 0o755);
  return { PATH: `${folder}:/usr/bin:/bin` };
}

const INFO = `echo "Server Name: PulseAudio (on PipeWire 1.4)
Default Sink: alsa_output.usb-box
Default Source: alsa_input.usb-mic
Cookie: 1234"`;

describe('the setup of an echo', () => {
  it('names what is behind the default devices of a sound server', async (t) => {
    const { microphone, speaker } = await exactSetup(SETUP, withPactl(t, INFO), signal);
    assert.equal(microphone, 'portaudio default (alsa_input.usb-mic)');
    assert.equal(speaker, 'aplay (alsa_output.usb-box)');
  });

  it('believes the environment more than the server', async (t) => {
    const env = { ...withPactl(t, INFO), PULSE_SOURCE: 'other' };
    assert.equal((await exactSetup(SETUP, env, signal)).microphone, 'portaudio default (other)');
  });

  it('leaves a device alone that has a name of its own', async (t) => {
    const env = withPactl(t, INFO);
    const named = { ...SETUP, speaker: 'portaudio USB box' };
    assert.equal((await exactSetup(named, env, signal)).speaker, 'portaudio USB box');
  });

  it('is as it was without a sound server', async (t) => {
    assert.deepEqual(await exactSetup(SETUP, withPactl(t, 'exit 1'), signal), SETUP);
    assert.deepEqual(await exactSetup(SETUP, withPactl(t, 'echo "no such thing"'), signal), SETUP);
    assert.deepEqual(await exactSetup(SETUP, { PATH: temporaryFolder(t) }, signal), SETUP);
  });

  it('is not waited for by who has given up', async (t) => {
    const reason = new Error('stopped');
    const stop = new AbortController();
    const asked = exactSetup(SETUP, withPactl(t, 'exec sleep 30'), stop.signal);
    stop.abort(reason);
    await assert.rejects(asked, reason);
    await assert.rejects(exactSetup(SETUP, withPactl(t, INFO), AbortSignal.abort(reason)), reason);
  });
});
