import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { sleep } from '../../../hardware/clock.js';
import type { IntentSkill } from '../../../src/skills/intent.js';
import { CallingModel, type CallingStep } from '../../fixtures/callingModel.js';
import { ASKED, boil, kettle } from '../../fixtures/kettle.js';
import { turnOf } from '../../fixtures/runningTurn.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

describe('a tool of the model', () => {
  const asked = async (rounds: readonly (readonly CallingStep[])[], takesMs: number) => {
    const clock = new SteppedClock();
    const { skill } = kettle(async (_args, signal) => {
      await sleep(clock, takesMs, signal);
      return 'It boils.';
    });
    const model = new CallingModel(clock, rounds);
    const parts = turnOf({ clock, chatModel: model, tools: [{ ...skill, timeoutMs: 9_000 }] });
    const turn = parts.ask(ASKED);
    await parts.pass(60_000);
    assert.equal(clock.waiting, 0, 'no timer is left');
    const [record] = parts.records;
    assert.ok(record);
    return { ...parts, model, record, turn };
  };

  it('that takes longer than others may is waited for, and bridged with words', async () => {
    const { model, record } = await asked([[boil()], ['It is on.']], 8_000);
    assert.equal(model.asked.at(-1)?.messages.at(-1)?.content, 'It boils.');
    assert.deepEqual(record.chunks, ['One moment.', 'It is on.']);
  });

  it('that takes a while is bridged once, which is no part of the answer and not the first audio', async () => {
    const { conversation, record, turn } = await asked([[boil()], [boil({ litres: 1 })], ['It is on.']], 3_000);
    assert.deepEqual(record.chunks, ['One moment.', 'It is on.']);
    const { filler, firstChunk, firstPcm, firstAudio } = record.timeline.report();
    assert.ok(filler !== null && filler >= 1_500 && filler < 2_000, `${filler}`);
    assert.deepEqual([firstChunk, (firstPcm ?? 0) >= 6_000, (firstAudio ?? 0) >= 6_000], [6_000, true, true]);
    assert.equal(record.heard, 'It is on.');
    assert.deepEqual(conversation.lastReply, ['It is on.']);
    assert.equal(turn.types().filter((type) => type === 'turn.audible').length, 1);
  });

  it('that is quick is not', async () => {
    assert.deepEqual((await asked([[boil()], ['It is on.']], 1_400)).record.chunks, ['It is on.']);
  });
});

describe('a skill that the user has asked for', () => {
  const slow = (clock: SteppedClock, takesMs: number): IntentSkill<object> => ({
    name: 'print',
    description: 'Prints.',
    args: z.object({}),
    timeoutMs: 8_000,
    understand: (words) => (words.includes('print') ? { args: {}, why: 'it is about printing' } : undefined),
    run: async (_args, _context, signal) => {
      await sleep(clock, takesMs, signal);
      return 'It is printed.';
    },
  });
  const asked = async (takesMs: number) => {
    const clock = new SteppedClock();
    const parts = turnOf({ clock, skills: [slow(clock, takesMs)] });
    const turn = parts.ask('Print the list.');
    await parts.pass(60_000);
    assert.equal(clock.waiting, 0, 'no timer is left');
    const [record] = parts.records;
    assert.ok(record);
    return { ...parts, record, turn };
  };

  it('and that takes a while is bridged with words, which are no part of the answer and not the first audio', async () => {
    const { record, conversation, turn } = await asked(7_000);
    assert.deepEqual(record.chunks, ['One moment.', 'It is printed.']);
    assert.equal(record.heard, 'It is printed.');
    assert.deepEqual(conversation.lastReply, ['It is printed.']);
    const { filler, firstAudio } = record.timeline.report();
    assert.ok(filler !== null && filler >= 1_500 && filler < 2_000, `${filler}`);
    assert.ok((firstAudio ?? 0) >= 7_000, `${firstAudio}`);
    assert.equal(turn.types().filter((type) => type === 'turn.audible').length, 1);
  });

  it('and that answers at once is not', async () => {
    assert.deepEqual((await asked(1_400)).record.chunks, ['It is printed.']);
  });
});
