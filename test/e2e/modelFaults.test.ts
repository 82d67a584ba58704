import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { type Ending, startBreakingOllama } from '../fixtures/brokenReply.js';
import { type FaultyOllama, startFaultyOllama } from '../fixtures/faultyOllama.js';
import { turnWithServer } from '../fixtures/turnWithServer.js';

/** The times that the client allows by default: to connect, to the first token, to the next one; and its one backoff. */
const CONNECT_MS = 2_000;
const FIRST_TOKEN_MS = 60_000;
const TOKEN_MS = 10_000;
const BUSY_MS = 500;

const UNREACHABLE = "Sorry, I can't reach my language model right now.";
const TOO_LONG = 'Sorry, my language model is taking too long.';
const WRONG = 'Sorry, something went wrong with my language model.';
const BUSY = 'Sorry, my language model is busy. Please try again in a moment.';

/** Endings after which the server keeps its side of the connection open. */
const KEPT_OPEN: readonly Ending[] = ['stalls', 'stallsInALine', 'badJson'];

type Turn = ReturnType<typeof turnWithServer>;

/** No timer, no request, no connection. */
async function assertNothingIsLeft({ clock, modelClock }: Turn, server: FaultyOllama): Promise<void> {
  assert.equal(clock.waiting, 0, 'no timer of the turn');
  assert.deepEqual(modelClock.pendingMs, [], 'no timer of the client');
  await Promise.all(server.requests.map(({ closed }) => closed));
  while ((await server.openConnections()) > 0) await turnOfTheLoop();
}

describe('a turn whose model fails before it has said anything', () => {
  /** @param limitMs how long the client waits in vain; 0: it is told at once */
  async function apologises(t: TestContext, starting: Promise<FaultyOllama>, limitMs: number, apology: string) {
    const server = await starting;
    t.after(() => server.close());
    const turn = turnWithServer(server.url);
    const asked = turn.ask('Is the kettle on?');
    if (limitMs > 0) {
      await turn.waiting(0, limitMs);
      turn.modelClock.increment(limitMs - 1);
      await turn.pass(limitMs);
      assert.deepEqual(asked.types(), [], 'not a moment too early');
      turn.modelClock.increment(1);
    }
    await turn.over();
    await turn.pass(60_000);
    assert.deepEqual(asked.types(), ['turn.modelFailed', 'turn.audible', 'turn.replyEnded']);
    const [record] = turn.records;
    assert.deepEqual(record?.chunks, [apology]);
    assert.equal(record?.heard, apology);
    assert.equal(record?.route, 'offline');
    assert.equal(record?.problem?.reason, 'modelFailed');
    assert.ok(record?.problem?.message.includes(server.url), 'the owner reads where');
    await assertNothingIsLeft(turn, server);
    return server;
  }

  for (const [fault, limitMs, apology] of [
    ['absent', 0, UNREACHABLE],
    ['halfOpen', CONNECT_MS, UNREACHABLE],
    ['htmlPage', 0, WRONG],
    ['notHttp', 0, WRONG],
    ['serverError', 0, WRONG],
    ['busy', BUSY_MS, BUSY],
  ] as const) {
    it(`(${fault}) apologises once, briefly, and is over`, async (t) => {
      await apologises(t, startFaultyOllama(fault), limitMs, apology);
    });
  }

  for (const [ending, limitMs, apology] of [
    ['stalls', FIRST_TOKEN_MS, TOO_LONG],
    ['stallsInALine', FIRST_TOKEN_MS, TOO_LONG],
    ['ends', 0, WRONG],
    ['endsInALine', 0, WRONG],
    ['errorLine', 0, WRONG],
    ['badJson', 0, WRONG],
    ['resets', 0, WRONG],
  ] as const) {
    it(`(${ending}) apologises once, briefly, and is over`, async (t) => {
      const server = await apologises(t, startBreakingOllama([], ending), limitMs, apology);
      if (KEPT_OPEN.includes(ending)) assert.equal(server.chats[0]?.aborted, true, 'the server saw the disconnect');
    });
  }
});

