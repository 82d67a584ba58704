/** Piper's thread: everything that computes for `PiperVoice` runs here. */
import { workerData } from 'node:worker_threads';
import { serveInference } from '../../inference/serveInference.js';
import { PiperEngine, type PiperSettings } from './piperEngine.js';

/** Loads at the first use, and again at the next one when that failed: the owner may have mended the file. */
function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

const engine = lazily(async () => {
  const { loadPhonemizer } = await import('./espeakPhonemes.js');
  return PiperEngine.load(workerData as PiperSettings, loadPhonemizer);
});

serveInference({
  speak: async ({ text }: { text: string }, signal) => {
    const sound = await (await engine()).speak(text, signal);
    return { value: sound, transfer: [sound.samples.buffer] };
  },
  symbols: async ({ text }: { text: string }) => ({ value: (await engine()).symbols(text) }),
});
