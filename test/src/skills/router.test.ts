import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dateSkill } from '../../../src/skills/dateSkill.js';
import { forgetSkill } from '../../../src/skills/forgetSkill.js';
import { plainWords } from '../../../src/skills/plainWords.js';
import { Router } from '../../../src/skills/router.js';
import { timeSkill } from '../../../src/skills/timeSkill.js';
import { understanding } from '../../../src/skills/understanding.js';

const router = new Router([timeSkill, dateSkill, forgetSkill]);

const routes: Readonly<Record<string, readonly string[]>> = {
  'intent:time': [
    'What time is it?',
    'what time is it',
    'WHAT TIME IS IT',
    ' What time is it now? ',
    'What time is it right now?',
    "What's the time?",
    'What’s the time, please?',
    'Whats the time',
    'What s the time?',
    'What is the time?',
    'What is the current time?',
    "What's the exact time?",
    'Um, what time is it?',
    'What, uh, time is it?',
    'Hey Pressel, what time is it?',
    'Okay, so what time is it then?',
    'Please tell me the time.',
    'Tell me the time, please.',
    'Can you tell me the time?',
    'Could you please tell me what time it is?',
    'Please, could you let me know the time?',
    'Do you know what time it is?',
    'Do you happen to know what the time is?',
    "I'd like to know the time.",
    'I want to know what time it is.',
    'Do you have the time?',
    'Have you got the time, please?',
    'How late is it?',
    'What time is it again?',
    'The time, please.',
    'Time?',
    'What time is it, thank you.',
  ],
  'intent:date': [
    'What day is it?',
    'What day is it today?',
    'Which day is it today?',
    'What day is today?',
    'What day of the week is it?',
    'What day of the month is it today?',
    "What's the date?",
    'What is the date today?',
    "What is today's date?",
    'Whats todays date',
    'what s today s date',
    'What date is it?',
    'What date is it today, please?',
    "What's today?",
    "Today's date, please.",
    'The date, please.',
    'Tell me the date.',
    "Could you tell me today's date?",
    'Do you know what day it is?',
    "Do you know what today's date is?",
    'Hello, what is the current date?',
  ],
  'intent:forget': [
    'Forget this conversation.',
    'Please forget our conversation.',
    'Could you please forget the whole conversation?',
    'Forget about this conversation, please.',
    'Forget what I said.',
    "Forget what I've just said.",
    'Forget what we talked about.',
    'Forget everything.',
    'Forget everything I told you.',
    'Forget all that we have discussed.',
    'Clear the history.',
    'Clear the conversation history.',
    'Delete this conversation now.',
    'Erase everything I said.',
    'Wipe your memory.',
    'Start over.',
    "Okay, let's start all over again.",
    'Start a new conversation.',
    'A new conversation, please.',
  ],
  llm: [
    'Forget it.',
    'Forget that.',
    "Don't forget what I said.",
    'Did you forget what I said?',
    'Forget what I said about the cake.',
    'Forget what she said.',
    'I forget everything.',
    'Never forget this conversation.',
    'How do I forget everything?',
    'Delete the history of Rome.',
    'Clear the table.',
    'Clear the history of my browser.',
    'Start over from the second step.',
    'Start the conversation with a joke.',
    'What was our conversation about?',
    'What is a new conversation?',
    '',
    'What?',
    'Hello.',
    'What time?',
    'What date?',
    'What day?',
    'What is time?',
    "What's time?",
    'What is a date?',
    'What time did Rome fall?',
    'What time is the train?',
    'What time is it in Tokyo?',
    "What's the time in New York?",
    'What time is dinner?',
    'What time was it when Rome fell?',
    'What time will it be in an hour?',
    'What time is it on Mars?',
    'What time is sunset?',
    'At what time does the sun rise?',
    'Time flies.',
    'Tell me about the time you were happy.',
    'Tell me a story.',
    'Is it time to go?',
    'Do you have the time to help me?',
    'Do you have time?',
    'How late is it open?',
    'How late is too late?',
    'What is the date of the moon landing?',
    'What date is Easter?',
    'What day is it tomorrow?',
    'What day was it yesterday?',
    'What day is Christmas?',
    'What is the date tomorrow?',
    'Is it Monday today?',
    'Set a date.',
    'Set a timer.',
    'A date.',
    'Date of birth.',
    "What's today's weather?",
    'What is today like?',
    "What's today's date and time?",
    'Who set the date?',
    'Can you tell me the time Rome fell?',
    'What time is it and what day is it?',
    'Was ist die Zeit?',
    'How do I tell the time?',
    'Explain what time is.',
  ],
};

describe('the router', () => {
  for (const [route, utterances] of Object.entries(routes)) {
    for (const utterance of utterances) {
      it(`sends "${utterance}" to ${route}`, () => {
        const routing = router.route(utterance);
        assert.equal(routing.route, route, routing.why);
      });
    }
  }

  it('says why', () => {
    assert.match(router.route('Um, what time is it, please?').why, /^"what time is it" asks what time it is$/);
    assert.equal(router.route('Who was Ada Lovelace?').why, 'no skill knows "who was ada lovelace"');
  });

  for (const [name, utterance] of [
    ['Marvin', 'Marvin, what time is it?'],
    ['Zoé', 'Hey Zoé, what time is it?'],
    ['C.3 (PO)', 'C 3 PO, please tell me the time.'],
  ] as const) {
    it(`knows that "${name}" is no part of a request when the assistant is called so`, () => {
      assert.equal(new Router([timeSkill], name).route(utterance).route, 'intent:time');
      assert.equal(new Router([timeSkill], 'Ada').route(utterance).route, 'llm');
    });
  }

  it('takes no word for the name that only begins with it', () => {
    assert.match(new Router([timeSkill], 'Wells').route('Wellsworth').why, /"wellsworth"/);
  });

  it('asks the skills in order', () => {
    const first = { ...dateSkill, name: 'first', understand: understanding([/^what/], 'asks something', () => ({})) };
    assert.equal(new Router([first, timeSkill]).route('What time is it?').route, 'intent:first');
  });

  it('sends everything to the model when there are no skills', () => {
    assert.equal(new Router([]).route('What time is it?').route, 'llm');
  });
});

describe('plain words', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['What’s the TIME?!', "what's the time"],
    ['  Hey,   computer... the time, please.  ', 'the time'],
    ['Ｗｈａｔ time is it', 'what time is it'],
    ['Hmm, er, well: hello!', ''],
    ['Now then', ''],
    ['Where is Erhard?', 'where is erhard'],
    ['How high is the Eiffel Tower now', 'how high is the eiffel tower'],
    ['Wellington', 'wellington'],
    ['Sorting', 'sorting'],
    ['Grüß Gott, 3 Äpfel', 'grüß gott 3 äpfel'],
  ];
  for (const [utterance, words] of rows) {
    it(`of "${utterance}" are "${words}"`, () => assert.equal(plainWords(utterance, 'Pressel'), words));
  }
});
