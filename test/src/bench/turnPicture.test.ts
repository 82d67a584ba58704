import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { heardTokens } from '../../../src/bench/sim/heardTokens.js';
import { type PolicyFigures, policyFigures } from '../../../src/bench/turnFigures.js';
import { turnPicture } from '../../../src/bench/turnPicture.js';
import { turnSpans } from '../../../src/bench/turnSpans.js';
import { turnTable } from '../../../src/bench/turnTable.js';

const stages = {
  firstPartial: null,
  prefill: null,
  speechEnd: 0,
  recognition: null,
  gate: null,
  filler: null,
  endpoint: 500,
  transcript: 500,
  llmRequest: 200,
  firstToken: 450,
  firstChunk: 800,
  firstPcm: 1_000,
  firstAudio: 1_010,
  replyEnd: null,
};
const figures: PolicyFigures = {
  turns: 3,
  p50: 1_010,
  p95: 2_000,
  falseCutoffRate: 0.25,
  wastedTokensRatio: 0.5,
  stages,
};
const none: PolicyFigures = { ...policyFigures([], { generated: 0, heard: 0 }) };

describe('the figures of a policy', () => {
  it('leave the times of turns out that were cut off, and count them', () => {
    const turn = (firstAudioMs: number, cutOff = false) => ({ cutOff, firstAudioMs, timeline: stages });
    const { turns, p50, p95, falseCutoffRate, wastedTokensRatio } = policyFigures(
      [turn(-500, true), turn(900), turn(1_000), turn(1_500)],
      { generated: 15, heard: 10 },
    );
    assert.deepEqual([turns, p50, p95, falseCutoffRate, wastedTokensRatio], [4, 1_000, 1_500, 0.25, 0.5]);
  });

  it('are empty without turns', () => {
    assert.deepEqual([none.turns, none.p50, none.falseCutoffRate, none.stages.endpoint], [0, null, 0, null]);
  });

  it('count marks as heard with their words', () => {
    assert.equal(heardTokens('Yes, it is. Oh', 'Yes it is.'), 5);
    assert.equal(heardTokens('Yes, it is. Oh', 'Yes'), 2);
    assert.equal(heardTokens('Yes, it is. Oh', 'Yes it is. Oh'), 6);
  });
});

describe('where the time goes', () => {
  it('comes in the order in which it ended, and each only as far as it was waited for', () => {
    const lengths = turnSpans(stages).map(({ name, fromMs, toMs }) => [name, toMs - fromMs]);
    assert.deepEqual(lengths, [
      ['first token', 450],
      ['silence', 50],
      ['recognition', 0],
      ['first words', 300],
      ['voice', 200],
      ['output', 10],
    ]);
  });

  it('is a table for people', () => {
    const lines = turnTable({ pressel: figures, nobody: none }).split('\n');
    assert.match(lines[0] ?? '', /turns +p50 +p95 +cut off +wasted +silence/);
    assert.match(lines[1] ?? '', /^pressel +3 +1010 +2000 +25\.0 % +50\.0 % +50 +0 +450 +300 +200 +10$/);
    assert.match(lines[2] ?? '', /^nobody +0 +- +- /);
  });
});

describe('the picture', () => {
  const text = { title: 'a < b & "c"', subtitle: 'sub' };

  it('has a bar for each span that takes time, with the figures beside it', () => {
    const svg = turnPicture({ pressel: figures }, text);
    const bars = svg.match(/<rect class="span\d"[^>]*height="24"/g) ?? [];
    assert.equal(bars.length, 5);
    for (const shown of ['>1010<', '>2000<', '>25.0 %<', '>pressel<', 'pressel, voice: 200 ms']) {
      assert.ok(svg.includes(shown), shown);
    }
  });

  it('lets the bars follow each other', () => {
    const svg = turnPicture({ pressel: figures }, text);
    const bars = [...svg.matchAll(/class="span\d" x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="24"/g)];
    for (const [i, bar] of bars.entries()) {
      const before = bars[i - 1];
      if (before) assert.ok(Math.abs(Number(before[1]) + Number(before[2]) - Number(bar[1])) < 0.2);
    }
  });

  it('escapes what it is called', () => {
    const svg = turnPicture({ '<p>': figures }, text);
    assert.ok(svg.includes('a &lt; b &amp; &quot;c&quot;') && svg.includes('&lt;p&gt;'));
    assert.ok(!svg.includes('<p>'));
  });

  it('is drawn without any figures too', () => {
    const svg = turnPicture({ pressel: none }, text);
    assert.ok(!/NaN|Infinity|undefined/.test(svg));
  });
});
