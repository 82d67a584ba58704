import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SimulatedClock } from 'xstate';
import { STAGES, Timeline } from '../../../src/observability/timeline.js';

function begin() {
  const clock = new SimulatedClock();
  clock.set(5_000);
  return { clock, timeline: new Timeline(clock) };
}

describe('the timeline of a turn', () => {
  it('counts every stage from the end of speech, and is null for one that did not happen', () => {
    const { clock, timeline } = begin();
    timeline.mark('speechEnd');
    clock.increment(600);
    timeline.mark('endpoint');
    clock.increment(250);
    timeline.mark('firstAudio');
    assert.deepEqual(timeline.report(), {
      firstPartial: null,
      prefill: null,
      speechEnd: 0,
      recognition: null,
      endpoint: 600,
      transcript: null,
      llmRequest: null,
      firstToken: null,
      firstChunk: null,
      firstPcm: null,
      gate: null,
      filler: null,
      firstAudio: 850,
      replyEnd: null,
    });
  });

  it('has the stages in the order in which they are passed', () => {
    assert.deepEqual(Object.keys(begin().timeline.report()), [...STAGES]);
  });

  it('knows only the first time a stage was passed', () => {
    const { clock, timeline } = begin();
    timeline.mark('speechEnd');
    clock.increment(10);
    timeline.mark('firstToken');
    clock.increment(10);
    timeline.mark('firstToken');
    timeline.mark('speechEnd');
    assert.equal(timeline.report().firstToken, 10);
  });

  it('takes the time of a stage that is noticed late, and rounds to whole milliseconds', () => {
    const { clock, timeline } = begin();
    clock.increment(1_000);
    timeline.mark('speechEnd', 5_400.2);
    timeline.mark('endpoint');
    timeline.mark('firstAudio', 6_900.9);
    const { endpoint, firstAudio } = timeline.report();
    assert.deepEqual({ endpoint, firstAudio }, { endpoint: 600, firstAudio: 1_501 });
  });

  it('is all null while nobody has finished speaking', () => {
    const { timeline } = begin();
    timeline.mark('endpoint');
    assert.deepEqual(
      Object.values(timeline.report()),
      STAGES.map(() => null),
    );
  });
});
