import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { sleep } from '../../../hardware/clock.js';
import { LlmError } from '../../../src/llm/chatModel.js';
import type { IntentSkill } from '../../../src/skills/intent.js';
import { understanding } from '../../../src/skills/understanding.js';
import type { EndOfTurnModel } from '../../../src/speech/endpointing/endOfTurn.js';
import { adaptivePatience } from '../../../src/speech/endpointing/patience.js';
import { FakeChatModel } from '../../fixtures/fakeChatModel.js';
import { FakeRecognizer } from '../../fixtures/fakeRecognizer.js';
import { SPOKEN, type TurnSetup, turnOf } from '../../fixtures/runningTurn.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

const speculation = { maxAttempts: 3, maxSpeechMs: 10_000, prefill: false };

/** Speech of 640 ms, a pause of 576 ms, and the same again with the silence that ends it. */
const GOES_ON = `${'v'.repeat(20)}${'.'.repeat(18)}${'v'.repeat(20)}${'.'.repeat(20)}`;

/** A turn that the button begins and that is let go at once, told to reply as soon as it has heard the end. */
function spoken(given: Partial<TurnSetup> = {}) {
  const parts = turnOf({ speculation, recognitionMs: 100, ...given });
  const turn = parts.press();
  const committed = async (ms: number) => {
    for (let passedMs = 0; passedMs < ms && !turn.types().includes('turn.endpoint'); passedMs += 32)
      await parts.pass(32);
    turn.commit();
    await parts.pass(60_000);
  };
  return { ...parts, turn, committed };
}

describe('a reply that is begun at a pause', () => {
  it('is heard as soon as the pause turns out to be the end', async () => {
    const { committed, records, model } = spoken({ model: [250, 'She was a mathematician. ', 'She wrote a program.'] });
    await committed(5_000);
    const [record] = records;
    const { endpoint, firstToken, firstPcm, firstAudio } = record?.timeline.report() ?? {};
    assert.deepEqual({ endpoint, firstToken, firstPcm }, { endpoint: 640, firstToken: 160 + 250, firstPcm: 460 });
    assert.ok((firstAudio ?? 9e9) - (endpoint ?? 0) < 40, `${firstAudio} ms: everything was ready`);
    assert.equal(record?.anticipated, true);
    assert.equal(record?.attempts, 1);
    assert.equal(model.asked.length, 1);
    assert.equal(record?.heard, 'She was a mathematician. She wrote a program.');
    assert.equal(record?.route, 'llm');
    assert.equal(record?.chunks.length, 2);
  });

  it('is not heard before that, however early it is made', async () => {
    const { turn, pass, playback } = spoken();
    await pass(SPOKEN.length * 32 + 5_000); // nobody tells it to reply
    assert.deepEqual(playback.played, []);
    assert.ok(turn.types().includes('turn.endpoint'));
    turn.stop();
  });

  it('is aborted altogether when the user goes on, and nothing of it was said', async () => {
    const { committed, records, model, playback, conversation, voice, clock } = spoken({ drawing: GOES_ON });
    await committed(5_000);
    const [record] = records;
    assert.equal(model.asked.length, 2);
    assert.equal(model.sawAbort || model.open === 0, true);
    assert.equal(model.open, 0);
    assert.equal(record?.attempts, 2);
    assert.equal(conversation.messages.length, 2, 'one question and one answer');
    assert.equal(playback.played.length, 2, 'the two sentences of one reply');
    assert.ok(voice.begun.length >= 3, 'the voice had begun the first one');
    assert.equal(clock.waiting, 0);
  });

  it('is not begun where a skill would act on the world', async () => {
    const ran: number[] = [];
    const lamp: IntentSkill<object> = {
      name: 'lamp',
      description: 'Switches a lamp.',
      args: z.object({}),
      understand: understanding([/^lamp on$/], 'is said in tests', () => ({})),
      run: async () => {
        ran.push(clock.now());
        return 'Done.';
      },
    };
    const { committed, clock, records, turn } = spoken({ transcript: 'Lamp on.', skills: [lamp] });
    await committed(5_000);
    assert.equal(records[0]?.attempts, 0);
    assert.ok((ran[0] ?? 0) >= (turn.at('turn.endpoint') ?? Number.NaN));
    assert.equal(records[0]?.heard, 'Done.');
  });

  it('is begun only so often, and not late in a long story', async () => {
    const pauses = `${'v'.repeat(20)}${'.'.repeat(15)}`.repeat(5) + '.'.repeat(20);
    const often = spoken({ drawing: pauses, speculation: { ...speculation, maxAttempts: 2 } });
    await often.committed(10_000);
    assert.equal(often.records[0]?.attempts, 2);
    const late = spoken({ drawing: pauses, speculation: { ...speculation, maxAttempts: 9, maxSpeechMs: 2_000 } });
    await late.committed(10_000);
    assert.equal(late.records[0]?.attempts, 1 + 1, 'after 0.9 and 2.0 s of speech');
  });

  it('is not begun by a machine that recognises too slowly', async () => {
    const { committed, records } = spoken({
      drawing: `${'.'.repeat(10)}${'v'.repeat(8)}${'.'.repeat(20)}`,
      recognitionMs: 450,
    });
    await committed(5_000);
    assert.equal(records[0]?.attempts, 0);
    assert.equal(records[0]?.anticipated, false);
  });

  it('that fails is what the user hears if the pause was the end, and nothing otherwise', async () => {
    const failing = spoken({ model: [new Error('the model broke its contract')] });
    await failing.committed(5_000);
    assert.equal(failing.turn.reports.at(-1)?.reason, 'internal');
    const goesOn = spoken({ drawing: GOES_ON, model: [200, new Error('the model broke its contract')] });
    await goesOn.pass(1_100);
    assert.equal(goesOn.turn.types().includes('turn.failed'), false);
    goesOn.turn.stop();
  });

  it('that the model failed to make is asked for anew at the end: whatever was wrong may be over', async () => {
    const clock = new SteppedClock();
    const chatModel = new FakeChatModel(clock, ['She was a mathematician.']);
    const works = chatModel.reply.bind(chatModel);
    let calls = 0;
    chatModel.reply = async function* (messages, signal) {
      calls += 1;
      if (calls === 1) throw new LlmError('busy', 'the server is busy');
      yield* works(messages, signal);
    };
    const { committed, records } = spoken({ clock, chatModel });
    await committed(5_000);
    assert.equal(records[0]?.heard, 'She was a mathematician.');
    assert.deepEqual([records[0]?.route, records[0]?.problem, records[0]?.anticipated], ['llm', null, false]);
    assert.equal(clock.waiting, 0);
  });

  it('leaves nothing behind when the turn is stopped while it is held', async () => {
    const { turn, pass, clock, model, records } = spoken({ model: ['Well. ', 'SILENT'] });
    await pass(30 * 32 + 300);
    assert.equal(model.open, 1);
    turn.stop();
    await pass(100);
    assert.equal(model.open, 0);
    assert.equal(clock.waiting, 0);
    assert.equal(records[0]?.heard, '');
  });
});

