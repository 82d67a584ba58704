import { type ChildProcess, spawn } from 'node:child_process';
import type { PcmAudio } from '../../../hardware/audio/pcm.js';
import { messageOf } from '../../failures/messageOf.js';
import { isSpeakable } from './clauses.js';
import { PAUSES, type Pauses, speakClauses } from './speakClauses.js';
import type { SpeechRate } from './speechRate.js';
import { type Voice, VoiceError } from './voice.js';
import { readWaveSound } from './waveSound.js';

/** Which espeak-ng voice speaks, and how. */
export interface EspeakOptions extends Partial<Pauses> {
  /** As listed by `espeak-ng --voices`. Default: `en-us`. */
  readonly voice?: string;
  /** Speed in words per minute, 80 to 450. Default: 175. */
  readonly wordsPerMinute?: number;
  /** May change between two texts. Default: 1. */
  readonly rate?: SpeechRate;
  /** The program. Default: `espeak-ng`, looked up in `PATH`. */
  readonly command?: string;
  /** The program's environment. Default: that of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

/** The rate of all voices but the `mb-` ones, which are those of another program. */
const SAMPLE_RATE_HZ = 22_050;

/** Beyond these espeak-ng does not go (words per minute). */
const WORDS_PER_MINUTE = { min: 80, max: 450 } as const;

/** A voice name as espeak-ng has them: "en-us", "en-gb-x-rp", "gmw/en", "en+f3". */
const VOICE_NAME = /^[\p{L}\p{N}][\p{L}\p{N}_+/ -]*$/u;

/**
 * The robotic voice of espeak-ng, where it is installed: every language, hardly any time or memory. It runs as a child
 * process, one for each clause (13 ms to start): it is licensed GPL-3.0, and keeps nothing between texts.
 */
export class EspeakVoice implements Voice {
  readonly name: string;
  readonly sampleRateHz = SAMPLE_RATE_HZ;
  readonly #voice: string;
  readonly #command: string;
  readonly #wordsPerMinute: number;
  readonly #rate: SpeechRate;
  readonly #env: NodeJS.ProcessEnv | undefined;
  readonly #pauses: Pauses;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  /** @throws {VoiceError} `notFound` when `voice` cannot be a voice's name */
  constructor(options: EspeakOptions = {}) {
    const { voice = 'en-us', wordsPerMinute = 175, rate = { factor: 1 }, command = 'espeak-ng', env } = options;
    if (!VOICE_NAME.test(voice)) throw unknownVoice(voice);
    this.name = `espeak-ng:${voice}`;
    this.#voice = voice;
    this.#command = command;
    this.#wordsPerMinute = wordsPerMinute;
    this.#rate = rate;
    this.#env = env;
    const { sentencePauseMs = PAUSES.sentencePauseMs, clausePauseMs = PAUSES.clausePauseMs } = options;
    this.#pauses = { sentencePauseMs, clausePauseMs };
  }

  async warmUp(signal: AbortSignal): Promise<void> {
    await this.#speak('Ready.', this.#wordsPerMinute, signal);
  }

  synthesize(text: string, signal: AbortSignal): AsyncIterable<PcmAudio> {
    const pace = this.#wordsPerMinute * this.#rate.factor;
    return speakClauses(text, (clause, stop) => this.#speak(clause, pace, stop), this.#pauses, signal);
  }

  async close(): Promise<void> {
    this.#closing.abort(new VoiceError('failed', `the voice ${this.name} is closed`));
    await Promise.allSettled(this.#running);
  }

  async #speak(text: string, wordsPerMinute: number, signal: AbortSignal): Promise<PcmAudio> {
    signal.throwIfAborted();
    this.#closing.signal.throwIfAborted();
    if (!isSpeakable(text)) return { samples: new Float32Array(0), sampleRateHz: SAMPLE_RATE_HZ };
    const run = this.#run(text, wordsPerMinute, [signal, this.#closing.signal]);
    this.#running.add(run);
    try {
      return this.#sound(await run);
    } finally {
      this.#running.delete(run);
    }
  }

  /** Speaks once. Resolves or rejects when the process has ended; it is killed when one of `signals` is aborted. */
  #run(text: string, wordsPerMinute: number, signals: readonly AbortSignal[]): Promise<Buffer> {
    const pace = Math.min(WORDS_PER_MINUTE.max, Math.max(WORDS_PER_MINUTE.min, Math.round(wordsPerMinute)));
    const args = ['--stdin', '--stdout', '-b', '1', '-v', this.#voice, '-s', String(pace)];
    return new Promise((resolve, reject) => {
      const child = spawn(this.#command, args, {
        stdio: ['pipe', 'pipe', 'pipe'],
        ...(this.#env && { env: this.#env }),
      });
      const onAbort = () => {
        // Without a number it could not be started, and the signal would go to our own process group.
        if (child.pid !== undefined) child.kill('SIGKILL');
      };
      for (const signal of signals) signal.addEventListener('abort', onAbort, { once: true });
      const settle = (outcome: () => void) => {
        for (const signal of signals) signal.removeEventListener('abort', onAbort);
        outcome();
      };
      const sound = collect(child.stdout);
      const complaint = collect(child.stderr);
      child.on('error', (error) => settle(() => reject(this.#startError(error))));
      child.on('close', (code) =>
        settle(() => {
          const aborted = signals.find((signal) => signal.aborted);
          if (aborted) reject(aborted.reason);
          else if (code === 0) resolve(Buffer.concat(sound));
          else reject(this.#exitError(code, Buffer.concat(complaint).toString().trim()));
        }),
      );
      child.stdin.on('error', () => {}); // it ended before it read all; its exit says why
      child.stdin.end(text.replaceAll('[[', '[')); // "[[" would begin phoneme notation
    });
  }

  #sound(file: Buffer): PcmAudio {
    const sound = (() => {
      try {
        return readWaveSound(file);
      } catch (cause) {
        const why = messageOf(cause);
        throw new VoiceError('failed', `the voice ${this.name}: ${this.#command} gave no sound (${why})`, { cause });
      }
    })();
    if (sound.sampleRateHz !== SAMPLE_RATE_HZ) {
      const what = `speaks at ${sound.sampleRateHz} Hz instead of ${SAMPLE_RATE_HZ}`;
      throw new VoiceError('failed', `the voice ${this.name} ${what}. Choose one whose name does not begin with mb-.`);
    }
    return sound;
  }

  #startError(error: NodeJS.ErrnoException): VoiceError {
    const missing = error.code === 'ENOENT';
    const why = missing ? 'the program was not found' : error.message;
    return new VoiceError(
      missing ? 'notInstalled' : 'failed',
      `the voice ${this.name} needs ${this.#command}: ${why}. Install it with "sudo apt install espeak-ng".`,
      { cause: error },
    );
  }

  #exitError(code: ChildProcess['exitCode'], complaint: string): VoiceError {
    if (/voice does not exist/i.test(complaint)) return unknownVoice(this.#voice);
    return new VoiceError('failed', `the voice ${this.name}: ${this.#command} ended with ${code}. ${complaint}`);
  }
}

function collect(stream: NodeJS.ReadableStream): Buffer[] {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return chunks;
}

function unknownVoice(name: string): VoiceError {
  return new VoiceError('notFound', `espeak-ng has no voice "${name}". "espeak-ng --voices" lists them.`);
}
