import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as realTime } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { portaudioPlayback } from '../../hardware/audio/portaudio/portaudio.js';
import { Speaker } from '../../hardware/audio/speaker.js';
import { systemClock as clock } from '../../hardware/clock.js';
import { seededNumbers } from '../../src/bench/sim/seededNumbers.js';
import { firstAudibleMs, soundEndMs } from '../../src/bench/soundCard/audible.js';
import { percentile } from '../../src/bench/turnFigures.js';
import { type CleanUp, Leftovers } from '../fixtures/cleanUp.js';
import { pulseMissing } from '../fixtures/pulse/pulseMissing.js';
import type { PulseRig } from '../fixtures/pulse/pulseRig.js';
import { startPulse } from '../fixtures/pulse/startPulse.js';
import { sine } from '../fixtures/wavFiles.js';

/**
 * How long it takes to be silent: the speaker plays, is flushed after a random time with a random length of sound
 * queued, and the sound server's monitor tells when the last audible sample was heard. Figures, never verdicts.
 * Its resolution is the null sink's: 10 ms.
 */
const RATE_HZ = 22_050;
const LEAST_QUEUED_MS = 200;
const MOST_QUEUED_MS = 60_000;
/** As long as a sentence; a reply is queued sentence by sentence. */
const PIECE_MS = 3_000;
/** The user interrupts after this at the latest. */
const LONGEST_WAIT_MS = 1_500;
/** Silence after which nothing more comes. */
const QUIET_MS = 300;
const HANG_MS = 10_000;

interface BargeIn {
  readonly stopMs: number;
  readonly firstSoundMs: number;
  /** How much later than said the first sample was heard. */
  readonly heardLateMs: number;
}

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    load: { type: 'boolean', default: false },
  },
});
const missing = pulseMissing();
if (missing !== false) {
  process.stderr.write(`The benchmark ${missing}\n`);
  process.exitCode = 1;
} else {
  const leftovers = new Leftovers();
  process.once('SIGINT', () => leftovers.clear());
  try {
    await bench(leftovers);
  } finally {
    await leftovers.clear();
  }
}

async function bench(cleanUp: CleanUp): Promise<void> {
  const rig = await startPulse(cleanUp);
  const open = portaudioPlayback({ clock, env: { ...process.env, ...rig.env } });
  const lost = new AbortController();
  const speaker = new Speaker({ open, clock, gain: 1, onLost: (error) => lost.abort(error) });
  cleanUp.after(() => speaker.discard());
  await speaker.open(lost.signal);
  if (values.load) loadMachine(cleanUp);
  const random = seededNumbers(Number(values.seed));
  const runs: BargeIn[] = [];
  for (let n = 0; n < Number(values.runs); n++) runs.push(await bargeIn(rig, speaker, random, lost.signal));
  const result = {
    machine: values.load ? 'loaded' : 'idle',
    runs: runs.length,
    seed: Number(values.seed),
    speaker: speaker.name,
    xruns: speaker.xruns,
    stopMs: spread(runs.map(({ stopMs }) => stopMs)),
    firstSoundMs: spread(runs.map(({ firstSoundMs }) => firstSoundMs)),
    heardLateMs: spread(runs.map(({ heardLateMs }) => heardLateMs)),
  };
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
}

async function bargeIn(rig: PulseRig, speaker: Speaker, random: () => number, lost: AbortSignal): Promise<BargeIn> {
  const recording = await rig.recordSpeaker();
  const signal = AbortSignal.any([lost, AbortSignal.timeout(HANG_MS)]);
  // As many short ones as long ones.
  const queuedMs = LEAST_QUEUED_MS * (MOST_QUEUED_MS / LEAST_QUEUED_MS) ** random();
  const waitMs = random() * Math.min(LONGEST_WAIT_MS, queuedMs - LEAST_QUEUED_MS / 2);
  const playedAtMs = performance.now();
  const pieces: Promise<{ heardAtMs: number } | undefined>[] = [];
  for (let leftMs = queuedMs; leftMs > 0; leftMs -= PIECE_MS) {
    const pcm = {
      samples: sine(440, RATE_HZ, Math.round((Math.min(leftMs, PIECE_MS) * RATE_HZ) / 1000)),
      sampleRateHz: RATE_HZ,
    };
    pieces.push(speaker.play(pcm, signal).catch(() => undefined));
  }
  await recording.audible(signal);
  await realTime(waitMs);
  const flushedAtMs = performance.now();
  speaker.flush();
  await recording.quiet(QUIET_MS, signal);
  const sound = recording.end();
  const heardAtMs = (await pieces[0])?.heardAtMs ?? Number.NaN;
  const firstMs = firstAudibleMs(sound, playedAtMs) ?? Number.NaN;
  return {
    stopMs: soundEndMs(sound, flushedAtMs, QUIET_MS / 2) - flushedAtMs,
    firstSoundMs: firstMs - playedAtMs,
    heardLateMs: firstMs - heardAtMs,
  };
}

/** Two processes that compute without end, as a language model does on a small computer. */
function loadMachine(cleanUp: CleanUp): void {
  for (let n = 0; n < 2; n++) {
    const child: ChildProcess = spawn(process.execPath, ['--eval', 'for (;;) {}'], { stdio: 'ignore' });
    child.on('error', (error) => process.stderr.write(`${error.message}\n`));
    cleanUp.after(() => {
      // Without a number it could not be started, and the signal would go to our own process group.
      if (child.pid !== undefined) child.kill('SIGKILL');
    });
  }
}

function spread(ms: readonly number[]): Record<'min' | 'p50' | 'p95' | 'max', number | null> {
  const at = (share: number) => {
    const value = percentile(ms, share);
    return value === null ? null : Math.round(value * 10) / 10;
  };
  return { min: at(0), p50: at(0.5), p95: at(0.95), max: at(1) };
}
