import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { spokenForm } from '../../../../src/speech/text/spokenForm.js';
import { UserWords, withoutOwnBeginning } from '../../../../src/turn/interruption/userWords.js';
import { FakeRecognizer } from '../../../fixtures/fakeRecognizer.js';
import { SteppedClock } from '../../../fixtures/steppedClock.js';

const REPLY = 'The Eiffel Tower is 330 meters tall and stands in Paris.';
const SPOKEN = spokenForm(REPLY);

describe('what the user said into a reply', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['What is the weather?', 'What is the weather?'],
    ['Meters tall and stands what is the weather?', 'What is the weather?'],
    ['The Eiffel Tower is 330 meters Stop!', 'Stop!'],
    ['Tower is 330 meters tall. Who built it?', 'Who built it?'],
    ['The Eiffel Tower is three hundred and thirty meters', ''],
    ['', ''],
  ];
  for (const [heard, users] of cases) {
    it(`is "${users}" of "${heard}"`, () => assert.equal(withoutOwnBeginning(heard, SPOKEN), users));
  }

  it('is told apart while the reply was heard, and left alone later', async () => {
    const clock = new SteppedClock();
    const recognizer = new FakeRecognizer(clock, 'meters tall and stands who built it?', 10);
    const chunk = { text: REPLY, heardAtMs: 0, lengthMs: 4_000 };
    const aloud = { chunks: [chunk], textAt: () => REPLY };
    const heard = (sinceMs: number) =>
      clock.run(
        new UserWords(recognizer, aloud, sinceMs, clock).transcribe(new Float32Array(16), new AbortController().signal),
      );
    clock.advance(3_000);
    assert.equal((await heard(1_000)).text, 'Who built it?');
    clock.advance(10_000);
    assert.equal((await heard(12_000)).text, recognizer.text);
  });
});
