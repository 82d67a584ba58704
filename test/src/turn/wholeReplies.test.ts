import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { ServedRequest } from '../../../src/llm/scripted/recordedRequest.js';
import { startScriptedOllama } from '../../../src/llm/scripted/scriptedOllama.js';
import { doneLine, type ScriptedToken, tokenLine, tokensOf } from '../../../src/llm/scripted/scriptedWire.js';
import { MODEL } from '../../fixtures/faultyOllama.js';
import { ASKED, kettle } from '../../fixtures/kettle.js';
import { turnWithServer } from '../../fixtures/turnWithServer.js';

const CALL: ScriptedToken = { toolCalls: [{ name: 'kettle', arguments: { litres: 0.5 } }] };
const SENTENCE = 'The kettle is on, and it holds half a litre. Enjoy your tea at 19:05!';
type Rounds = readonly (readonly ScriptedToken[])[];
type OnChat = (served: ServedRequest, tokens: readonly ScriptedToken[]) => boolean;

const asksFor = ({ body }: ServedRequest) => body as { readonly stream: boolean; readonly tools?: unknown };
const contentOf = (tokens: readonly ScriptedToken[]) => tokens.map(({ content = '' }) => content).join('');
const callsOf = (tokens: readonly ScriptedToken[]) => tokens.flatMap(({ toolCalls = [] }) => toolCalls);

/** Servers, by what they make of a request to stream. */
const SERVERS: Readonly<Record<string, { readonly streaming?: false; readonly onChat?: OnChat }>> = {
  'streams, and was asked not to': { streaming: false },
  'streams though it was asked not to': {
    streaming: false,
    onChat: ({ response }, tokens) => {
      for (const token of tokens) response.write(tokenLine('chat', MODEL, token));
      response.end(doneLine('chat', MODEL, 'stop'));
      return true;
    },
  },
  'answers with one document': {
    onChat: ({ response }, tokens) => {
      const whole = { content: contentOf(tokens), toolCalls: callsOf(tokens) };
      response.end(JSON.stringify(JSON.parse(doneLine('chat', MODEL, 'stop', whole)), null, 2));
      return true;
    },
  },
  'refuses to stream': {
    onChat: (served) => {
      if (asksFor(served).stream) served.json(400, { error: 'streaming is not supported' });
      return asksFor(served).stream;
    },
  },
  'refuses to stream what may hold calls': {
    onChat: (served) => {
      const refuses = asksFor(served).stream && asksFor(served).tools !== undefined;
      if (refuses) served.json(500, { error: { message: 'stream is not supported with tools' } });
      return refuses;
    },
  },
  'streams calls as the text that the model wrote': {
    onChat: ({ response }, tokens) => {
      const written = callsOf(tokens).map(({ name, arguments: parameters }) => JSON.stringify({ name, parameters }));
      const text = [contentOf(tokens), ...written].filter((part) => part !== '').join('\n');
      for (const token of tokensOf(text)) response.write(tokenLine('chat', MODEL, token));
      response.end(doneLine('chat', MODEL, 'stop'));
      return true;
    },
  },
};

/** What is spoken in answer to one question, and how often the tool was run. */
async function spokenBy(t: TestContext, rounds: Rounds, { streaming, onChat }: { streaming?: false; onChat?: OnChat }) {
  const { skill, ran } = kettle();
  const tokensFor = (messages: readonly { readonly role: string }[]) =>
    rounds[messages.filter(({ role }) => role === 'tool').length] ?? [];
  const server = await startScriptedOllama({
    models: [{ name: MODEL, capabilities: ['completion', 'tools'] }],
    reply: tokensFor,
    ...(onChat && {
      onChat: (served) => onChat(served, tokensFor((served.body as { messages: { role: string }[] }).messages)),
    }),
  });
  t.after(() => server.close());
  const turn = turnWithServer(server.url, [skill], streaming === undefined ? {} : { streaming });
  const asked = turn.ask(ASKED);
  for (let passes = 0; passes < 5_000 && !asked.types().includes('turn.replyEnded'); passes++) {
    await turnOfTheLoop();
    await turn.pass(50);
  }
  const [record] = turn.records;
  return { said: record?.chunks.join(' '), runs: ran.length, problem: record?.problem };
}

const REPLIES: Readonly<Record<string, Rounds>> = {
  'a plain reply': [tokensOf(SENTENCE)],
  'a reply with thoughts in it': [tokensOf(`<think>\nA kettle? Of course.\n</think>\n\n${SENTENCE}`)],
  'a reply after a tool': [[CALL], tokensOf(SENTENCE)],
  'a reply with words before the tool': [[...tokensOf('Let me see.'), CALL], tokensOf(SENTENCE)],
  'a reply whose call is text': [
    tokensOf('Let me see.\n<tool_call>\n{"name": "kettle", "arguments": {"litres": 0.5}}\n</tool_call>'),
    tokensOf(SENTENCE),
  ],
};

for (const [what, rounds] of Object.entries(REPLIES)) {
  let first: ReturnType<typeof spokenBy> | undefined;
  describe(`${what} is the same spoken text as streamed`, () => {
    for (const [manner, server] of Object.entries(SERVERS)) {
      it(`from a server that ${manner}`, async (t) => {
        first ??= spokenBy(t, rounds, {});
        const streamed = await first;
        assert.match(streamed.said ?? '', /The kettle is on, .*Enjoy your tea/);
        assert.equal(streamed.runs, rounds.length - 1);
        assert.equal(streamed.problem, null);
        assert.deepEqual(await spokenBy(t, rounds, server), streamed);
      });
    }
  });
}

describe('a reply that fails in the middle', () => {
  const fails: OnChat = (served) => {
    if (!asksFor(served).stream) served.json(500, { error: 'the model has crashed' });
    else {
      served.response.write(tokenLine('chat', MODEL, { content: 'It is on. And it' }));
      served.response.end('{"error":"the model has crashed"}\n');
    }
    return true;
  };

  it('is spoken as far as it has come; where it should come whole, nothing of it has, and the user hears so', async (t) => {
    const streamed = await spokenBy(t, [[]], { onChat: fails });
    assert.deepEqual([streamed.said, streamed.problem?.reason], ['It is on. And', 'replyIncomplete']);
    const whole = await spokenBy(t, [[]], { streaming: false, onChat: fails });
    assert.deepEqual(
      [whole.said, whole.problem?.reason],
      ['Sorry, something went wrong with my language model.', 'modelFailed'],
    );
  });
});
