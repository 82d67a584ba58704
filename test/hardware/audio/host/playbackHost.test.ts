import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FromHost, PlaybackCommand, PlaybackProgress } from '../../../../hardware/audio/host/hostProtocol.js';
import { PlaybackHost } from '../../../../hardware/audio/host/playbackHost.js';
import type { OutputDevice } from '../../../../hardware/audio/host/soundLibrary.js';

/** 10 ms at 16 kHz, of which the device holds two. */
const BLOCK = 160;

interface Played {
  readonly samples: number[];
  readonly reports: PlaybackProgress[];
  readonly aborts: number[];
  readonly held: number[];
}

/**
 * Plays so many blocks of 10 ms on a device that then fails.
 * @param events what is told before a block
 * @param dry blocks before which the device ran dry
 */
async function played(
  blocks: number,
  events: Readonly<Record<number, readonly PlaybackCommand[]>>,
  dry: readonly number[] = [],
): Promise<Played> {
  const found: Played = { samples: [], reports: [], aborts: [], held: [] };
  let block = 0;
  const tell = () => {
    for (const command of events[block] ?? []) host.do(command);
  };
  const device: OutputDevice = {
    sampleRateHz: 16_000,
    blockSamples: BLOCK,
    write: async (samples) => {
      if (block === blocks) throw new Error('unplugged');
      found.samples.push(...samples);
      block++;
      tell();
      return dry.includes(block - 1);
    },
    delayMs: () => 20,
    abort: async () => {
      found.aborts.push(block);
      return true;
    },
    holds: async (latencyMs) => void found.held.push(latencyMs),
  };
  const send = (message: FromHost) => {
    if (message.kind === 'progress') found.reports.push(message);
  };
  const host = new PlaybackHost(device, 20, send, () => block * 10);
  tell();
  await assert.rejects(host.run(), /unplugged/);
  return found;
}

const sound = (samples: number): PlaybackCommand => ({ kind: 'sound', samples: new Int16Array(samples).fill(9_000) });

describe('the process of a speaker', () => {
  it('writes silence without end, and says every 100 ms that it does', async () => {
    const { samples, reports } = await played(100, {});
    assert.equal(samples.length, 100 * BLOCK);
    assert.ok(samples.every((x) => x === 0));
    assert.equal(reports.length, 10);
    assert.deepEqual([reports[0]?.takenSamples, reports[0]?.latencyMs, reports[0]?.xruns], [0, 25, 0]);
  });

  it('says at once when sound begins, and when its last sample is heard', async () => {
    const { samples, reports } = await played(20, { 3: [sound(2.5 * BLOCK)] });
    assert.equal(
      samples.findIndex((x) => x !== 0),
      3 * BLOCK,
    );
    const [begin, end] = reports;
    assert.deepEqual([begin?.takenSamples, begin?.heardAtMs], [BLOCK, 40 + 20]);
    assert.deepEqual([end?.takenSamples, end?.heardAtMs], [2.5 * BLOCK, 60 + 20 - 5]);
  });

  it('drops what is queued at a flush, and counts anew', async () => {
    const { samples, reports, aborts } = await played(30, {
      2: [sound(100 * BLOCK)],
      6: [{ kind: 'flush', epoch: 1 }, sound(BLOCK)],
    });
    assert.deepEqual(aborts, [6]);
    assert.ok(samples.slice(8 * BLOCK).every((x) => x === 0));
    assert.deepEqual([reports.at(-1)?.epoch, reports.at(-1)?.takenSamples], [1, BLOCK]);
  });

  it('counts the times when sound ran dry, not silence', async () => {
    const { reports } = await played(50, { 10: [sound(10 * BLOCK)] }, [2, 3, 14, 40]);
    assert.equal(reports.at(-1)?.xruns, 1);
  });

  it('has the device hold more when it runs dry again and again', async () => {
    const { held } = await played(50, { 0: [sound(50 * BLOCK)] }, [10, 20, 30, 40]);
    assert.deepEqual(held, [40]);
  });
});
