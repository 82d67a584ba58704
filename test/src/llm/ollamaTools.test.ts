import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { ChatMessage, ReplyPiece, Tool } from '../../../src/llm/chatModel.js';
import { OllamaModel } from '../../../src/llm/ollamaModel.js';
import type { OllamaOptions } from '../../../src/llm/ollamaOptions.js';
import type { ServedRequest } from '../../../src/llm/scripted/recordedRequest.js';
import { type ScriptedOllamaOptions, startScriptedOllama } from '../../../src/llm/scripted/scriptedOllama.js';
import { doneLine, type ScriptedToken, tokenLine } from '../../../src/llm/scripted/scriptedWire.js';

const MODEL = 'kettle:1b';
const never = new AbortController().signal;
const QUESTION: ChatMessage[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Put the kettle on.' },
];
const CALL = { name: 'kettle', arguments: { litres: 1 } };
const TOOLS: Tool[] = [
  {
    name: 'kettle',
    description: 'Boils water.',
    parameters: { type: 'object', properties: { litres: { type: 'number' } }, required: ['litres'] },
  },
];

interface ChatBody {
  readonly stream: boolean;
  readonly tools?: unknown;
  readonly messages: readonly Readonly<Record<string, unknown>>[];
}

async function serve(t: TestContext, options: Partial<ScriptedOllamaOptions>, model: Partial<OllamaOptions> = {}) {
  const server = await startScriptedOllama({
    models: [{ name: MODEL, capabilities: ['completion', 'tools'] }],
    ...options,
  });
  t.after(() => server.close());
  return {
    server,
    model: new OllamaModel({ url: server.url, model: MODEL, ...model }),
    bodies: () => server.requests.filter(({ path }) => path === '/api/chat').map(({ body }) => body as ChatBody),
  };
}

async function collect(reply: AsyncIterable<ReplyPiece>): Promise<ReplyPiece[]> {
  const pieces: ReplyPiece[] = [];
  for await (const piece of reply) pieces.push(piece);
  return pieces;
}

describe('a model that can call tools', () => {
  const calls: readonly ScriptedToken[] = [{ content: 'One' }, { content: ' moment.' }, { toolCalls: [CALL] }];
  for (const generation of ['runner', 'rendered', 'native'] as const)
    for (const streaming of [true, false]) {
      it(`(${generation}, ${streaming ? 'streamed' : 'whole'}) has its calls read from whichever piece holds them`, async (t) => {
        const { model, bodies } = await serve(t, { generation, reply: () => calls }, { streaming });
        const pieces = await collect(model.reply(QUESTION, never, TOOLS));
        assert.deepEqual(pieces, [...(streaming ? ['One', ' moment.'] : ['One moment.']), CALL]);
        assert.equal(bodies()[0]?.stream, streaming);
        assert.deepEqual(bodies()[0]?.tools, [{ type: 'function', function: TOOLS[0] }]);
      });
    }

  it('has every call read, of several in one piece and of several pieces', async (t) => {
    const call = (litres: number) => ({ name: 'kettle', arguments: { litres } });
    const onChat = ({ response }: ServedRequest) => {
      response.writeHead(200);
      response.write(tokenLine('chat', MODEL, { toolCalls: [call(1), call(2)] }));
      response.write(tokenLine('chat', MODEL, { content: 'On.', toolCalls: [call(3)] }));
      response.end(doneLine('chat', MODEL, 'stop', { toolCalls: [call(4)] }));
      return true;
    };
    for (const streaming of [true, false]) {
      const { model } = await serve(t, { onChat }, { streaming });
      const pieces = await collect(model.reply(QUESTION, never, TOOLS));
      assert.deepEqual(
        pieces.filter((piece) => typeof piece !== 'string'),
        [1, 2, 3, 4].map(call),
      );
      assert.ok(pieces.includes('On.'), streaming ? 'streamed' : 'though it was asked not to stream');
    }
  });

  it('is told what it has called, and what came of it', async (t) => {
    const { model, bodies } = await serve(t, { reply: () => 'It is on.' });
    const round: ChatMessage[] = [
      { role: 'assistant', content: '', toolCalls: [CALL, { name: 'kettle', arguments: 'nonsense' }] },
      { role: 'tool', content: 'It boils.', toolName: 'kettle' },
    ];
    assert.deepEqual(await collect(model.reply([...QUESTION, ...round], never, TOOLS)), ['It', ' is', ' on.']);
    assert.deepEqual(bodies()[0]?.messages.slice(2), [
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ function: CALL }, { function: { name: 'kettle', arguments: {} } }],
      },
      { role: 'tool', content: 'It boils.', tool_name: 'kettle' },
    ]);
  });

  it('has read the tools with the warm-up and with what it reads ahead', async (t) => {
    const { server, model } = await serve(t, { reply: () => 'It is on.' });
    await model.warmUp(QUESTION.slice(0, 1), never, TOOLS);
    await model.prefill(QUESTION, never, TOOLS);
    const before = server.work.promptTokens;
    await collect(model.reply(QUESTION, never, TOOLS));
    assert.equal(server.work.promptTokens - before, 1, 'the very same prompt');
  });

  it('calls none where it is offered none, and what is no call is none', async (t) => {
    const { model } = await serve(t, { reply: () => calls });
    assert.deepEqual(await collect(model.reply(QUESTION, never)), ['One', ' moment.']);
    const line = JSON.stringify({
      message: { role: 'assistant', content: '', tool_calls: [null, 7, { function: { name: 3 } }, { function: CALL }] },
      done: true,
    });
    const odd = await serve(t, {
      onChat: ({ response }) => {
        response.writeHead(200).end(`${line}\n`);
        return true;
      },
    });
    assert.deepEqual(await collect(odd.model.reply(QUESTION, never, TOOLS)), [CALL]);
  });
});