describe('a question that is read while it is said', () => {
  const reads = {
    recognition: 'whileSpeaking',
    recognitionMs: 50,
    speculation: { ...speculation, prefill: true },
  } as const;
  const note = '[Monday, 23 November 2026, 19:05]\n';

  it('is read from its beginning on, as far as it is stable, and asked in the very same words', async () => {
    const { committed, model, conversation } = spoken(reads);
    await committed(5_000);
    assert.deepEqual(model.read, [note, `${note}Who was Ada`]);
    assert.equal(model.asked[0]?.at(-1)?.content, `${note}Who was Ada?`);
    assert.equal(conversation.messages[0]?.content, `${note}Who was Ada?`);
  });

  it('is not read on once the reply is asked for', async () => {
    const { committed, model } = spoken({ ...reads, readingMs: 60_000 });
    await committed(5_000);
    assert.deepEqual(model.read, [note]);
    assert.equal(model.readsAborted, 1);
    assert.equal(model.asked.length, 1);
  });

  for (const [when, lastMs] of [
    ['at a pause', 250],
    ['after the end', 700],
  ] as const) {
    it(`is not read when all of it becomes known ${when}, and is asked at once`, async () => {
      const clock = new SteppedClock();
      const speechRecognizer = new FakeRecognizer(clock, '');
      speechRecognizer.transcribe = async (samples, signal) => {
        const heardMs = samples.length / 16;
        const asrMs = heardMs < 970 ? 250 : lastMs;
        await sleep(clock, asrMs, signal);
        return { text: heardMs < 600 ? 'Who' : heardMs < 970 ? 'Who was' : 'Who was Ada Lovelace?', asrMs };
      };
      const { committed, model, records } = spoken({ ...reads, clock, speechRecognizer, readingMs: 10 });
      await committed(5_000);
      assert.equal(model.asked.length, 1);
      assert.deepEqual(model.read, [note, `${note}Who`]);
      assert.equal(model.readsAborted, 0);
      assert.equal(records[0]?.prefills, 2);
    });
  }

  it('leaves nothing behind when the turn is stopped meanwhile', async () => {
    const { turn, pass, clock, model } = spoken({ ...reads, readingMs: 60_000 });
    await pass(700);
    turn.stop();
    await pass(0);
    assert.equal(model.readsAborted, 1);
    assert.equal(clock.waiting, 0);
  });

  it('is not read where that is switched off', async () => {
    const { committed, model } = spoken({ ...reads, speculation });
    await committed(5_000);
    assert.deepEqual(model.read, []);
  });
});

