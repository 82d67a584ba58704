import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { waterfall } from '../../../src/observability/waterfall.js';

const timeline = {
  firstPartial: null,
  prefill: null,
  speechEnd: 0,
  recognition: 600,
  endpoint: 600,
  transcript: 600,
  llmRequest: 610,
  firstToken: 900,
  firstChunk: 1100,
  firstPcm: 1180,
  gate: 605,
  filler: null,
  firstAudio: 1200,
  replyEnd: 5200,
};

describe('the waterfall', () => {
  it('gives each stage the time since the one before, and the sum', () => {
    const figures = waterfall(timeline)
      .trimEnd()
      .split('\n')
      .map((line) => Number(/(\d+) ms/.exec(line)?.[1]));
    assert.deepEqual(figures, [600, 0, 10, 290, 200, 80, 20, 4000, 1200]);
  });

  it('counts the words of a skill from the transcript on, since no model was asked', () => {
    const skill = { ...timeline, llmRequest: null, firstToken: null, firstChunk: 604 };
    assert.match(waterfall(skill), /first words to say +4 ms/);
  });

  it('draws the bars one behind the other, 33 columns to the first audible sample', () => {
    const bars = waterfall(timeline)
      .split('\n')
      .map((line) => line.search('█'))
      .filter((column) => column >= 0);
    assert.deepEqual(
      bars,
      [...bars].sort((a, b) => a - b),
    );
    assert.match(waterfall(timeline).split('\n')[0] ?? '', / █{17}$/);
  });

  it('fits into a terminal of 80 columns, the last stage and a long one too', () => {
    const slow = {
      ...timeline,
      firstToken: 1_234_000,
      firstChunk: 1_234_100,
      firstPcm: 1_234_199,
      firstAudio: 1_234_200,
    };
    for (const drawn of [waterfall(timeline), waterfall(slow)]) {
      assert.ok(drawn.split('\n').every((line) => line.length < 80));
    }
  });

  it('shows what was begun early beside the silence that it was done in', () => {
    const early = { ...timeline, recognition: 60, transcript: 300, llmRequest: 300, firstToken: 400, firstChunk: 500 };
    const lines = waterfall({ ...early, firstPcm: 550, gate: 600, firstAudio: 610 })
      .trimEnd()
      .split('\n');
    const figures = lines.map((line) => /(\S.*\S)\s+(\d+) ms/.exec(line)?.slice(1).join(' '));
    assert.deepEqual(figures.slice(0, 3), [
      'silence until the turn is over 600',
      'speech recognition 240',
      'until the model is asked 0',
    ]);
    assert.deepEqual(figures.slice(6, 8), ['held until the turn is over 50', 'until it is audible 10']);
  });

  it('leaves out what did not happen', () => {
    const typed = { ...timeline, endpoint: null, transcript: null, llmRequest: null, firstToken: null };
    assert.doesNotMatch(waterfall(typed), /speech recognition|first token/);
  });
});
