import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CAPTURE_RATE_HZ } from '../../../hardware/audio/pcm.js';
import { type Clock, sleep } from '../../../hardware/clock.js';
import type { ChatModel } from '../../../src/llm/chatModel.js';
import type { SpeechRecognizer, Transcript } from '../../../src/speech/asr/recognizer.js';
import { SPOKEN, turnOf } from '../../fixtures/runningTurn.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

const speculation = { maxAttempts: 3, maxSpeechMs: 10_000, prefill: false };

/** Takes several times as long as the sound, one recognition after the other, and like a thread ends what it has begun. */
class SlowRecognizer implements SpeechRecognizer {
  readonly name = 'slow';
  /** How much sound each call was given (ms). */
  readonly givenMs: number[] = [];
  /** The most recognitions that somebody waited for at a time. */
  mostWanted = 0;
  readonly #wanted = new Set<AbortSignal>();
  #last: Promise<void> = Promise.resolve();

  constructor(
    readonly clock: Clock,
    readonly realTimeFactor: number,
  ) {}

  /** Recognitions that somebody waits for now. */
  get wanted(): number {
    return [...this.#wanted].filter(({ aborted }) => !aborted).length;
  }

  async warmUp(): Promise<void> {}

  async transcribe(samples: Float32Array, signal: AbortSignal): Promise<Transcript> {
    const soundMs = (samples.length / CAPTURE_RATE_HZ) * 1000;
    const asrMs = soundMs * this.realTimeFactor;
    this.givenMs.push(soundMs);
    this.#wanted.add(signal);
    this.mostWanted = Math.max(this.mostWanted, this.wanted);
    const work = this.#last.then(() => (signal.aborted ? undefined : sleep(this.clock, asrMs, NEVER)));
    this.#last = work;
    try {
      await Promise.race([work, aborted(signal)]);
    } finally {
      this.#wanted.delete(signal);
    }
    return { text: 'Who was Ada?', asrMs };
  }

  async close(): Promise<void> {}
}

const NEVER = new AbortController().signal;

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

describe('a recogniser that is slower than speech', () => {
  function slowTurn(drawing: string) {
    const clock = new SteppedClock();
    const recognizer = new SlowRecognizer(clock, 3);
    const parts = turnOf({ clock, drawing, speechRecognizer: recognizer, speculation });
    const turn = parts.press();
    const answered = async () => {
      await parts.pass(drawing.length * 32);
      turn.commit();
      await parts.pass(60_000);
    };
    return { ...parts, recognizer, turn, answered };
  }

  it('still gets to its answer, later, with nothing of the utterance missing and nothing begun on suspicion', async () => {
    const { answered, clock, records, recognizer, turn } = slowTurn(SPOKEN);
    await answered();
    assert.equal(turn.types().at(-1), 'turn.replyEnded');
    const [record] = records;
    assert.equal(record?.transcript, 'Who was Ada?');
    assert.equal(record?.attempts, 0);
    assert.ok((recognizer.givenMs[0] ?? 0) >= 20 * 32, 'all that was said');
    const { endpoint, transcript } = record?.timeline.report() ?? {};
    assert.equal(endpoint, 640, 'it does not delay the end of the turn');
    assert.equal(transcript, 32 + 3 * (recognizer.givenMs[0] ?? 0), 'begun at the first silence, and only once');
    assert.equal(recognizer.givenMs.length, 1);
    assert.equal(clock.waiting, 0);
  });

  it('is asked for one thing at a time, however often the user pauses, and for all of it in the end', async () => {
    const pauses = 6;
    const spokenMs = pauses * (10 + 8) * 32;
    const { answered, clock, records, recognizer, turn } = slowTurn(
      `${'v'.repeat(10)}${'.'.repeat(8)}`.repeat(pauses) + '.'.repeat(20),
    );
    await answered();
    assert.equal(turn.types().at(-1), 'turn.replyEnded');
    assert.equal(recognizer.mostWanted, 1);
    assert.equal(recognizer.wanted, 0);
    assert.ok(recognizer.givenMs.length <= pauses + 1, `${recognizer.givenMs.length} recognitions`);
    assert.ok((recognizer.givenMs.at(-1) ?? 0) >= spokenMs - 8 * 32, 'the last one has everything that was said');
    assert.deepEqual(
      recognizer.givenMs,
      [...recognizer.givenMs].sort((a, b) => a - b),
      'each has more than the one before',
    );
    assert.equal(records[0]?.attempts, 0);
    assert.equal(clock.waiting, 0);
  });

  it('is not waited for when the turn is stopped', async () => {
    const { pass, recognizer, turn, records } = slowTurn(SPOKEN);
    await pass(SPOKEN.length * 32);
    turn.commit();
    await pass(100);
    turn.stop();
    await pass(0);
    assert.equal(records.length, 1);
    assert.equal(recognizer.wanted, 0);
    await pass(60_000);
    assert.equal(turn.types().at(-1), 'turn.endpoint');
  });
});

describe('a voice that is slower than speech', () => {
  const SENTENCES = Array.from({ length: 8 }, (_, n) => `Here is sentence ${'abcdefgh'.charAt(n)}.`);

  it('says everything, in order and with pauses, and the turn is over at the last sample', async () => {
    const { ask, clock, pass, playback, records, voice } = turnOf({
      model: SENTENCES.map((sentence) => `${sentence} `),
      voice: { makingMs: 5_000 },
    });
    const turn = ask();
    await pass(120_000);
    assert.deepEqual(
      voice.begun.map(({ text }) => text),
      SENTENCES,
    );
    assert.deepEqual(
      playback.played.map(({ heardAtMs }) => heardAtMs),
      SENTENCES.map((_, n) => (n + 1) * 5_000),
    );
    assert.equal(turn.at('turn.replyEnded'), SENTENCES.length * 5_000 + 2_000);
    assert.equal(records[0]?.heard, SENTENCES.join(' '));
    assert.equal(clock.waiting, 0);
  });

  it('slows the model down: of an endless reply only some sentences are taken ahead', async () => {
    let given = 0;
    let isOpen = false;
    const endless: ChatModel = {
      name: 'endless',
      probe: async () => ({ ready: true, version: '0' }),
      warmUp: async () => {},
      prefill: async () => {},
      async *reply(_messages, signal) {
        isOpen = true;
        try {
          while (!signal.aborted) {
            given++;
            yield 'Here is one more. ';
          }
        } finally {
          isOpen = false;
        }
      },
    };
    const { ask, clock, pass, records } = turnOf({ chatModel: endless, voice: { makingMs: 5_000 } });
    const turn = ask();
    await pass(1_000);
    const ahead = given;
    assert.ok(ahead < 50, `${ahead} sentences before the first is heard`);
    await pass(60_000);
    assert.ok(given <= ahead + 13, `one more for each that was made: ${given}`);
    turn.stop();
    await pass(0);
    assert.equal(isOpen, false);
    assert.equal(clock.waiting, 0);
    assert.equal(records[0]?.interrupted, true);
  });

  it('is heard as far as it came when the turn is stopped between two pieces', async () => {
    const { ask, conversation, pass } = turnOf({
      model: SENTENCES.map((sentence) => `${sentence} `),
      voice: { makingMs: 5_000 },
    });
    const turn = ask('Count.');
    await pass(2 * 5_000 + 3_000); // the third is being made, nothing sounds
    turn.stop();
    assert.equal(conversation.messages.at(-1)?.content, `${SENTENCES.slice(0, 2).join(' ')} … (interrupted)`);
  });
});