describe('a turn with patience for its words', () => {
  const patience = adaptivePatience({ finishedMs: 320, unclearMs: 640, unfinishedMs: 1_500 }, { usualMs: undefined });
  const long = `${'v'.repeat(20)}${'.'.repeat(80)}`;

  for (const [transcript, endpointMs] of [
    ['What time is it in Berlin?', 320],
    ['The cat sat on the mat.', 640],
    ['Tell me a story about the', 1_504],
  ] as const) {
    it(`ends "${transcript}" after ${endpointMs} ms`, async () => {
      const { committed, records } = spoken({ drawing: long, transcript, patience });
      await committed(10_000);
      assert.equal(records[0]?.timeline.report().endpoint, endpointMs);
    });
  }

  it('waits with a question as long as nothing could be heard yet, and no longer', async () => {
    const slow = { drawing: long, transcript: 'What time is it in Berlin?', patience };
    const ready = spoken({ ...slow, model: [200, 'It is noon there now. '] });
    await ready.committed(10_000);
    assert.equal(
      ready.records[0]?.timeline.report().endpoint,
      416,
      'the first sound was made 410 ms after the last word',
    );
    const late = spoken({ ...slow, model: [5_000, 'It is noon there now. '] });
    await late.committed(10_000);
    assert.equal(late.records[0]?.timeline.report().endpoint, 640, 'not for ever');
  });
});

describe('a turn with an end-of-turn model', () => {
  const patience = adaptivePatience({ finishedMs: 320, unclearMs: 640, unfinishedMs: 1_500 }, { usualMs: undefined });
  const pauses = (model: FakeEndOfTurn) => ({ patience, endOfTurn: model, recognitionMs: 400 });

  for (const [completeness, transcript, endpointMs] of [
    [0.9, 'Tell me a story about the', 320],
    [0.1, 'What time is it in Berlin?', 1_504],
  ] as const) {
    it(`ends after ${endpointMs} ms what it takes to be ${completeness} complete, whatever the words`, async () => {
      const model = new FakeEndOfTurn(completeness);
      const drawing = `${'v'.repeat(20)}${'.'.repeat(80)}`;
      const { committed, records } = spoken({ drawing, transcript, ...pauses(model) });
      await committed(10_000);
      assert.equal(records[0]?.timeline.report().endpoint, endpointMs);
    });
  }

  it('goes by the words when the model fails', async () => {
    const model = new FakeEndOfTurn(new Error('out of memory'));
    const { committed, records } = spoken({ transcript: 'The cat sat on the mat.', ...pauses(model) });
    await committed(10_000);
    assert.equal(records[0]?.timeline.report().endpoint, 640);
  });

  it('asks it at every pause about all that was said, and abandons it when the user goes on', async () => {
    const model = new FakeEndOfTurn('never');
    const { committed, records } = spoken({ drawing: GOES_ON, transcript: 'I went', ...pauses(model) });
    await committed(10_000);
    assert.equal(records.length, 1);
    const [first, second] = model.asked;
    assert.equal(model.asked.length, 2);
    assert.ok((second?.samples ?? 0) > (first?.samples ?? 0) + 20 * 512, 'the beginning is heard again');
    assert.equal(second?.abandonedBefore, true, 'while the turn goes on');
  });
});

/** Judges everything alike, at once; fails; or never comes to an end. */
class FakeEndOfTurn implements EndOfTurnModel {
  readonly name = 'fake';
  readonly asked: { readonly samples: number; readonly signal: AbortSignal; readonly abandonedBefore: boolean }[] = [];

  constructor(readonly answer: number | Error | 'never') {}

  async warmUp(): Promise<void> {}

  async completeness(samples: Float32Array, signal: AbortSignal): Promise<number> {
    const abandonedBefore = this.asked.every((earlier) => earlier.signal.aborted);
    this.asked.push({ samples: samples.length, signal, abandonedBefore });
    if (this.answer instanceof Error) throw this.answer;
    if (this.answer !== 'never') return this.answer;
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
  }

  async close(): Promise<void> {}
}
