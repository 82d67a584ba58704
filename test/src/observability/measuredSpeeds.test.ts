import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatUsage } from '../../../src/llm/chatUsage.js';
import { type MeasuredSpeeds, NOTHING_MEASURED, SpeedMeter } from '../../../src/observability/measuredSpeeds.js';

const WARM_UP: ChatUsage = {
  purpose: 'warmUp',
  promptIsNew: true,
  promptTokens: 180,
  promptMs: 9_000,
  replyTokens: 1,
  replyMs: 100,
};
const reply = (replyTokens: number, replyMs: number): ChatUsage => ({
  purpose: 'reply',
  promptIsNew: false,
  promptTokens: 200,
  promptMs: 300,
  replyTokens,
  replyMs,
});

describe('the speeds of the models', () => {
  it('are unknown in the beginning', () => {
    assert.deepEqual(new SpeedMeter().speeds, NOTHING_MEASURED);
  });

  it('of voice and recogniser are the time for a second of sound', () => {
    const meter = new SpeedMeter();
    meter.spoken({
      synthesis: { tookMs: 1_500, firstPieceMs: 200, audioMs: 3_000 },
      recognition: { tookMs: 900, audioMs: 3_000 },
      heard: 'the quick brown fox',
    });
    const expected = { ttsRealTimeFactor: 0.5, ttsFirstPieceMs: 200, asrRealTimeFactor: 0.3 };
    assert.deepEqual(meter.speeds, { ...NOTHING_MEASURED, ...expected });
  });

  it('of reading come from a prompt that the server did not know', () => {
    const meter = new SpeedMeter();
    meter.chatted(WARM_UP);
    assert.deepEqual(meter.speeds, { ...NOTHING_MEASURED, promptTokensPerSecond: 20 });
    meter.chatted({ ...WARM_UP, promptIsNew: false, promptMs: 10 });
    meter.chatted({ ...WARM_UP, promptTokens: 31, promptMs: 10 });
    meter.chatted({ ...WARM_UP, promptMs: 0 });
    assert.equal(meter.speeds.promptTokensPerSecond, 20);
  });

  it('of writing come from replies of some length, and one slow reply does not count', () => {
    const meter = new SpeedMeter();
    meter.chatted(WARM_UP);
    meter.chatted(reply(7, 10_000));
    meter.chatted(reply(8, 0));
    assert.equal(meter.speeds.generatedTokensPerSecond, null);
    for (const ms of [1_000, 9_000, 1_000]) meter.chatted(reply(8, ms));
    assert.equal(meter.speeds.generatedTokensPerSecond, 8);
  });

  it('of writing follow the last replies, when the model has become slow for good', () => {
    const meter = new SpeedMeter();
    for (let n = 0; n < 20; n++) meter.chatted(reply(80, 10_000));
    for (let n = 0; n < 5; n++) meter.chatted(reply(20, 10_000));
    assert.equal(meter.speeds.generatedTokensPerSecond, 2);
  });

  it('are told when they change, as long as somebody listens', () => {
    const meter = new SpeedMeter();
    const told: MeasuredSpeeds[] = [];
    const leave = meter.onChange((speeds) => told.push(speeds));
    meter.chatted(WARM_UP);
    meter.chatted(reply(1, 1));
    leave();
    meter.chatted(reply(80, 10_000));
    assert.deepEqual(told, [{ ...NOTHING_MEASURED, promptTokensPerSecond: 20 }]);
  });
});
