import { createNullPlayback } from '../../../hardware/audio/nullPlayback.js';
import { playbackKeepsItsContract, playbackKeepsPace } from './playbackContract.js';

playbackKeepsItsContract('NullPlayback (realtime)', async (_, clock) =>
  createNullPlayback({ sampleRateHz: 16_000, pace: 'realtime', clock }),
);
playbackKeepsItsContract('NullPlayback (fast)', async (_, clock) =>
  createNullPlayback({ sampleRateHz: 16_000, pace: 'fast', clock }),
);
playbackKeepsPace('NullPlayback', async (_, clock) =>
  createNullPlayback({ sampleRateHz: 16_000, pace: 'realtime', clock }),
);
