import type { Clock } from '../clock.js';
import type { PlaybackDriver } from './drivers.js';
import { PlaybackQueue } from './playbackQueue.js';
import { type PlaybackPace, PlaybackTimeline } from './playbackTimeline.js';

export interface NullPlaybackOptions {
  readonly sampleRateHz: number;
  readonly pace: PlaybackPace;
  readonly clock: Clock;
}

/** A loudspeaker that nobody hears, with the timing of a real one. */
export function createNullPlayback({ sampleRateHz, pace, clock }: NullPlaybackOptions): PlaybackDriver {
  return new PlaybackQueue({
    name: 'null',
    timeline: new PlaybackTimeline(sampleRateHz, clock, pace),
    sink: {
      earliestMs: () => clock.now(),
      write: async () => {},
      silence: () => {},
      cut: () => {},
      close: async () => {},
      discard: async () => {},
    },
  });
}
