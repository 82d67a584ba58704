import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chatModelThreads, voiceThreads } from '../../../src/inference/coreShares.js';

describe('the cores of a small computer', () => {
  it('are all but one for the voice, and no more than it can use', () => {
    assert.deepEqual([1, 2, 4, 16].map(voiceThreads), [1, 1, 3, 3]);
  });

  it('are all but one for the chat model on a Raspberry Pi, and the server decides elsewhere', () => {
    assert.deepEqual([2, 4, 8].map(chatModelThreads), [undefined, 3, undefined]);
  });
});
