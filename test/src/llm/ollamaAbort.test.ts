import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, it } from 'node:test';
import { OllamaModel } from '../../../src/llm/ollamaModel.js';
import { startScriptedOllama } from '../../../src/llm/scripted/scriptedOllama.js';
import { collectReply } from '../../fixtures/collectReply.js';
import { type Fault, type FaultyOllama, MODEL, startFaultyOllama } from '../../fixtures/faultyOllama.js';
import { WatchedClock } from '../../fixtures/watchedClock.js';

const QUESTION = [{ role: 'user', content: 'Is the kettle on?' }] as const;

interface Scene {
  readonly server: FaultyOllama;
  readonly clock: WatchedClock;
  readonly model: OllamaModel;
  readonly turn: AbortController;
}

async function withServer(fault: Fault, play: (scene: Scene) => Promise<void>, streaming = true): Promise<void> {
  const server = await startFaultyOllama(fault);
  const clock = new WatchedClock();
  const turn = new AbortController();
  try {
    await play({ server, clock, turn, model: new OllamaModel({ url: server.url, model: MODEL, clock, streaming }) });
    await Promise.all(server.requests.map(({ closed }) => closed));
    assert.deepEqual(clock.pendingMs, [], 'no timer is left');
    assert.deepEqual(getEventListeners(turn.signal, 'abort'), [], 'nothing listens to the turn any more');
  } finally {
    await server.close();
  }
}

const bargeIn = new Error('barge-in');

describe('aborting a turn', () => {
  for (const streaming of [true, false]) {
    it(`before the first token (streaming ${streaming}) ends the request on the server`, () =>
      withServer(
        'stallsBeforeFirstToken',
        async ({ server, model, turn }) => {
          const outcome = collectReply(model.reply(QUESTION, turn.signal));
          await server.chatArrived;
          turn.abort(bargeIn);
          assert.equal((await outcome).error, bargeIn);
          await server.chats[0]?.closed;
          assert.equal(server.chats[0]?.aborted, true);
        },
        streaming,
      ));

    it(`between headers and the first token (streaming ${streaming}) ends the request on the server`, () =>
      withServer(
        'stallsAfterHeaders',
        async ({ server, clock, model, turn }) => {
          const outcome = collectReply(model.reply(QUESTION, turn.signal));
          await server.chatArrived;
          await clock.set(streaming ? 60_000 : 60_000 + 256 * 500);
          turn.abort(bargeIn);
          assert.equal((await outcome).error, bargeIn);
          await server.chats[0]?.closed;
          assert.equal(server.chats[0]?.aborted, true);
        },
        streaming,
      ));
  }

  it('during the stream ends the request on the server', () =>
    withServer('stallsBetweenTokens', async ({ server, model, turn }) => {
      const reply = model.reply(QUESTION, turn.signal);
      await reply.next();
      await reply.next();
      const third = reply.next();
      turn.abort(bargeIn);
      await assert.rejects(third, bargeIn);
      await server.chats[0]?.closed;
      assert.equal(server.chats[0]?.aborted, true);
    }));

  it('ends the request even while nobody asks for the next token', () =>
    withServer('endless', async ({ server, model, turn }) => {
      const reply = model.reply(QUESTION, turn.signal);
      await reply.next();
      turn.abort(bargeIn);
      await server.chats[0]?.closed;
      assert.equal(server.chats[0]?.aborted, true);
      await assert.rejects(reply.next(), bargeIn);
    }));

  it('while a dead server is being connected to ends that connection', () =>
    withServer('halfOpen', async ({ server, model, turn }) => {
      const outcome = collectReply(model.reply(QUESTION, turn.signal));
      await server.chatArrived;
      turn.abort(bargeIn);
      assert.equal((await outcome).error, bargeIn);
    }));

  it('before the start sends nothing', () =>
    withServer('endless', async ({ server, model, turn }) => {
      turn.abort(bargeIn);
      assert.equal((await collectReply(model.reply(QUESTION, turn.signal))).error, bargeIn);
      assert.equal(server.requests.length, 0);
    }));

  it('does not touch a model that is being loaded by its own request', async () => {
    const serverClock = new WatchedClock();
    const server = await startScriptedOllama({
      models: [{ name: MODEL, capabilities: [] }],
      loadMs: 30_000,
      clock: serverClock,
    });
    try {
      const model = new OllamaModel({ url: server.url, model: MODEL, clock: new WatchedClock() });
      const warm = model.warmUp([{ role: 'system', content: 'Be brief.' }], new AbortController().signal);
      await serverClock.set(30_000);
      const turn = new AbortController();
      const outcome = collectReply(model.reply(QUESTION, turn.signal));
      turn.abort(bargeIn);
      assert.equal((await outcome).error, bargeIn);
      serverClock.increment(30_000);
      await warm;
    } finally {
      await server.close();
    }
  });
});

describe('leaving a reply early', () => {
  it('with break closes the connection', () =>
    withServer('endless', async ({ server, model, turn }) => {
      for await (const _piece of model.reply(QUESTION, turn.signal)) break;
      await server.chats[0]?.closed;
      assert.equal(server.chats[0]?.aborted, true);
    }));

  it('with an error of the consumer closes the connection', () =>
    withServer('endless', async ({ server, model, turn }) => {
      const read = async () => {
        for await (const _piece of model.reply(QUESTION, turn.signal)) throw new Error('no voice');
      };
      await assert.rejects(read, /no voice/);
      await server.chats[0]?.closed;
      assert.equal(server.chats[0]?.aborted, true);
    }));
});

it('a reply read to its end was not aborted, and leaves no connection, timer or listener', () =>
  withServer('blankLines', async ({ server, model, turn }) => {
    await collectReply(model.reply(QUESTION, turn.signal));
    await server.chats[0]?.closed;
    assert.equal(server.chats[0]?.aborted, false);
    await Promise.all(server.requests.map(({ closed }) => closed));
    assert.equal(await server.openConnections(), 0);
  }));
