import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { LlmFailure } from '../../../src/llm/chatModel.js';
import { OllamaModel } from '../../../src/llm/ollamaModel.js';
import type { OllamaOptions } from '../../../src/llm/ollamaOptions.js';
import { collectReply, type Outcome, reasonOf } from '../../fixtures/collectReply.js';
import {
  BEFORE_THE_FAULT,
  type Fault,
  type FaultyOllama,
  MODEL,
  POUR_BYTES,
  startFaultyOllama,
  WHOLE_REPLY,
} from '../../fixtures/faultyOllama.js';
import { WatchedClock } from '../../fixtures/watchedClock.js';

const never = new AbortController().signal;
const QUESTION = [{ role: 'user', content: 'Is the kettle on?' }] as const;

interface Run extends Outcome {
  readonly server: FaultyOllama;
}

/** Meets a fault. `meanwhile` runs while the reply is read. */
async function meet(
  fault: Fault,
  options: Partial<OllamaOptions> = {},
  meanwhile: (clock: WatchedClock, server: FaultyOllama) => Promise<void> = async () => {},
): Promise<Run> {
  const clock = new WatchedClock();
  const server = await startFaultyOllama(fault);
  try {
    const model = new OllamaModel({ url: server.url, model: MODEL, clock, ...options });
    const [outcome] = await Promise.all([collectReply(model.reply(QUESTION, never)), meanwhile(clock, server)]);
    assert.deepEqual(clock.pendingMs, [], 'no timer is left');
    await Promise.all(server.requests.map(({ closed }) => closed));
    return { ...outcome, server };
  } finally {
    await server.close();
  }
}

function assertFailed({ error, server }: Run, reason: LlmFailure, ...words: RegExp[]): void {
  assert.equal(reasonOf(error), reason);
  const message = error instanceof Error ? error.message : '';
  assert.ok(message.includes(server.url), `names the server: ${message}`);
  for (const word of words) assert.match(message, word);
}

describe('a server that cannot reply', () => {
  const cases: readonly [fault: Fault, reason: LlmFailure, ...words: RegExp[]][] = [
    ['absent', 'refused', /ECONNREFUSED/, /ollama serve/],
    ['serverError', 'crashed', /kettle:1b/, /unexpectedly stopped/, /smaller model/],
    ['errorLineFirst', 'crashed', /process has terminated/],
    ['diesBeforeFirstToken', 'crashed', /ECONNRESET/],
    ['badJsonFirst', 'badResponse', /oops/],
    ['doesNotSupportTools', 'badRequest', /does not support tools/],
    ['hostNotAllowed', 'badRequest', /403/, /OLLAMA_HOST/],
    ['htmlPage', 'badResponse', /502 Bad Gateway/, /11434/],
    ['htmlWithStatus200', 'badResponse', /doctype html/],
    ['otherJson', 'badResponse', /hello/],
    ['notHttp', 'badResponse', /HPE_INVALID/],
  ];
  for (const [fault, reason, ...words] of cases) {
    it(`(${fault}) fails with ${reason} and the remedy`, async () => {
      const run = await meet(fault);
      assert.equal(run.text, '');
      assertFailed(run, reason, ...words);
    });
    it(`(${fault}) fails with ${reason} without streaming, too`, async () => {
      assertFailed(await meet(fault, { streaming: false }), reason);
    });
  }

  it('(no such model) names the command that fetches it', async () => {
    const run = await meet('serverError', { model: 'tea:2b' });
    assertFailed(run, 'notFound', /ollama pull tea:2b$/);
  });
});

describe('a reply that breaks off', () => {
  const cases: readonly [fault: Fault, reason: LlmFailure, ...words: RegExp[]][] = [
    ['errorLineMidStream', 'crashed', /an error was encountered/],
    ['diesMidStream', 'incomplete', /ECONNRESET/],
    ['diesMidWord', 'incomplete', /ECONNRESET/],
    ['endsWithoutDone', 'incomplete', /did not say that it was done/],
    ['endsMidWord', 'incomplete', /did not say that it was done/],
    ['badJson', 'badResponse', /oops/],
  ];
  for (const [fault, reason, ...words] of cases) {
    it(`(${fault}) fails with ${reason}, and what arrived stays valid`, async () => {
      const run = await meet(fault);
      assert.equal(run.text, BEFORE_THE_FAULT);
      assertFailed(run, reason, ...words);
    });
  }
});

it('a reply that ends before it has begun is incomplete', async () => {
  const run = await meet('endsBeforeFirstToken');
  assert.equal(run.text, '');
  assertFailed(run, 'incomplete', /did not say that it was done/);
});

