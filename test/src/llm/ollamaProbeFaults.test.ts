import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OllamaModel } from '../../../src/llm/ollamaModel.js';
import { MODEL, startFaultyOllama } from '../../fixtures/faultyOllama.js';
import { WatchedClock } from '../../fixtures/watchedClock.js';

const never = new AbortController().signal;

describe('probing a server that is not well', () => {
  for (const [fault, reason] of [
    ['absent', 'refused'],
    ['htmlPage', 'badResponse'],
    ['notHttp', 'badResponse'],
  ] as const) {
    it(`(${fault}) reports ${reason}`, async () => {
      const server = await startFaultyOllama(fault);
      try {
        const status = await new OllamaModel({ url: server.url, model: MODEL }).probe(never);
        assert.ok(!status.ready);
        assert.equal(status.reason, reason);
        assert.ok(status.message.includes(server.url));
      } finally {
        await server.close();
      }
    });
  }

  it('(halfOpen) reports connectTimeout', async () => {
    const clock = new WatchedClock();
    const server = await startFaultyOllama('halfOpen');
    try {
      const status = new OllamaModel({ url: server.url, model: MODEL, clock }).probe(never);
      await server.chatArrived;
      clock.increment(2_000);
      assert.equal(((await status) as { reason?: string }).reason, 'connectTimeout');
      assert.deepEqual(clock.pendingMs, []);
    } finally {
      await server.close();
    }
  });
});