describe('a turn whose model fails in the middle of its reply', () => {
  const SAID = ['The', ' kettle', ' is', ' on', '.', ' It', ' is', ' bo'];
  const HEARD = 'The kettle is on. It is';

  for (const [ending, limitMs, message] of [
    ['stalls', TOKEN_MS, /nothing for 10000 ms/],
    ['stallsInALine', TOKEN_MS, /nothing for 10000 ms/],
    ['ends', 0, /did not say that it was done/],
    ['endsInALine', 0, /did not say that it was done/],
    ['errorLine', 0, /an error was encountered/],
    ['badJson', 0, /oops/],
    ['resets', 0, /connection was lost/],
  ] as const) {
    it(`(${ending}) speaks the words that arrived whole, no half one and no apology, and is over`, async (t) => {
      const server = await startBreakingOllama(SAID, ending);
      t.after(() => server.close());
      const turn = turnWithServer(server.url);
      const asked = turn.ask('Is the kettle on?');
      if (limitMs > 0) {
        await turn.waiting(SAID.length, limitMs);
        await turn.pass(limitMs);
        assert.deepEqual(asked.types(), ['turn.modelAnswered', 'turn.audible']);
        assert.equal(turn.playback.played.length, 1, 'the whole sentence is heard meanwhile');
        turn.modelClock.increment(limitMs);
      }
      await turn.over();
      await turn.pass(60_000);
      assert.deepEqual(
        new Set(asked.types()),
        new Set(['turn.modelAnswered', 'turn.audible', 'turn.modelFailed', 'turn.replyEnded']),
      );
      assert.equal(asked.types().at(-1), 'turn.replyEnded');
      const [record] = turn.records;
      assert.deepEqual(record?.chunks, ['The kettle is on.', 'It is']);
      assert.equal(record?.heard, HEARD);
      assert.equal(turn.conversation.messages.at(-1)?.content, HEARD);
      assert.equal(record?.route, 'llm');
      assert.equal(record?.problem?.reason, 'replyIncomplete');
      assert.match(record?.problem?.message ?? '', message);
      await assertNothingIsLeft(turn, server);
      if (KEPT_OPEN.includes(ending)) assert.equal(server.chats[0]?.aborted, true, 'the server saw the disconnect');
    });
  }

  for (const [said, words] of [
    [['Wel'], 'half a word'],
    [[' ', '\n'], 'white space'],
  ] as const) {
    it(`apologises when all that arrived was ${words}`, async (t) => {
      const server = await startBreakingOllama(said, 'ends');
      t.after(() => server.close());
      const turn = turnWithServer(server.url);
      turn.ask('Is the kettle on?');
      await turn.over();
      await turn.pass(60_000);
      assert.equal(turn.records[0]?.heard, WRONG);
      await assertNothingIsLeft(turn, server);
    });
  }

  it('does not spoil the next one', async (t) => {
    const server = await startBreakingOllama(SAID, 'resets');
    t.after(() => server.close());
    const turn = turnWithServer(server.url);
    for (const heard of [HEARD, 'All is well.']) {
      turn.ask('Is the kettle on?');
      await turn.over();
      await turn.pass(60_000);
      assert.equal(turn.records.at(-1)?.heard, heard);
    }
    assert.equal(turn.records.at(-1)?.problem, null);
    await assertNothingIsLeft(turn, server);
  });
});

describe('a turn that is stopped while its model stalls', () => {
  for (const [said, limitMs] of [
    [[], FIRST_TOKEN_MS],
    [['The'], TOKEN_MS],
    [['The', ' kettle', ' is', ' on', '.', ' It'], TOKEN_MS],
  ] as const) {
    it(`after ${said.length} tokens says nothing more, and the server sees the disconnect`, async (t) => {
      const server = await startBreakingOllama(said, 'stalls');
      t.after(() => server.close());
      const turn = turnWithServer(server.url);
      const asked = turn.ask('Is the kettle on?');
      await turn.waiting(said.length, limitMs);
      await turn.pass(1_000);
      const before = asked.types();
      asked.stop();
      await turn.over();
      await turn.pass(60_000);
      assert.deepEqual(asked.types(), before);
      assert.equal(turn.records[0]?.problem, null);
      await server.chats[0]?.closed;
      assert.equal(server.chats[0]?.aborted, true);
      await assertNothingIsLeft(turn, server);
    });
  }
});
