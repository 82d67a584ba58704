import type { CaptureDriver, PlaybackDriver } from '../drivers.js';
import { FRAME_MS, FRAME_SAMPLES, type PcmFrame, toFloat32 } from '../pcm.js';
import { CHIRP_MS, Chirp } from './chirp.js';
import { type EchoMeasurement, summariseEcho } from './echoMeasurement.js';
import { HEARD_AFTER_MS, HEARD_BEFORE_MS, type Recording, readEcho } from './echoReading.js';

const REPETITIONS = 3;

/** Before each chirp. */
const SILENCE_MS = 1_000;

/** A working microphone of 16 bits deviates by more than one step through its own noise alone. */
const DIGITAL_SILENCE_STEPS = 2;

/**
 * Plays a chirp three times, a second of silence before each, and measures what the microphone hears of it: about six
 * seconds. Both devices are open, on one clock, and stay open.
 * @throws {AudioError} when a device is lost; the signal's reason
 */
export async function probeEcho(
  microphone: CaptureDriver,
  speaker: Pick<PlaybackDriver, 'play'>,
  signal: AbortSignal,
): Promise<EchoMeasurement> {
  const chirp = new Chirp();
  const frames: PcmFrame[] = [];
  const heardAtMs: number[] = [];
  let nextMs: number | undefined;
  for await (const frame of microphone.capture({ ownSpeech: 'heard' }, signal)) {
    frames.push(frame);
    nextMs ??= frame.capturedAtMs + SILENCE_MS;
    if (frame.capturedAtMs < nextMs) continue;
    if (heardAtMs.length === REPETITIONS) break;
    const played = await speaker.play(chirp.sound, signal);
    heardAtMs.push(played.heardAtMs);
    nextMs = played.heardAtMs + (heardAtMs.length === REPETITIONS ? HEARD_AFTER_MS : CHIRP_MS + SILENCE_MS);
  }
  const readings = heardAtMs.map((atMs) => readEcho(chirp, recordingAround(frames, atMs), atMs));
  return summariseEcho(readings, hasSignal(frames));
}

/**
 * Whether a microphone gives anything. One that is muted, unplugged behind its adapter or switched off gives the same
 * number all the time.
 */
export function hasSignal(frames: readonly PcmFrame[]): boolean {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const { samples } of frames) {
    for (const x of samples) {
      lowest = Math.min(lowest, x);
      highest = Math.max(highest, x);
    }
  }
  return highest - lowest > DIGITAL_SILENCE_STEPS;
}

/** What was captured around a chirp, as one piece that begins when most of its frames say that it did. */
function recordingAround(frames: readonly PcmFrame[], heardAtMs: number): Recording {
  const around = frames.filter(
    ({ capturedAtMs }) =>
      capturedAtMs > heardAtMs - HEARD_BEFORE_MS && capturedAtMs < heardAtMs + HEARD_AFTER_MS + FRAME_MS,
  );
  const samples = new Float32Array(around.length * FRAME_SAMPLES);
  for (const [n, frame] of around.entries()) samples.set(toFloat32(frame.samples), n * FRAME_SAMPLES);
  const starts = around.map(({ capturedAtMs }, n) => capturedAtMs - (n + 1) * FRAME_MS).sort((a, b) => a - b);
  return { samples, startMs: starts[Math.floor(starts.length / 2)] ?? heardAtMs };
}
