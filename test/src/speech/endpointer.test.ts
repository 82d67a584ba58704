import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { FRAME_MS } from '../../../hardware/audio/pcm.js';
import {
  Endpointer,
  type EndpointerEvent,
  type EndpointerOptions,
  fixedSilence,
  type Pause,
} from '../../../src/speech/endpointer.js';
import { drawn } from '../../fixtures/speechFrames.js';

/** In whole frames, so that drawings can be counted: 3 to start, 2 for a pause, 5 for the end. */
const options: EndpointerOptions = {
  threshold: 0.5,
  negativeThreshold: 0.35,
  minSpeechMs: 3 * FRAME_MS,
  hangOverMs: 2 * FRAME_MS,
  silence: fixedSilence(5 * FRAME_MS),
  maxUtteranceMs: 20 * FRAME_MS,
  noSpeechMs: 10 * FRAME_MS,
};

function decide(probabilities: readonly number[], given: Partial<EndpointerOptions> = {}, heldFrames = 0): string[] {
  const endpointer = new Endpointer({ ...options, ...given });
  return probabilities.flatMap((probability, frame) => {
    const event = endpointer.push(probability, frame < heldFrames);
    return event ? [`${frame}: ${told(event)}`] : [];
  });
}

function told(event: EndpointerEvent): string {
  switch (event.type) {
    case 'speechStarted':
      return `started at ${event.firstVoicedFrame}`;
    case 'paused':
      return `paused after ${event.lastVoicedFrame}`;
    case 'resumed':
      return 'resumed';
    case 'ended':
      return `${event.reason} after ${event.lastVoicedFrame}`;
  }
}

/** `#` speech, `.` none, `+` between the thresholds. */
const cases: readonly [sentence: string, picture: string, decisions: string[]][] = [
  [
    'reports speech when it has lasted, and the end after the silence',
    '..####.....',
    ['4: started at 2', '7: paused after 5', '10: silence after 5'],
  ],
  ['takes a short burst for noise', '.##..##....', ['9: noSpeech after -1']],
  ['does not add up bursts', '##.##.##.', []],
  ['does not begin between the thresholds', '+++++++++', []],
  [
    'goes on between the thresholds once it has begun',
    '#++++.....',
    ['2: started at 0', '6: paused after 4', '9: silence after 4'],
  ],
  [
    'does not resume between the thresholds',
    '####..++.',
    ['2: started at 0', '5: paused after 3', '8: silence after 3'],
  ],
  ['says nothing of the gap between two words', '###.###.##', ['2: started at 0']],
  [
    'resumes when the user goes on, and measures the silence anew',
    '###....##.....',
    ['2: started at 0', '4: paused after 2', '7: resumed', '10: paused after 8', '13: silence after 8'],
  ],
  ['ends a turn that is too long while the user speaks', '#'.repeat(25), ['2: started at 0', '19: tooLong after 19']],
  [
    'ends a turn that is too long in a pause',
    `${'#'.repeat(17)}......`,
    ['2: started at 0', '18: paused after 16', '19: tooLong after 16'],
  ],
  ['gives up when nobody speaks', '............', ['9: noSpeech after -1']],
  ['does not give up on somebody who has just begun', '........####....', ['10: started at 8', '13: paused after 11']],
  [
    'says nothing after the end',
    '###.....#####.......',
    ['2: started at 0', '4: paused after 2', '7: silence after 2'],
  ],
];

