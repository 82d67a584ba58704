import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { arecordCapture } from '../../../hardware/audio/arecordCapture.js';
import type { AudioError } from '../../../hardware/audio/drivers.js';
import type { PcmFrame } from '../../../hardware/audio/pcm.js';
import { alsaProgram, becomes, noShell } from './alsaProgram.js';
import { type CapturedDevice, captureKeepsItsContract } from './captureContract.js';

/** A program that gives one sample of sound, and then what is written to a pipe, until that is closed. */
async function pipedMicrophone(t: TestContext): Promise<CapturedDevice> {
  const arecord = alsaProgram(t, `echo $$ > "$FOLDER/pid"; printf '\\000\\000'; exec cat "$FOLDER/sound"`);
  const { clock, folder } = arecord;
  const pipe = path.join(folder, 'sound');
  execFileSync('mkfifo', [pipe]);
  // For reading too, or it would wait for the program to open it.
  const sound = await open(pipe, 'r+');
  t.after(() => sound.close());
  const told = { frames: 0, ends: 0 };
  const released = () =>
    !existsSync(path.join(folder, 'pid')) || !isRunning(readFileSync(path.join(folder, 'pid'), 'utf8'));
  return {
    open: async (listener, signal) => {
      const frame = (given: PcmFrame) => {
        told.frames += 1;
        listener.frame(given);
      };
      const failed = (error: AudioError) => {
        told.ends += 1;
        listener.failed(error);
      };
      const stream = await arecordCapture(arecord)({ frame, failed }, signal);
      const close = () => {
        told.ends += 1;
        return stream.close();
      };
      return {
        name: stream.name,
        get xruns() {
          return stream.xruns;
        },
        close,
      };
    },
    released,
    async sound(frames) {
      for (let n = 0; n < frames && !released(); n++) {
        const wanted = told.frames + 1;
        clock.advance(32);
        await sound.write(Buffer.alloc(1_024));
        await becomes(() => told.frames === wanted || released());
      }
    },
    async vanish() {
      await sound.close();
      await becomes(() => told.ends > 0 && released());
    },
  };
}

function isRunning(pid: string): boolean {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}

if (!noShell) captureKeepsItsContract('arecord', pipedMicrophone);
