/** Piper's thread: everything that computes for `PiperVoice` runs here. */
import { workerData } from 'node:worker_threads';
import { serveInference } from '../../inference/serveInference.js';
import type { LatentWindow } from './clauseLatent.js';
import { lazily } from './lazily.js';
import { PiperEngine, type PiperSettings, type SpeakArgs } from './piperEngine.js';

const engine = lazily(async () => {
  const { loadPhonemizer } = await import('./espeakPhonemes.js');
  return PiperEngine.load(workerData as PiperSettings, loadPhonemizer);
});

serveInference({
  speak: async ({ text, rate, leadingSilenceMs }: SpeakArgs, signal) => {
    const sound = await (await engine()).speak(text, leadingSilenceMs, signal, rate);
    return { value: sound, transfer: [sound.samples.buffer, ...(sound.latent ? [sound.latent.data.buffer] : [])] };
  },
  generate: async ({ window }: { window: LatentWindow }) => {
    const samples = await (await engine()).generate(window);
    return { value: samples, transfer: [samples.buffer] };
  },
  symbols: async ({ text }: { text: string }) => ({ value: (await engine()).symbols(text) }),
});
