import type { Clock } from '../clock.js';
import type { PlaybackDriver } from './drivers.js';
import { PlaybackQueue } from './playbackQueue.js';
import { type PlaybackPace, PlaybackTimeline } from './playbackTimeline.js';
import { WavWriter, type WavWriterOptions } from './wavWriter.js';

export interface WavPlaybackOptions extends WavWriterOptions {
  readonly pace: PlaybackPace;
  readonly clock: Clock;
}

/**
 * A loudspeaker whose sound ends up in a WAV file: in real time just as it would have been heard, silence between the
 * pieces included; fast, the pieces back to back. What is queued when it is closed is written whole.
 * @throws {AudioError} unwritable
 */
export async function openWavPlayback(options: WavPlaybackOptions): Promise<PlaybackDriver> {
  const { file, sampleRateHz, pace, clock } = options;
  const writer = await WavWriter.open(options);
  return new PlaybackQueue({
    name: `wav ${file}`,
    timeline: new PlaybackTimeline(sampleRateHz, clock, pace),
    sink: {
      earliestMs: () => clock.now(),
      write: (samples) => writer.append(samples),
      silence: (samples) => writer.appendSilence(samples),
      cut: (samples) => writer.cut(samples),
      close: () => writer.close(),
      discard: () => writer.discard(),
    },
  });
}