describe('a server that keeps one waiting', () => {
  it('without accepting or answering anything is given up after the connect timeout', async () => {
    const run = await meet('halfOpen', {}, async (clock, server) => {
      await server.chatArrived;
      await clock.set(2_000);
      clock.increment(1_999);
      assert.deepEqual(clock.pendingMs, [2_000]);
      clock.increment(1);
    });
    assertFailed(run, 'connectTimeout', /2000 ms/);
  });

  for (const fault of ['stallsBeforeFirstToken', 'stallsAfterHeaders'] as const) {
    for (const streaming of [true, false]) {
      const limitMs = streaming ? 60_000 : 60_000 + 256 * 500;
      it(`(${fault}, streaming ${streaming}) is given ${limitMs} ms for its first answer when it is alive`, async () => {
        const run = await meet(fault, { streaming }, async (clock, server) => {
          await server.chatArrived;
          await clock.set(limitMs);
          assert.deepEqual(clock.pendingMs, [limitMs], 'the connect timeout is no longer running');
          clock.increment(limitMs);
        });
        assertFailed(run, 'firstTokenTimeout', /kettle:1b/);
        assert.equal(run.server.chats[0]?.aborted, true);
      });
    }
  }

  for (const fault of ['stallsBetweenTokens', 'stallsMidWord'] as const) {
    it(`(${fault}) in the middle of a reply is given the token timeout, and what arrived stays valid`, async () => {
      const clock = new WatchedClock();
      const server = await startFaultyOllama(fault);
      try {
        const reply = new OllamaModel({ url: server.url, model: MODEL, clock }).reply(QUESTION, never);
        let text = '';
        while (text !== BEFORE_THE_FAULT) text += (await reply.next()).value;
        const outcome = collectReply(reply);
        await clock.set(10_000);
        clock.increment(10_000);
        assertFailed({ ...(await outcome), server }, 'stalled', /10000 ms/);
        assert.equal((await outcome).text, '', 'half a line is nothing');
        await server.chats[0]?.closed;
        assert.equal(server.chats[0]?.aborted, true);
        assert.deepEqual(clock.pendingMs, []);
      } finally {
        await server.close();
      }
    });
  }

  it('is given each of the three times that were asked for', async () => {
    const times = { connectTimeoutMs: 31, firstTokenTimeoutMs: 32, tokenTimeoutMs: 33 };
    for (const [fault, limitMs] of [
      ['halfOpen', 31],
      ['stallsBeforeFirstToken', 32],
      ['stallsBetweenTokens', 33],
    ] as const) {
      const over = new AbortController();
      const clock = new WatchedClock();
      const met = meet(fault, { ...times, clock }).finally(() => over.abort());
      while (!over.signal.aborted) {
        await turnOfTheLoop();
        if (clock.pendingMs.includes(limitMs)) clock.increment(limitMs);
      }
      const { error } = await met;
      assert.match(String(error), new RegExp(`nothing for ${limitMs} ms`));
    }
  });

  it('is not blamed for a consumer that takes its time', async () => {
    const clock = new WatchedClock();
    const server = await startFaultyOllama('bytewise');
    try {
      let text = '';
      for await (const piece of new OllamaModel({ url: server.url, model: MODEL, clock }).reply(QUESTION, never)) {
        text += piece;
        assert.deepEqual(clock.pendingMs, []);
        clock.increment(1_000_000);
      }
      assert.equal(text, WHOLE_REPLY);
    } finally {
      await server.close();
    }
  });
});

describe('a server that is busy', () => {
  for (const fault of ['busy', 'loadAborted'] as const) {
    it(`(${fault}) is asked once more after a pause, and no more than once`, async () => {
      const run = await meet(fault, {}, async (clock) => {
        await clock.set(500);
        clock.increment(500);
      });
      assertFailed(run, 'busy', /kettle:1b/);
      assert.equal(run.server.chats.length, 2);
    });
  }

  it('is not asked again when the turn ends during the pause', async () => {
    const turn = new AbortController();
    const clock = new WatchedClock();
    const server = await startFaultyOllama('busy');
    try {
      const outcome = collectReply(
        new OllamaModel({ url: server.url, model: MODEL, clock }).reply(QUESTION, turn.signal),
      );
      await clock.set(500);
      turn.abort(new Error('barge-in'));
      assert.match(String((await outcome).error), /barge-in/);
      assert.deepEqual(clock.pendingMs, []);
      assert.equal(server.chats.length, 1);
    } finally {
      await server.close();
    }
  });
});

describe('a reply without end', () => {
  it('is cut at the limit of characters, and the server is cut off', async () => {
    const run = await meet('endless', { maxReplyChars: 5_000 });
    assertFailed(run, 'tooLong', /5000 characters/);
    assert.equal(run.text.length, 5_000);
    assertCutOff(run, 1_000);
  });

  it('does not end in half a character', async () => {
    const { text } = await meet('bytewise', { maxReplyChars: WHOLE_REPLY.length - 2 });
    assert.equal(text, 'Das Wasser ist heiß: 100 °C ');
  });

  for (const [fault, pieceBytes] of [
    ['oneHugeLine', 64 * 1024],
    ['endlessThinking', 800],
  ] as const) {
    it(`(${fault}) that never says a word is cut off before it fills the memory`, async () => {
      const run = await meet(fault, { maxReplyChars: 5_000 });
      assertFailed(run, 'tooLong', /bytes/);
      assert.equal(run.text, '');
      assertCutOff(run, pieceBytes);
    });
  }

  /** The sockets on both sides hold some megabytes at most. */
  function assertCutOff({ server }: Run, pieceBytes: number): void {
    const [chat] = server.chats;
    assert.equal(chat?.aborted, true);
    assert.ok((chat?.tokensSent ?? 0) * pieceBytes < POUR_BYTES / 2, `${chat?.tokensSent} pieces sent`);
  }
});

describe('a server with odd habits', () => {
  for (const fault of ['bytewise', 'blankLines', 'noFinalNewline', 'thinkingChunks'] as const) {
    it(`(${fault}) is understood`, async () => {
      const { text, error } = await meet(fault);
      assert.equal(error, undefined);
      assert.equal(text, WHOLE_REPLY);
    });
  }

  it('(toolCallsAtEnd) gives an empty reply', async () => {
    assert.deepEqual((await meet('toolCallsAtEnd')).pieces, []);
  });

  it('never makes the client library write to the console', async () => {
    const written: unknown[] = [];
    const methods = (['log', 'warn', 'error', 'info'] as const).map((name) =>
      mock.method(console, name, (...words: unknown[]) => written.push(words)),
    );
    try {
      for (const fault of ['badJson', 'htmlPage', 'blankLines', 'hostNotAllowed', 'serverError'] as const) {
        await meet(fault);
      }
    } finally {
      for (const method of methods) method.mock.restore();
    }
    assert.deepEqual(written, []);
  });
});
