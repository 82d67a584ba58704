import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rateSkill } from '../../../src/skills/rateSkill.js';
import { repeatSkill } from '../../../src/skills/repeatSkill.js';
import { stopSkill } from '../../../src/skills/stopSkill.js';
import { volumeSkill } from '../../../src/skills/volumeSkill.js';
import { Conversation } from '../../../src/turn/conversation.js';
import { type TurnSetup, turnOf } from '../../fixtures/runningTurn.js';

const skills = [repeatSkill, volumeSkill, rateSkill, stopSkill];
const SAID = ['She was a mathematician.', 'She wrote a program.'];

/** An assistant that has told who Ada was, and can be made louder. */
async function afterReply(given: Partial<TurnSetup> = {}) {
  const turns = turnOf({ skills, ...given });
  const volume = { percent: 50, isMuted: false };
  const { skillContext } = turns.parts.mind;
  Object.assign(turns.parts.mind, { skillContext: () => ({ ...skillContext(), volume, rate: { factor: 1 } }) });
  turns.ask();
  await turns.pass(60_000);
  const begunBefore = turns.voice.begun.length;
  return { ...turns, volume, spoken: () => turns.voice.begun.slice(begunBefore).map(({ text }) => text) };
}

describe('a turn about the last reply', () => {
  it('says it again without the model, and nothing of it becomes part of the conversation', async () => {
    const { ask, conversation, model, pass, records, spoken } = await afterReply();
    const [{ messages }, lastReply] = [conversation, conversation.lastReply];
    const again = ask('Say that again.');
    await pass(60_000);
    assert.deepEqual(spoken(), SAID);
    assert.equal(again.types().at(-1), 'turn.replyEnded');
    assert.equal(records[1]?.route, 'intent:repeat');
    assert.equal(records[1]?.heard, SAID.join(' '));
    assert.deepEqual(conversation.messages, messages);
    assert.deepEqual(conversation.lastReply, lastReply);
    assert.equal(model.asked.length, 1);
  });

  it('can be had again and again, also after it was cut off', async () => {
    const { ask, pass, spoken, volume } = await afterReply();
    const first = ask('Louder.');
    await pass(100);
    first.stop();
    ask('Louder.');
    await pass(60_000);
    assert.deepEqual(spoken().slice(-2), SAID);
    assert.equal(volume.percent, 70);
  });

  it('leaves it to be said again after one that only told the volume', async () => {
    const { ask, pass, spoken } = await afterReply();
    ask("What's the volume?");
    await pass(60_000);
    ask('Repeat that.');
    await pass(60_000);
    assert.deepEqual(spoken(), ['Volume fifty percent.', ...SAID]);
  });

  it('comes too late for "louder" when the reply was heard long ago, and a repetition makes it recent', async () => {
    const time = { now: 1_000_000 };
    const conversation = new Conversation(16, { now: () => time.now });
    const { ask, pass, spoken } = await afterReply({ conversation });
    for (const waitedMs of [100_000, 100_000, 200_000]) {
      time.now += waitedMs;
      ask('Louder.');
      await pass(60_000);
    }
    assert.deepEqual(spoken(), [...SAID, ...SAID, 'Volume eighty percent.']);
  });
});

describe('a turn that wants nothing', () => {
  it('ends without a sound, without the model, and leaves the last reply to be said again', async () => {
    const { ask, conversation, model, pass, playback, records, spoken } = await afterReply();
    const { messages } = conversation;
    const playedMs = playback.playedMs;
    const turn = ask('Never mind.');
    await pass(1_000);
    assert.deepEqual(turn.types(), ['turn.replyEnded']);
    assert.equal(records[1]?.route, 'intent:stop');
    assert.equal(records[1]?.problem, null);
    assert.deepEqual(spoken(), []);
    assert.equal(playback.playedMs, playedMs);
    assert.equal(model.asked.length, 1);
    assert.deepEqual(conversation.messages, messages);
    assert.equal(conversation.lastReply.length, 2);
  });

  it('does so when it was spoken', async () => {
    const { begin, model, pass, records, spoken } = await afterReply({ transcript: 'Oh, never mind.' });
    const turn = begin({ kind: 'button' }, 'held');
    turn.letGo();
    await pass(2_000);
    turn.commit();
    await pass(1_000);
    assert.equal(turn.types().at(-1), 'turn.replyEnded');
    assert.equal(records[1]?.route, 'intent:stop');
    assert.deepEqual(spoken(), []);
    assert.equal(model.asked.length, 1);
  });
});
