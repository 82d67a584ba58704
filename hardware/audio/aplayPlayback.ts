import type { Clock } from '../clock.js';
import { type AplayOptions, AplayProcess } from './aplayProcess.js';
import { AudioError, type PlaybackDriver } from './drivers.js';
import { PacedSink } from './pacedSink.js';
import { PlaybackQueue } from './playbackQueue.js';
import { PlaybackTimeline } from './playbackTimeline.js';

export interface AplayPlaybackOptions extends AplayOptions {
  readonly clock: Clock;
}

/**
 * A speaker through one `aplay` process, which stays for all replies; only a flush replaces it, because nothing but
 * ending it silences what it holds already. Closing ends the sound: wait for `drained` before it.
 * @throws {AudioError} deviceMissing, deviceBusy or deviceLost, within about a second
 */
export async function openAplayPlayback(options: AplayPlaybackOptions): Promise<PlaybackDriver> {
  const { clock, sampleRateHz, device } = options;
  const player = new AplayProcess(options);
  await player.opened(clock);
  const timeline = new PlaybackTimeline(sampleRateHz, clock, 'realtime');
  return new PlaybackQueue({
    name: device === undefined ? 'aplay' : `aplay ${device}`,
    timeline,
    sink: new PacedSink(timeline, () => new AplayProcess(options), player),
  });
}

/** A rate that every device takes, itself or through ALSA's conversion. */
const PROBE_RATE_HZ = 48_000;

/** Whether a speaker answers now: opens the device, plays nothing, and closes it. Takes 60 ms, a second at most. */
export async function speakerAvailable(options: Omit<AplayPlaybackOptions, 'sampleRateHz'>): Promise<boolean> {
  const player = new AplayProcess({ ...options, sampleRateHz: PROBE_RATE_HZ });
  try {
    await player.opened(options.clock);
    return true;
  } catch (error) {
    if (error instanceof AudioError) return false;
    throw error;
  } finally {
    player.kill();
  }
}
