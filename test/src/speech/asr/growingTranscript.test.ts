import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { SimulatedClock } from 'xstate';
import { GrowingTranscript, type PartialTranscript } from '../../../../src/speech/asr/growingTranscript.js';
import type { SpeechRecognizer, Transcript } from '../../../../src/speech/asr/recognizer.js';
import type { Utterance } from '../../../../src/speech/utterance.js';

interface Run {
  readonly lengthMs: number;
  readonly signal: AbortSignal;
  readonly draft: string | undefined;
  readonly makes: (text: string, asrMs?: number) => Promise<void>;
  readonly fails: (error: Error) => Promise<void>;
}

function growing() {
  const runs: Run[] = [];
  const partials: PartialTranscript[] = [];
  const recognizer: SpeechRecognizer = {
    name: 'fake',
    warmUp: async () => {},
    close: async () => {},
    transcribe: (samples, signal, draft) =>
      new Promise<Transcript>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        runs.push({
          lengthMs: samples.length / 16,
          signal,
          draft: draft?.text,
          makes: async (text, asrMs = 0) => {
            resolve({ text, asrMs });
            await turnOfTheLoop();
          },
          fails: async (error) => {
            reject(error);
            await turnOfTheLoop();
          },
        });
      }),
  };
  const clock = new SimulatedClock();
  const turn = new AbortController();
  const transcript = new GrowingTranscript(recognizer, clock, (partial) => partials.push(partial), turn.signal);
  const grown = (lengthMs: number) => transcript.grown(lengthMs, () => spoken(lengthMs));
  return { transcript, grown, runs, partials, clock, turn, lengths: () => runs.map(({ lengthMs }) => lengthMs) };
}

/** @param wordsEndMs the rest is silence, though the detector may not have noticed */
function spoken(lengthMs: number, wordsEndMs = lengthMs): Utterance {
  return { samples: new Float32Array(lengthMs * 16), speechEndAtMs: wordsEndMs, voicedMs: wordsEndMs };
}

describe('a transcript that grows while the user speaks', () => {
  it('is made anew when half a word more was said, one recognition at a time', async () => {
    const { grown, runs, lengths } = growing();
    for (const ms of [100, 200, 300, 400]) grown(ms);
    assert.deepEqual(lengths(), [200]);
    await runs[0]?.makes('turn');
    grown(350);
    assert.deepEqual(lengths(), [200]);
    grown(400);
    assert.deepEqual(lengths(), [200, 400]);
    assert.equal(runs[1]?.draft, 'turn');
  });

  it('is stable as far as two of them agree, whatever the capitals and marks', async () => {
    const { grown, runs, partials } = growing();
    const texts = ['Turn on.', 'Turn on, the living.', 'turn on the living room'];
    for (const [i, text] of texts.entries()) {
      grown(300 * (i + 1));
      await runs[i]?.makes(text);
    }
    assert.deepEqual(
      partials.map(({ stable }) => stable),
      ['', 'Turn on', 'turn on the living'],
    );
    assert.equal(partials.at(-1)?.text, 'turn on the living room');
  });

  it('is recognised at a moment of silence, as soon as nothing else is', async () => {
    const { grown, transcript, runs, lengths } = growing();
    grown(300);
    transcript.silent(spoken(400));
    assert.deepEqual(lengths(), [300]);
    await runs[0]?.makes('turn');
    assert.deepEqual(lengths(), [300, 400]);
  });

  it('is recognised at once at a moment of silence, when what is being recognised has only begun', async () => {
    const { grown, transcript, runs, clock, lengths } = growing();
    grown(300);
    await runs[0]?.makes('turn', 100);
    grown(600);
    clock.increment(49);
    transcript.silent(spoken(700));
    assert.equal(runs[1]?.signal.aborted, true);
    clock.increment(50);
    transcript.silent(spoken(800));
    assert.equal(runs[2]?.signal.aborted, false, 'half of it is done');
    assert.deepEqual(lengths(), [300, 600, 700]);
  });

  it('has all that was said when it was begun after the last word, before the silence was noticed', async () => {
    const { grown, transcript, runs, lengths } = growing();
    grown(600);
    transcript.silent(spoken(650, 560));
    const whole = transcript.whole(spoken(700, 560));
    await runs[0]?.makes('Turn on the lamp.');
    assert.equal((await whole).text, 'Turn on the lamp.');
    assert.deepEqual(lengths(), [600]);
    transcript.silent(spoken(900, 860));
    assert.deepEqual(lengths(), [600, 900], 'more was said');
  });

  it('forgets a silence that was the gap between two words', async () => {
    const { grown, transcript, runs, lengths } = growing();
    grown(300);
    transcript.silent(spoken(400));
    transcript.voiced();
    await runs[0]?.makes('turn');
    assert.deepEqual(lengths(), [300]);
  });

  it('is there at the end when the silence before it was recognised', async () => {
    const { transcript, runs, lengths } = growing();
    const all = spoken(900);
    transcript.silent(all);
    await runs[0]?.makes('Turn on the lamp.');
    assert.equal((await transcript.whole(all)).text, 'Turn on the lamp.');
    assert.deepEqual(lengths(), [900]);
  });

  it('drops what is being recognised when the end comes with more', async () => {
    const { grown, transcript, runs, lengths } = growing();
    grown(600);
    const whole = transcript.whole(spoken(900));
    assert.equal(runs[0]?.signal.aborted, true);
    assert.deepEqual(lengths(), [600, 900]);
    await runs[1]?.makes('Turn on the lamp.');
    assert.equal((await whole).text, 'Turn on the lamp.');
  });

  it('fails only for who wants the whole', async () => {
    const { grown, transcript, runs } = growing();
    grown(300);
    await runs[0]?.fails(new Error('out of memory'));
    grown(600);
    assert.equal(runs.length, 2, 'the next one is tried');
    const whole = transcript.whole(spoken(900));
    await runs[2]?.fails(new Error('out of memory'));
    await assert.rejects(whole, /out of memory/);
  });

  it('is tried again after a failure when more was said, and not at each moment', async () => {
    const { grown, runs, lengths } = growing();
    grown(300);
    await runs[0]?.fails(new Error('its thread died'));
    for (const ms of [332, 364, 396, 500, 532]) grown(ms);
    assert.deepEqual(lengths(), [300, 500]);
  });

  it('leaves nothing running', () => {
    const { grown, transcript, runs, turn } = growing();
    grown(300);
    transcript.abandon();
    grown(700);
    turn.abort(new Error('the turn is over'));
    assert.deepEqual(
      runs.map(({ signal }) => signal.aborted),
      [true, true],
    );
  });
});
