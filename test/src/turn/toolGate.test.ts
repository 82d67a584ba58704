import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fixedPatience } from '../../../src/speech/endpointing/patience.js';
import { CallingModel, type CallingStep } from '../../fixtures/callingModel.js';
import { ASKED, boil, kettle } from '../../fixtures/kettle.js';
import { type TurnSetup, turnOf } from '../../fixtures/runningTurn.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

const speculation = { maxAttempts: 3, maxSpeechMs: 10_000, prefill: false };
const SPEECH = 'v'.repeat(20);
const PAUSE = '.'.repeat(18);

/** A spoken question that is answered with a call of the kettle. */
function spoken(rounds: readonly (readonly CallingStep[])[], given: Partial<TurnSetup> = {}) {
  const clock = new SteppedClock();
  const { skill } = kettle(async () => {
    acted.push(clock.now());
    return 'It boils.';
  });
  const acted: number[] = [];
  const model = new CallingModel(clock, rounds);
  const parts = turnOf({
    clock,
    speculation,
    recognitionMs: 100,
    transcript: ASKED,
    chatModel: model,
    tools: [skill],
    ...given,
  });
  const turn = parts.press();
  const untilEndpoint = async () => {
    for (let passedMs = 0; passedMs < 10_000 && !turn.types().includes('turn.endpoint'); passedMs += 32)
      await parts.pass(32);
  };
  return { ...parts, model, turn, acted, untilEndpoint };
}

describe('a reply that was begun at a pause and calls a tool', () => {
  it('waits with it until the turn is committed', async () => {
    const { untilEndpoint, pass, model, acted, turn, clock, records } = spoken([[boil()], ['It is on.']]);
    await untilEndpoint();
    await pass(5_000);
    assert.equal(model.asked.length, 1, 'the model was asked, and has called');
    assert.deepEqual(acted, [], 'but nothing has acted');
    const committedAtMs = clock.now();
    turn.commit();
    await pass(60_000);
    assert.deepEqual(acted, [committedAtMs]);
    assert.equal(records[0]?.anticipated, true);
    assert.equal(records[0]?.heard, 'It is on.');
  });

  it('never acts when the user goes on', async () => {
    const drawing = `${'.'.repeat(10)}${SPEECH}${PAUSE}${SPEECH}${PAUSE}..`;
    const { untilEndpoint, pass, model, acted, turn, clock } = spoken([[boil()], [boil()], ['It is on.']], { drawing });
    await untilEndpoint();
    turn.commit();
    await pass(60_000);
    assert.ok(model.asked.length >= 3, 'one in vain, and two rounds');
    assert.equal(acted.length, 1, 'not for the reply that was abandoned');
    assert.equal(clock.waiting, 0);
  });

  it('never acts when the turn is stopped instead', async () => {
    const { untilEndpoint, pass, acted, turn, clock } = spoken([[boil()], ['It is on.']]);
    await untilEndpoint();
    turn.stop();
    await pass(60_000);
    assert.deepEqual([acted, clock.waiting], [[], 0]);
  });

  it('does not make the assistant wait longer for the user: it can go no further', async () => {
    const waited: boolean[] = [];
    const patience = () => ({
      ...fixedPatience(640)(),
      silenceMs: (_pause: unknown, isPreparing = false) => {
        waited.push(isPreparing);
        return 640;
      },
    });
    const { untilEndpoint, turn } = spoken([[boil()]], { patience });
    await untilEndpoint();
    assert.equal(waited.at(-1), false);
    turn.stop();
  });
});

describe('a user who goes on after the end that was none', () => {
  const drawing = `${'.'.repeat(10)}${SPEECH}${'.'.repeat(32)}${SPEECH}${'.'.repeat(90)}`;

  it('is in time before the tool acts: it acts once, for the whole', async () => {
    const { untilEndpoint, pass, acted, turn, records } = spoken([[1_500, boil()], [10, boil()], ['It is on.']], {
      drawing,
      reopenMs: 1_200,
      speculation: { ...speculation, maxAttempts: 0 },
    });
    await untilEndpoint();
    turn.commit();
    await pass(3_000);
    assert.ok(turn.types().includes('turn.reopened'));
    assert.deepEqual(acted, []);
    turn.commit();
    await pass(60_000);
    assert.equal(acted.length, 1);
    assert.equal(records[0]?.heard, 'It is on.');
  });

  it('is too late afterwards: what was done is told', async () => {
    const { untilEndpoint, pass, acted, turn, records } = spoken([[boil()], [3_000, 'It is on.']], {
      drawing,
      reopenMs: 1_200,
      speculation: { ...speculation, maxAttempts: 0 },
    });
    await untilEndpoint();
    turn.commit();
    await pass(60_000);
    assert.equal(turn.types().includes('turn.reopened'), false);
    assert.equal(acted.length, 1);
    assert.equal(records[0]?.heard, 'It is on.');
  });
});