describe('the endpointer', () => {
  for (const [sentence, picture, decisions] of cases) {
    it(sentence, () => assert.deepEqual(decide(drawn(picture)), decisions));
  }

  for (const [sentence, picture, heldFrames, decisions] of [
    [
      'takes no silence for the end while the button is held',
      '###..........###.',
      99,
      ['2: started at 0', '4: paused after 2', '13: resumed'],
    ],
    ['does not give up on somebody who holds the button and thinks', '.'.repeat(30), 99, []],
    [
      'measures the silence from when the button was let go',
      '###..........',
      6,
      ['2: started at 0', '4: paused after 2', '10: silence after 2'],
    ],
    ['waits for the first word from when the button was let go', '.'.repeat(20), 4, ['13: noSpeech after -1']],
    [
      'measures the silence from the last word when that came later',
      '######........',
      3,
      ['2: started at 0', '7: paused after 5', '10: silence after 5'],
    ],
    [
      'ends a turn that is too long though the button is held',
      '#'.repeat(25),
      99,
      ['2: started at 0', '19: tooLong after 19'],
    ],
  ] as const) {
    it(sentence, () => assert.deepEqual(decide(drawn(picture), {}, heldFrames), decisions));
  }

  it('asks the policy with the pause and the speech so far', () => {
    const asked: Pause[] = [];
    const silence = (pause: Pause) => {
      asked.push(pause);
      return 3 * FRAME_MS;
    };
    assert.deepEqual(decide(drawn('.####...'), { silence }), [
      '3: started at 1',
      '6: paused after 4',
      '7: silence after 4',
    ]);
    const speechMs = 4 * FRAME_MS;
    assert.deepEqual(
      asked,
      [1, 2, 3].map((frames) => ({ speechMs, pauseMs: frames * FRAME_MS })),
    );
  });

  it('ends without a pause when the hang-over is longer than the silence', () => {
    assert.deepEqual(decide(drawn('###.....'), { hangOverMs: 9 * FRAME_MS }), [
      '2: started at 0',
      '7: silence after 2',
    ]);
  });

  const speechLike = fc
    .array(
      fc.record({ probability: fc.double({ min: 0, max: 1, noNaN: true }), frames: fc.integer({ min: 1, max: 8 }) }),
    )
    .map((stretches) => stretches.flatMap(({ probability, frames }) => Array<number>(frames).fill(probability)));

  it('never ends for a silence shorter than asked', () => {
    fc.assert(
      fc.property(speechLike, fc.integer({ min: 1, max: 9 }), (probabilities, silentFrames) => {
        const endpointer = new Endpointer({ ...options, silence: fixedSilence(silentFrames * FRAME_MS) });
        probabilities.forEach((probability, frame) => {
          const event = endpointer.push(probability);
          if (event?.type !== 'ended' || event.reason !== 'silence') return;
          const silent = probabilities.slice(event.lastVoicedFrame + 1, frame + 1);
          assert.ok(silent.length >= silentFrames);
          assert.ok(silent.every((one) => one < options.threshold));
          assert.ok((probabilities[event.lastVoicedFrame] ?? 0) >= options.negativeThreshold);
          assert.ok((probabilities[event.lastVoicedFrame + 1] ?? 0) < options.negativeThreshold);
        });
      }),
    );
  });

  it('keeps to its order: start, pauses and resumptions in turn, one end', () => {
    fc.assert(
      fc.property(speechLike, (probabilities) => {
        const endpointer = new Endpointer(options);
        const types = probabilities.flatMap((probability) => endpointer.push(probability)?.type ?? []);
        assert.match(types.join(' '), /^(speechStarted( paused resumed)*( paused)?( ended)?|ended)?$/);
      }),
    );
  });

  it('does not hear less speech in a stream that was silent before', () => {
    fc.assert(
      fc.property(speechLike, fc.integer({ min: 1, max: 9 }), (probabilities, shift) => {
        const given = { noSpeechMs: Number.POSITIVE_INFINITY };
        const plain = new Endpointer({ ...options, ...given });
        const later = new Endpointer({ ...options, ...given });
        for (let i = 0; i < shift; i++) assert.equal(later.push(0), undefined);
        for (const probability of probabilities) {
          const event = plain.push(probability);
          assert.deepEqual(later.push(probability), event && shifted(event, shift));
        }
      }),
    );
  });
});

function shifted(event: EndpointerEvent, frames: number): EndpointerEvent {
  if (event.type === 'speechStarted') return { ...event, firstVoicedFrame: event.firstVoicedFrame + frames };
  return 'lastVoicedFrame' in event ? { ...event, lastVoicedFrame: event.lastVoicedFrame + frames } : event;
}
