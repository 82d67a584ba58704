import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { PcmAudio } from '../../../hardware/audio/pcm.js';
import { toInt16 } from '../../../hardware/audio/pcm.js';
import { openWav } from '../../../hardware/audio/wavReader.js';
import { AUDIBLE, firstAudibleMs } from './audible.js';
import { Recorder } from './recorder.js';

/** When a sound was heard by the microphone, on `performance.now()` (ms). */
export interface HeardSound {
  /** Its first sample; within about 10 ms. */
  readonly startMs: number;
  /** Behind its last sample. */
  readonly endMs: number;
}

/** A sound on its way into a sink. */
export interface PlayingSound {
  /** When it was heard, once it has been. @throws the signal's reason; the sound ends at once then */
  readonly ended: Promise<HeardSound>;
  /** When its first sample was heard, also of a sound that was ended early; undefined before its first audible one was. */
  startMs(): number | undefined;
}

export interface PlayOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /**
   * Finds the sink input of a process. Where it is given, the sound is told from all else that is played into the sink;
   * else it has to be the only one.
   */
  readonly sinkInputOf?: (process: number) => Promise<number>;
}

/** PulseAudio may swallow the beginning of a stream: silence, then. */
const LEAD_IN_MS = 100;

/** Sound that the server holds in advance: bridges a busy machine, and is there from the beginning. */
const LEAD_MS = 500;

/** A WAV file, mixed to mono, or samples. */
export async function soundOf(source: string | PcmAudio): Promise<PcmAudio> {
  if (typeof source !== 'string') return source;
  const reader = await openWav(source);
  const samples: number[] = [];
  for await (const block of reader.blocks()) for (const sample of block) samples.push(sample);
  return { samples: Float32Array.from(samples), sampleRateHz: reader.sampleRateHz };
}

/**
 * Plays a sound into a sink in real time.
 * @returns when it was heard, measured at the sink: from its first audible sample, or from its end where it has none
 * @throws the signal's reason; the sound ends at once then
 */
export async function playInto(sink: string, sound: PcmAudio, options: PlayOptions): Promise<HeardSound> {
  return (await startPlaying(sink, sound, options)).ended;
}

/** Likewise, without waiting for its end. Resolves when it is on its way. @throws the signal's reason */
export async function startPlaying(sink: string, sound: PcmAudio, options: PlayOptions): Promise<PlayingSound> {
  const { env, signal, sinkInputOf } = options;
  signal.throwIfAborted();
  const samples = toInt16(sound.samples);
  const durationMs = (samples.length / sound.sampleRateHz) * 1000;
  const firstAudible = samples.findIndex((x) => Math.abs(x) > AUDIBLE);
  const player = new Player(sink, sound.sampleRateHz, env, signal);
  const source = { source: `${sink}.monitor`, sampleRateHz: 16_000, env };
  let recorder: Recorder | undefined;
  try {
    // A program that cannot play ends before it has a sink input.
    const sinkInput = sinkInputOf && (await Promise.race([player.started.then(sinkInputOf), player.ended]));
    recorder = new Recorder({ ...source, ...(typeof sinkInput === 'number' && { sinkInput }) });
    await recorder.attach();
  } catch (error) {
    recorder?.detach();
    player.stop();
    await player.ended.catch(() => {}); // the error says why
    throw error;
  }
  const recording = recorder;
  const fromMs = performance.now();
  player.play(samples);
  const startMs = () => {
    const heardMs = firstAudible < 0 ? undefined : firstAudibleMs(recording.sound(), fromMs);
    return heardMs === undefined ? undefined : heardMs - (firstAudible / sound.sampleRateHz) * 1000;
  };
  const ended = player.ended
    .then(() => startMs() ?? performance.now() - durationMs)
    .then((heardMs) => ({ startMs: heardMs, endMs: heardMs + durationMs }))
    .finally(() => recording.detach());
  ended.catch(() => {}); // for whoever looks only at its start
  return { ended, startMs };
}

/** One program that plays raw samples. */
class Player {
  readonly #child: ChildProcessByStdio<Writable, null, Readable>;
  /** Its process, when it runs. */
  readonly started: Promise<number>;
  /** Resolves when the last sample was heard. */
  readonly ended: Promise<void>;

  constructor(
    sink: string,
    private readonly sampleRateHz: number,
    env: NodeJS.ProcessEnv,
    signal: AbortSignal,
  ) {
    const format = ['--raw', '--format=s16le', '--channels=1', `--rate=${sampleRateHz}`];
    const child = spawn('pacat', ['--playback', '-d', sink, ...format, `--latency-msec=${LEAD_MS}`], {
      stdio: ['pipe', 'ignore', 'pipe'],
      env,
    });
    this.#child = child;
    const stop = () => this.stop();
    signal.addEventListener('abort', stop);
    this.started = new Promise((resolve, reject) => {
      child.once('spawn', () => resolve(child.pid ?? 0));
      child.once('error', reject);
    });
    this.started.catch(() => {}); // `ended` tells it too
    this.ended = new Promise<void>((resolve, reject) => {
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      child.once('error', reject);
      child.once('close', (code) =>
        code === 0 ? resolve() : reject(signal.reason ?? new Error(`pacat cannot play into ${sink}: ${said}`)),
      );
      child.stdin.on('error', () => {}); // its exit says more
    }).finally(() => {
      signal.removeEventListener('abort', stop);
      stop();
    });
    this.ended.catch(() => {}); // nobody may be waiting for it yet
  }

  play(samples: Int16Array): void {
    this.#child.stdin.write(Buffer.alloc(2 * Math.round((this.sampleRateHz * LEAD_IN_MS) / 1000)));
    this.#child.stdin.end(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
  }

  stop(): void {
    // Without a number it could not be started, and the signal would go to our own process group.
    if (this.#child.pid !== undefined) this.#child.kill('SIGKILL');
  }
}
