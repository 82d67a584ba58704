import type { Clock } from '../clock.js';
import { type AplayOptions, AplayProcess } from './aplayProcess.js';
import { BreakablePlayback } from './breakablePlayback.js';
import type { AudioError, OpenPlayback, PlaybackDriver } from './drivers.js';
import { PacedSink } from './pacedSink.js';
import { PlaybackQueue } from './playbackQueue.js';
import { PlaybackTimeline } from './playbackTimeline.js';

export interface AplayPlaybackOptions extends AplayOptions {
  readonly clock: Clock;
}

/**
 * A speaker through `aplay`, the driver of last resort: needs no library, and a process can always be ended. It tells of
 * its device's end when that ends the process, or when a second of sound has not been taken.
 */
export function aplayPlayback(options: AplayPlaybackOptions): OpenPlayback {
  return async (onFailed, signal) => {
    let stream: BreakablePlayback | undefined;
    const { queue, sink } = await openQueue(options, (error) => stream?.fail(error), signal);
    stream = new BreakablePlayback(queue, () => sink.xruns, onFailed);
    return stream;
  };
}

/**
 * A speaker through one `aplay` process, which stays for all replies; only a flush replaces it, because nothing but
 * ending it silences what it holds already. Closing ends the sound: wait for `drained` before it.
 * @throws {AudioError} deviceMissing, deviceBusy, unsupported or deviceLost, within about a second
 */
export async function openAplayPlayback(options: AplayPlaybackOptions): Promise<PlaybackDriver> {
  return (await openQueue(options, () => {}, new AbortController().signal)).queue;
}

async function openQueue(
  options: AplayPlaybackOptions,
  failed: (error: AudioError) => void,
  signal: AbortSignal,
): Promise<{ queue: PlaybackQueue; sink: PacedSink }> {
  signal.throwIfAborted();
  const { clock, sampleRateHz, device } = options;
  let paced: PacedSink | undefined;
  const start = () => new AplayProcess(options, { failed, xrun: () => paced?.ranDry() });
  const player = start();
  await player.opened(clock, signal);
  const timeline = new PlaybackTimeline(sampleRateHz, clock, 'realtime');
  const sink = new PacedSink(timeline, start, player);
  paced = sink;
  const name = device === undefined ? 'aplay' : `aplay ${device}`;
  return { queue: new PlaybackQueue({ name, timeline, sink }), sink };
}
