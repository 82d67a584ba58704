import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ListBook } from '../../../src/lists/listBook.js';
import { type ListState, listState } from '../../../src/lists/listState.js';
import { openMath } from '../../../src/reckoning/openMath.js';
import { alarmSkill } from '../../../src/skills/alarmSkill.js';
import { chanceSkill, systemRandom } from '../../../src/skills/chanceSkill.js';
import type { IntentSkill } from '../../../src/skills/intent.js';
import { listSkill } from '../../../src/skills/listSkill.js';
import { mathSkill } from '../../../src/skills/mathSkill.js';
import { plainWords } from '../../../src/skills/plainWords.js';
import { spellSymbols } from '../../../src/skills/slots/spellSymbols.js';
import { type StatusSource, statusSkill } from '../../../src/skills/statusSkill.js';
import { timerSkill } from '../../../src/skills/timerSkill.js';
import { unitsSkill } from '../../../src/skills/unitsSkill.js';
import { MemoryStore, TimerWorld } from '../../fixtures/timerWorld.js';
import { nearMisses, utterances, whileRinging } from './utterances.js';

const world = new TimerWorld('2026-11-23T12:00:00Z');
await world.switchOn();
const lists = await ListBook.open(new MemoryStore<ListState>((value) => listState.parse(value)));
await lists.add('shopping', ['milk', 'eggs']);
await lists.add('to-do', ['call mum']);
const math = openMath();
const unasked: StatusSource = {
  isConnected: () => false,
  temperatureCelsius: async () => undefined,
  memory: async () => undefined,
  disk: async () => undefined,
  runningMs: () => 0,
  model: async () => undefined,
};

const skills: readonly Pick<IntentSkill<unknown>, 'name' | 'understand' | 'args'>[] = [
  timerSkill(world.book),
  alarmSkill(world.book),
  listSkill(lists),
  chanceSkill(systemRandom),
  unitsSkill(math),
  mathSkill(math),
  statusSkill(unasked),
];

/** Every skill that understands it: one alone is to, so that their order does not matter. */
function asked(utterance: string): Readonly<Record<string, unknown>> {
  const words = plainWords(spellSymbols(utterance), 'Pressel');
  return Object.fromEntries(
    skills.flatMap(({ name, understand, args }) => {
      const understood = understand(words);
      return understood ? [[name, args.parse(understood.args)]] : [];
    }),
  );
}

describe('An utterance', () => {
  for (const [skill, table] of Object.entries(utterances)) {
    for (const [utterance, args] of Object.entries(table)) {
      it(`"${utterance}" asks the ${skill} skill for ${JSON.stringify(args)}`, () =>
        assert.deepEqual(asked(utterance), { [skill]: args }));
    }
  }
});

describe('A near miss', () => {
  for (const utterance of [...nearMisses, ...Object.keys(whileRinging)]) {
    it(`"${utterance}" is left to the model`, () => assert.deepEqual(asked(utterance), {}));
  }
});

describe('While something rings', () => {
  for (const [utterance, args] of Object.entries(whileRinging)) {
    it(`"${utterance}" is about it`, async () => {
      const ringing = new TimerWorld('2026-11-23T12:00:00Z');
      await ringing.switchOn();
      await ringing.book.startTimer(1000);
      ringing.advance(1000);
      const words = plainWords(spellSymbols(utterance), 'Pressel');
      assert.deepEqual(timerSkill(ringing.book).understand(words)?.args, args);
    });
  }
});
