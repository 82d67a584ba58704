import { durationMs, type PcmAudio } from '../../hardware/audio/pcm.js';
import { type Clock, sleep } from '../../hardware/clock.js';
import type { Voice } from '../speech/tts/voice.js';

/** A voice whose sound is there only when all of it is. */
export function wholeAudio(voice: Voice): Voice {
  return speaking(voice, async function* (text, signal) {
    const pieces: Float32Array[] = [];
    for await (const { samples } of voice.synthesize(text, signal)) pieces.push(samples);
    const samples = new Float32Array(pieces.reduce((total, piece) => total + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      samples.set(piece, at);
      at += piece.length;
    }
    yield { samples, sampleRateHz: voice.sampleRateHz };
  });
}

/** A voice that does something before each text. */
export function heldBack(voice: Voice, before: (signal: AbortSignal) => Promise<void>): Voice {
  return speaking(voice, async function* (text, signal) {
    await before(signal);
    yield* voice.synthesize(text, signal);
  });
}

/** A voice of which a new one is started, with its model, for each text. */
export function spawnedVoice(voice: Voice, start: () => Voice): Voice {
  return speaking(voice, async function* (text, signal) {
    const started = start();
    try {
      yield* started.synthesize(text, signal);
    } finally {
      await started.close();
    }
  });
}

/**
 * A voice behind a player that looks for the next chunk every `pollMs`, once the chunk before it has been heard out and
 * there was none. The chunks of a reply have its signal in common.
 */
export function polledVoice(voice: Voice, pollMs: number, clock: Clock): Voice {
  const heardOutAtMs = new WeakMap<AbortSignal, number>();
  return speaking(voice, async function* (text, signal) {
    const ranDryAtMs = heardOutAtMs.get(signal) ?? Number.POSITIVE_INFINITY;
    const polls = Math.max(0, Math.ceil((clock.now() - ranDryAtMs) / pollMs));
    const noticedAtMs = polls === 0 ? 0 : ranDryAtMs + polls * pollMs;
    for await (const pcm of voice.synthesize(text, signal)) {
      await sleep(clock, Math.max(0, noticedAtMs - clock.now()), signal);
      const fromMs = Math.max(clock.now(), heardOutAtMs.get(signal) ?? 0);
      heardOutAtMs.set(signal, fromMs + durationMs(pcm));
      yield pcm;
    }
  });
}

function speaking(voice: Voice, synthesize: (text: string, signal: AbortSignal) => AsyncGenerator<PcmAudio>): Voice {
  const { name, sampleRateHz } = voice;
  return { name, sampleRateHz, warmUp: (signal) => voice.warmUp(signal), close: () => voice.close(), synthesize };
}
