import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LeadingSilenceMemory } from '../../../../src/speech/tts/leadingSilenceMemory.js';

function after(...silencesMs: number[]): number {
  const memory = new LeadingSilenceMemory();
  for (const silenceMs of silencesMs) memory.add(silenceMs);
  return memory.expectedMs;
}

describe('what a voice remembers of its leading silence', () => {
  it('is 200 ms while it has not spoken', () => {
    assert.equal(after(), 200);
  });

  it('is the most that it has begun with lately', () => {
    assert.equal(after(60), 60);
    assert.equal(after(60, 120, 40), 120);
    assert.equal(after(0), 0);
  });

  it('reaches back eight clauses', () => {
    assert.equal(after(120, 40, 40, 40, 40, 40, 40, 40), 120);
    assert.equal(after(120, 40, 40, 40, 40, 40, 40, 40, 50), 50);
  });

  it('is never more than 200 ms', () => {
    assert.equal(after(230, 60), 200);
  });
});
