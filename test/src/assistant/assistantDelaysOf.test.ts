import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assistantDelayDefaults } from '../../../machines/assistantDelays.js';
import { assistantDelaysOf } from '../../../src/assistant/assistantDelaysOf.js';
import { DEFAULT_CONFIG } from '../../../src/config/config.js';

describe("the statechart's delays", () => {
  it('are the usual ones where nothing is configured', () => {
    const { followUpMs, forgetAfterMs } = DEFAULT_CONFIG.conversation;
    assert.deepEqual(assistantDelaysOf(DEFAULT_CONFIG), { ...assistantDelayDefaults, followUpMs, forgetAfterMs });
  });

  it('let a model that is given more time report its own failure', () => {
    const llm = { ...DEFAULT_CONFIG.llm, firstTokenTimeoutMs: 600_000, tools: 'off' as const };
    assert.equal(assistantDelaysOf({ ...DEFAULT_CONFIG, llm }).thinkTimeoutMs, 609_000);
    const withTools = { ...llm, tools: 'auto' as const };
    assert.equal(assistantDelaysOf({ ...DEFAULT_CONFIG, llm: withTools }).thinkTimeoutMs, 639_000, 'and a call');
    const whole = { ...DEFAULT_CONFIG.llm, streaming: false };
    assert.ok(assistantDelaysOf({ ...DEFAULT_CONFIG, llm: whole }).thinkTimeoutMs > 60_000 + 256 * 500);
  });

  it('let somebody talk for as long as is configured', () => {
    const endpointing = { ...DEFAULT_CONFIG.endpointing, maxUtteranceMs: 300_000 };
    assert.ok(assistantDelaysOf({ ...DEFAULT_CONFIG, endpointing }).listenTimeoutMs > 308_000);
  });
});
