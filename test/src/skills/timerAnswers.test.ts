import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alarmSkill } from '../../../src/skills/alarmSkill.js';
import type { IntentSkill } from '../../../src/skills/intent.js';
import { plainWords } from '../../../src/skills/plainWords.js';
import { spellSymbols } from '../../../src/skills/slots/spellSymbols.js';
import { timerSkill } from '../../../src/skills/timerSkill.js';
import { answerOf, monday } from '../../fixtures/askSkill.js';
import { TimerWorld } from '../../fixtures/timerWorld.js';

/** A world in which the skills of the book are asked at the moment that its clock shows. */
async function timerWorld() {
  const world = new TimerWorld('2026-11-23T12:00:00Z');
  await world.switchOn();
  const ask = async (utterance: string) => {
    const words = plainWords(spellSymbols(utterance), 'Pressel');
    const context = { ...monday, now: new Date(world.wallMs) };
    for (const skill of [timerSkill(world.book), alarmSkill(world.book)]) {
      if (skill.understand(words)) return answerOf(skill as IntentSkill<unknown>, utterance, context);
    }
    return undefined;
  };
  return { world, ask };
}

/** A conversation, in minutes from noon. */
type Talk = readonly (readonly [minute: number, asked: string, answer: string])[];

const talks: Readonly<Record<string, Talk>> = {
  'one timer': [
    [0, 'How long is left?', 'No timer is set.'],
    [0, 'Set a timer for ten minutes', 'Ten minutes, starting now.'],
    [2.5, 'How long is left?', 'The timer has seven minutes and thirty seconds left.'],
    [2.5, 'Add five minutes to the timer', 'The timer now has thirteen minutes left.'],
    [3, 'Pause the timer', 'The timer is paused.'],
    [9, 'How long is left?', 'The timer is paused, with twelve minutes left.'],
    [9, 'Resume the timer', 'The timer has twelve minutes left.'],
    [10, 'Cancel the timer', 'The timer is cancelled.'],
    [10, 'Cancel the timer', 'No timer is set.'],
  ],
  'timers with names': [
    [0, 'Set a pasta timer for 8 minutes', 'Eight minutes for pasta, starting now.'],
    [
      5,
      'Set a pasta timer for 8 minutes',
      'There is one of that name already. The pasta timer has three minutes left.',
    ],
    [5, 'Set a timer for an hour', 'One hour, starting now.'],
    [5, 'How long is left on the pasta timer?', 'The pasta timer has three minutes left.'],
    [5, 'How long is left?', 'There are 2 timers: pasta with three minutes left and one with one hour left.'],
    [5, 'Cancel the timer', 'Which one? I have pasta with three minutes left and one with one hour left.'],
    [
      5,
      'Cancel the rice timer',
      'There is no such timer. I have pasta with three minutes left and one with one hour left.',
    ],
    [5, 'Cancel the one hour timer', 'The timer is cancelled.'],
    [8, 'How long is left?', 'The pasta timer is ringing.'],
    [8, 'Stop', ''],
    [8, 'How long is left?', 'No timer is set.'],
  ],
  'all timers': [
    [0, 'Cancel all timers', 'No timer is set.'],
    [0, 'Set a timer for five minutes', 'Five minutes, starting now.'],
    [0, 'Set a timer for six minutes', 'Six minutes, starting now.'],
    [0, 'Cancel all timers', 'Both timers are cancelled.'],
  ],
  'impossible timers': [
    [0, 'Set a timer', 'Say for how long, as in: set a timer for ten minutes.'],
    [0, 'Set a timer for zero minutes', 'That would be no time at all.'],
    [0, 'Set a timer for minus one second', 'That would be no time at all.'],
    [0, 'Set a timer for 1000000000 seconds', 'That is too long: a timer runs for a week at most.'],
    [0, 'Set a timer for a minute', 'One minute, starting now.'],
    [0, 'Take five minutes off the timer', 'That would be no time at all.'],
    [0, 'Resume the timer', 'That timer is not paused.'],
  ],
  alarms: [
    [0, 'What alarms are set?', 'No alarm is set.'],
    [0, 'Wake me at seven', "The alarm is set for tomorrow at seven o'clock in the morning."],
    [0, 'Set an alarm for seven', "The alarm is set for seven o'clock in the evening."],
    [0, 'Set an alarm for seven', 'That alarm is set already.'],
    [0, 'Set an alarm for friday at three', "The alarm is set for Friday at three o'clock in the afternoon."],
    [0, 'Set an alarm for monday at noon called lunch', 'The lunch alarm is set for next Monday at noon.'],
    [0, 'Cancel the lunch alarm', 'The lunch alarm is cancelled.'],
    [0, 'Cancel the alarm for friday', "The alarm for Friday at three o'clock in the afternoon is cancelled."],
    [0, 'Set an alarm for eleven am today', 'That time is over for today.'],
    [0, 'Cancel the alarm for tomorrow', "The alarm for tomorrow at seven o'clock in the morning is cancelled."],
  ],
  'alarms that cannot repeat': [
    [
      0,
      'Set an alarm for every weekday at seven',
      'I cannot repeat an alarm, so I have set none. I can set one that rings once, such as tomorrow at seven.',
    ],
    [0, 'What alarms are set?', 'No alarm is set.'],
  ],
  'an alarm that rings': [
    [0, 'Set an alarm for 12:05 pm', 'The alarm is set for five past twelve in the afternoon.'],
    [0, 'Set an alarm for 12:05 pm', 'That alarm is set already.'],
    [0, 'Snooze', 'Nothing is ringing.'],
    [5, 'Five more minutes', 'Five minutes more.'],
    [10, 'Turn off the alarm', ''],
    [10, 'What alarms are set?', 'No alarm is set.'],
  ],
};

describe('About timers', () => {
  for (const [about, talk] of Object.entries(talks)) {
    it(`there is a talk: ${about}`, async () => {
      const { world, ask } = await timerWorld();
      for (const [minute, utterance, answer] of talk) {
        world.advance(minute * 60_000 - world.clock.now());
        assert.equal(await ask(utterance), answer, utterance);
      }
    });
  }

  it('a full disk is told of, and the timer runs', async () => {
    const { world, ask } = await timerWorld();
    world.store.isFull = true;
    assert.equal(
      await ask('Set a timer for ten minutes'),
      'Ten minutes, starting now. I could not write that to the disk, so a restart would undo it.',
    );
    assert.equal(world.book.list().length, 1);
  });
});
