import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '../../../hardware/clock.js';
import type { SpeechRecognizer } from '../../../src/speech/asr/recognizer.js';
import { measureSpeech } from '../../../src/speech/measureSpeech.js';
import { openVoice } from '../../../src/speech/tts/openVoice.js';
import { ASR_MODEL, openRecognizer } from '../../fixtures/ears.js';
import { FakeRecognizer } from '../../fixtures/fakeRecognizer.js';
import { FakeVoice } from '../../fixtures/fakeVoice.js';
import { skipWithoutModel } from '../../fixtures/models.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

const never = new AbortController().signal;

describe('measuring the voice and the recogniser', () => {
  it('times a sentence of the voice, and what the recogniser makes of it', async () => {
    const clock = new SteppedClock();
    const voice = new FakeVoice(clock, { msPerWord: 400, makingMs: 300, pieces: 3 });
    const recognizer = new FakeRecognizer(clock, 'the quick brown fox', 900);
    const measured = await clock.run(measureSpeech(voice, recognizer, clock, never));
    assert.deepEqual(measured, {
      synthesis: { tookMs: 900, firstPieceMs: 300, audioMs: 3_600 },
      recognition: { tookMs: 900, audioMs: 3_600 },
      heard: 'the quick brown fox',
    });
  });

  it('gives the recogniser the sound at the rate of a microphone', async () => {
    const clock = new SteppedClock();
    let heard = new Float32Array(0);
    const recognizer: SpeechRecognizer = {
      name: 'listener',
      warmUp: async () => {},
      close: async () => {},
      transcribe: async (samples) => {
        heard = new Float32Array(samples);
        return { text: '', asrMs: 1 };
      },
    };
    await clock.run(measureSpeech(new FakeVoice(clock, { msPerWord: 100, pieces: 2 }), recognizer, clock, never));
    assert.equal(heard.length, 900 * 16);
    assert.ok(Math.abs((heard[7_200] ?? 0) - 0.5) < 0.01, 'the middle of it is the sound itself');
  });

  it('stops at once when somebody talks while the voice is at work', async () => {
    const clock = new SteppedClock();
    const voice = new FakeVoice(clock, { makingMs: 200 });
    const recognizer = new FakeRecognizer(clock, 'never');
    const turn = new AbortController();
    const needed = new Error('somebody talks');
    clock.setTimeout(() => turn.abort(needed), 100);
    await assert.rejects(clock.run(measureSpeech(voice, recognizer, clock, turn.signal)), needed);
    assert.deepEqual([clock.now(), clock.waiting, voice.aborted], [100, 0, 1]);
    assert.deepEqual(recognizer.calledAtMs, []);
  });

  it('stops at once when somebody talks while the recogniser is at work', async () => {
    const clock = new SteppedClock();
    const recognizer = new FakeRecognizer(clock, 'never', 1_000);
    const turn = new AbortController();
    const needed = new Error('somebody talks');
    const interrupted: SpeechRecognizer = {
      name: 'interrupted',
      warmUp: async () => {},
      close: async () => {},
      transcribe: (samples, signal) => {
        clock.setTimeout(() => turn.abort(needed), 300);
        return recognizer.transcribe(samples, signal);
      },
    };
    const voice = new FakeVoice(clock, { makingMs: 200 });
    await assert.rejects(clock.run(measureSpeech(voice, interrupted, clock, turn.signal)), needed);
    assert.deepEqual([clock.now(), clock.waiting, recognizer.aborted], [500, 0, 1]);
  });

  it('fails when the voice makes no sound', async () => {
    const clock = new SteppedClock();
    const silent = new FakeVoice(clock, { pieces: 0 });
    await assert.rejects(
      clock.run(measureSpeech(silent, new FakeRecognizer(clock, ''), clock, never)),
      /^VoiceError: the voice fake makes no sound/,
    );
  });

  it('proves that the real ones understand each other', { skip: skipWithoutModel(ASR_MODEL) }, async (t) => {
    const voice = openVoice('flite:rms');
    const recognizer = openRecognizer();
    t.after(() => Promise.all([voice.close(), recognizer.close()]));
    const { heard, synthesis, recognition } = await measureSpeech(voice, recognizer, systemClock, never);
    assert.match(heard, /quick brown fox/);
    assert.ok(synthesis.audioMs > 2_000 && Math.abs(synthesis.audioMs - recognition.audioMs) < 1);
  });
});