describe('where a model reads its tools', () => {
  for (const toolPlace of ['lastQuestion', 'systemPrompt'] as const) {
    it(`is known of its template once it is warm: ${toolPlace}`, async (t) => {
      const { model } = await serve(t, {
        models: [{ name: MODEL, capabilities: ['completion', 'tools'], toolPlace }],
        reply: () => 'On.',
      });
      assert.equal(model.toolPlace, 'systemPrompt', 'as most do');
      await model.warmUp(QUESTION, never, TOOLS);
      assert.equal(model.toolPlace, toolPlace);
    });
  }
});

describe('a model that cannot call tools', () => {
  it('is not told of any', async (t) => {
    const { model, bodies } = await serve(t, {
      models: [{ name: MODEL, capabilities: ['completion'] }],
      reply: () => 'Hello.',
    });
    await model.warmUp(QUESTION.slice(0, 1), never, TOOLS);
    assert.deepEqual(await collect(model.reply(QUESTION, never, TOOLS)), ['Hello.']);
    assert.deepEqual(
      bodies().map(({ tools }) => tools),
      [undefined, undefined],
    );
  });

  it('though the server says that it can, is asked again without, and not told of them any more', async (t) => {
    const refuses = (served: ServedRequest) => {
      if ((served.body as ChatBody).tools === undefined) return false;
      served.json(400, { error: `registry.ollama.ai/library/${MODEL} does not support tools` });
      return true;
    };
    const { model, bodies } = await serve(t, { onChat: refuses, reply: () => 'Hello.' });
    for (let i = 0; i < 2; i++) assert.deepEqual(await collect(model.reply(QUESTION, never, TOOLS)), ['Hello.']);
    assert.equal(bodies().length, 3);
  });

  it('whose call the server cannot read is asked again without tools, this once', async (t) => {
    const unread = (served: ServedRequest) => {
      if ((served.body as ChatBody).tools === undefined) return false;
      served.response.writeHead(200).end('{"error":"invalid tool call arguments: unexpected end of JSON"}\n');
      return true;
    };
    const { model, bodies } = await serve(t, { onChat: unread, reply: () => 'Hello.' });
    for (let i = 0; i < 2; i++) assert.deepEqual(await collect(model.reply(QUESTION, never, TOOLS)), ['Hello.']);
    assert.equal(bodies().length, 4);
  });
});

describe('a server that does not stream', () => {
  const refusing = (which: (body: ChatBody) => boolean, error: string) => (served: ServedRequest) => {
    if (!which(served.body as ChatBody)) return false;
    served.json(400, { error });
    return true;
  };

  it('is asked for the whole reply instead, from then on', async (t) => {
    const onChat = refusing(({ stream }) => stream, 'streaming is not supported');
    const { model, bodies } = await serve(t, { onChat, reply: () => 'It is on.' });
    for (let i = 0; i < 2; i++) assert.deepEqual(await collect(model.reply(QUESTION, never)), ['It is on.']);
    assert.deepEqual(
      bodies().map(({ stream }) => stream),
      [true, false, false],
    );
  });

  it('what may hold calls is asked for that whole, and streams the rest', async (t) => {
    const onChat = refusing(
      ({ stream, tools }) => stream && tools !== undefined,
      'this server does not support streaming with tools',
    );
    const { model, bodies } = await serve(t, { onChat, reply: () => [{ content: 'On.' }, { toolCalls: [CALL] }] });
    for (let i = 0; i < 2; i++) assert.deepEqual(await collect(model.reply(QUESTION, never, TOOLS)), ['On.', CALL]);
    await collect(model.reply(QUESTION, never));
    assert.deepEqual(
      bodies().map(({ stream }) => stream),
      [true, false, false, true],
    );
  });

  it('but sends all at once, calls too, is understood', async (t) => {
    const onChat = ({ response }: ServedRequest) => {
      response.writeHead(200).end(doneLine('chat', MODEL, 'stop', { content: 'On.', toolCalls: [CALL] }));
      return true;
    };
    const { model } = await serve(t, { onChat });
    assert.deepEqual(await collect(model.reply(QUESTION, never, TOOLS)), ['On.', CALL]);
  });

  it('but sends one document of many lines, calls without words too, is understood', async (t) => {
    const document = {
      message: { role: 'assistant', content: null, tool_calls: [{ function: CALL }] },
      done: true,
    };
    const onChat = ({ response }: ServedRequest) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document, null, 2));
      return true;
    };
    for (const streaming of [true, false]) {
      const { model } = await serve(t, { onChat }, { streaming });
      assert.deepEqual(await collect(model.reply(QUESTION, never, TOOLS)), [CALL]);
    }
  });

  it('and says so in plain text is understood', async (t) => {
    const onChat = (served: ServedRequest) => {
      const { stream } = served.body as ChatBody;
      if (stream) served.text(400, 'Streaming is not supported when tools are used');
      return stream;
    };
    const { model } = await serve(t, { onChat, reply: () => 'On.' });
    assert.deepEqual(await collect(model.reply(QUESTION, never, TOOLS)), ['On.']);
  });

  it('and fails after it has begun is not asked again', async (t) => {
    const onChat = ({ response }: ServedRequest) => {
      response.writeHead(200);
      response.end(`${tokenLine('chat', MODEL, { content: 'On' })}{"error":"invalid tool call arguments"}\n`);
      return true;
    };
    const { model, bodies } = await serve(t, { onChat });
    await assert.rejects(collect(model.reply(QUESTION, never, TOOLS)), { reason: 'crashed' });
    assert.equal(bodies().length, 1);
  });
});
