import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { PcmAudio } from '../../../hardware/audio/pcm.js';
import { sleep } from '../../../hardware/clock.js';
import type { Voice } from '../../../src/speech/tts/voice.js';
import { PlayedWords } from '../../../src/turn/interruption/playedWords.js';
import { speak } from '../../../src/turn/speak.js';
import { SpokenReply } from '../../../src/turn/spokenReply.js';
import { TurnControl } from '../../../src/turn/turnControl.js';
import { newDraft, type TurnRecord } from '../../../src/turn/turnRecord.js';
import { FakePlayback } from '../../fixtures/fakePlayback.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

interface Piece {
  readonly lengthMs: number;
  readonly makingMs: number;
  /** Silence at its end. */
  readonly pauseMs: number;
}

/** Everything by the millisecond: one sample each. */
const piece = fc.record({
  lengthMs: fc.integer({ min: 1, max: 2_500 }),
  makingMs: fc.integer({ min: 0, max: 1_500 }),
  pauseMs: fc.integer({ min: 0, max: 200 }),
});
const chunks = fc.array(fc.array(piece, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
const duckings = fc.array(
  fc.record({ afterMs: fc.integer({ min: 0, max: 3_000 }), forMs: fc.integer({ min: 0, max: 4_000 }) }),
  { maxLength: 6 },
);

/** Loud samples are above one half, the others silent; both say the how many-th they are. */
const LOUD = 0.5;
const silentSample = (n: number) => n * 1e-9;
const loudSample = (n: number) => LOUD + n * 1e-6;
const numberOf = (sample: number) => Math.round(sample >= LOUD ? (sample - LOUD) * 1e6 : sample * 1e9);

class NumberedVoice implements Voice {
  readonly name = 'numbered';
  readonly sampleRateHz = 1_000;
  samples = 0;
  #chunk = 0;

  constructor(
    readonly clock: SteppedClock,
    readonly script: readonly (readonly Piece[])[],
  ) {}

  async warmUp(): Promise<void> {}

  async *synthesize(_text: string, signal: AbortSignal): AsyncGenerator<PcmAudio> {
    for (const { lengthMs, makingMs, pauseMs } of this.script[this.#chunk++] ?? []) {
      await sleep(this.clock, makingMs, signal);
      const samples = Float32Array.from({ length: lengthMs }, (_, index) => {
        const n = this.samples++;
        return index < lengthMs - pauseMs || n === 0 ? loudSample(n) : silentSample(n);
      });
      yield { samples, sampleRateHz: this.sampleRateHz };
    }
  }

  async close(): Promise<void> {}
}

function emptyRecord(clock: SteppedClock): TurnRecord {
  return {
    ...newDraft(clock),
    turnId: 'turn-1',
    source: 'typed',
    transcript: null,
    partials: 0,
    prefills: 0,
    attempts: 0,
    wastedTokens: 0,
    anticipated: false,
    queuedMs: [],
    heard: '',
    interrupted: false,
  };
}

/** Speaks a reply of one sentence a chunk, ducked and resumed at given times, one after the other. */
async function spoken(script: readonly (readonly Piece[])[], ducked: readonly { afterMs: number; forMs: number }[]) {
  const clock = new SteppedClock();
  const [voice, playback, played] = [new NumberedVoice(clock, script), new FakePlayback(clock), new PlayedWords()];
  const record = emptyRecord(clock);
  const control = new TurnControl(false);
  const { signal } = new AbortController();
  const words = async function* () {
    for (const n of script.keys()) yield `Here are six words, number ${'abcde'.charAt(n)}. `;
  };
  const reply = new SpokenReply(words, voice, record, signal, { language: 'en-US', clock: '12h' });
  let atMs = 0;
  for (const { afterMs, forMs } of ducked) {
    clock.setTimeout(() => control.obey({ type: 'duck' }), atMs + afterMs);
    atMs += afterMs + forMs;
    clock.setTimeout(() => control.obey({ type: 'resume' }), atMs);
  }
  let audible = 0;
  await clock.run(speak(reply, { voice, playback, played }, record, { audible: () => audible++ }, control, signal));
  return { clock, voice, playback, played, record, audible };
}

describe('a reply, however often it is ducked', () => {
  it('is heard whole and in order at full loudness, each time from a second before at most', async () => {
    await fc.assert(
      fc.asyncProperty(chunks, duckings, async (script, ducked) => {
        const { voice, playback, record, audible } = await spoken(script, ducked);
        let last = -1;
        for (const { samples } of playback.heard.filter(({ loudness }) => loudness === 1)) {
          const first = numberOf(samples[0] ?? Number.NaN);
          assert.ok(first <= last + 1, `${first} after ${last}: a hole`);
          assert.ok(first > last - 1_001, `${first} after ${last}: too far back`);
          last = first + samples.length - 1;
          assert.equal(numberOf(samples.at(-1) ?? Number.NaN), last);
        }
        assert.equal(last, voice.samples - 1);
        assert.equal(audible, 1);
        assert.equal(record.heard, script.map((_, n) => `Here are six words, number ${'abcde'.charAt(n)}.`).join(' '));
        assert.equal(record.queuedMs.length, record.chunks.length);
        assert.ok((playback.ducks.at(-1)?.factor ?? 1) === 1, 'it is left ducked');
      }),
      { numRuns: 150 },
    );
  });

  it('says in the end that the words were heard when their sound was', async () => {
    await fc.assert(
      fc.asyncProperty(chunks, duckings, async (script, ducked) => {
        const { playback, played } = await spoken(script, ducked);
        const heard = playback.heard;
        for (const { heardAtMs, lengthMs } of played.chunks) {
          assert.ok(heard.some((sound) => sound.heardAtMs <= heardAtMs && heardAtMs < sound.untilMs));
          // Pieces that follow each other within 50 ms are one.
          assert.ok(heard.some(({ untilMs }) => Math.abs(untilMs - heardAtMs - lengthMs) < 51));
        }
      }),
      { numRuns: 80 },
    );
  });
});
