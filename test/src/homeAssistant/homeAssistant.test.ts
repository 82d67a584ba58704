import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { HomeAssistant } from '../../../src/homeAssistant/homeAssistant.js';
import { Conversation } from '../../../src/turn/conversation.js';
import type { CleanUp } from '../../fixtures/cleanUp.js';
import { SteppedClock } from '../../fixtures/steppedClock.js';

const { signal } = new AbortController();

interface Received {
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

type Reaction = (response: ServerResponse, number: number) => void;

/** Home Assistant's conversation API, on a port of its own, which reacts as it is told. */
async function houseThat(test: CleanUp, react: Reaction, timeoutMs = 8000) {
  const requests: Received[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const { url: path, headers } = request;
    requests.push({ path, authorization: headers.authorization, body: JSON.parse(text) });
    react(response, requests.length);
    arrived.abort();
  });
  const arrived = new AbortController();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clock = new SteppedClock();
  const home = new HomeAssistant({ url, token: () => 'open-sesame', timeoutMs, clock });
  return { home, url, clock, requests, arrived: arrived.signal };
}

const answer = (type: string, speech: string, code?: string) => ({
  response: { response_type: type, language: 'en', data: code ? { code } : {}, speech: { plain: { speech } } },
  conversation_id: 'c-1',
});
const json = (response: ServerResponse, status: number, content: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));

describe('Home Assistant', () => {
  it('is asked as its API wants it, and its answer read', async (test) => {
    const { home, requests } = await houseThat(test, (response) =>
      json(response, 200, answer('action_done', ' Turned on the light ')),
    );
    assert.deepEqual(await home.ask('turn on the light', { language: 'en-US' }, signal), {
      speech: 'Turned on the light',
      isUnderstood: true,
    });
    assert.deepEqual(requests, [
      {
        path: '/api/conversation/process',
        authorization: 'Bearer open-sesame',
        body: { text: 'turn on the light', language: 'en' },
      },
    ]);
  });

  it('is told which conversation it is, for five minutes', async (test) => {
    const { home, clock, requests } = await houseThat(test, (response) =>
      json(response, 200, answer('query_answer', 'On')),
    );
    await home.ask('is the light on', { language: 'en' }, signal);
    clock.advance(299_000);
    await home.ask('is the fan on', { language: 'en' }, signal);
    clock.advance(300_000);
    await home.ask('is the tv on', { language: 'en' }, signal);
    const ids = requests.map(({ body }) => (body as { conversation_id?: string }).conversation_id);
    assert.deepEqual(ids, [undefined, 'c-1', undefined]);
  });

  it('is not told of the conversation before once that has been forgotten', async (test) => {
    const { home, requests } = await houseThat(test, (response, number) =>
      json(response, 200, { ...answer('query_answer', 'On'), conversation_id: `c-${number}` }),
    );
    const conversation = new Conversation(16);
    const ask = () => home.ask('is the light on', { language: 'en', conversation: conversation.id }, signal);
    await ask();
    await ask();
    await conversation.forget();
    await ask();
    await ask();
    const ids = requests.map(({ body }) => (body as { conversation_id?: string }).conversation_id);
    assert.deepEqual(ids, [undefined, 'c-1', undefined, 'c-3']);
  });

  it('does not understand every sentence, and says of others why they cannot be', async (test) => {
    const { home } = await houseThat(test, (response, number) =>
      json(response, 200, answer('error', 'Sorry', number === 1 ? 'no_intent_match' : 'no_valid_targets')),
    );
    assert.equal((await home.ask('turn on the charm', { language: 'en' }, signal)).isUnderstood, false);
    assert.deepEqual(await home.ask('turn on the lamp', { language: 'en' }, signal), {
      speech: 'Sorry',
      isUnderstood: true,
    });
  });

  const faults: Readonly<Record<string, readonly [reason: string, react: Reaction]>> = {
    'refuses the token': ['unauthorized', (response) => response.writeHead(401).end('401: Unauthorized')],
    fails: ['serverError', (response) => response.writeHead(500).end('500 Internal Server Error')],
    'has no such address': ['badResponse', (response) => response.writeHead(404).end('404: Not Found')],
    'is somewhere else': ['badResponse', (response) => response.writeHead(302, { location: '/auth' }).end()],
    'is a router': ['badResponse', (response) => response.writeHead(200).end('<!doctype html><title>Router</title>')],
    'says something else': ['badResponse', (response) => json(response, 200, { hello: 'world' })],
    'says 10 MB': ['badResponse', (response) => json(response, 200, answer('action_done', 'x'.repeat(10_000_000)))],
    'hangs up': ['unreachable', (response) => response.destroy()],
    'hangs up in the middle': [
      'unreachable',
      (response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"resp', () => response.destroy());
      },
    ],
  };
  for (const [fault, [reason, react]] of Object.entries(faults)) {
    it(`that ${fault} is ${reason}`, async (test) => {
      const { home, clock, requests } = await houseThat(test, react);
      await assert.rejects(home.ask('turn on the light', { language: 'en' }, signal), (error: Error) => {
        assert.equal((error as Error & { reason: string }).reason, reason);
        assert.doesNotMatch(error.message, /open-sesame/);
        return true;
      });
      assert.equal(clock.waiting, 0);
      assert.equal(requests.length, 1, 'the token goes nowhere else');
    });
  }

  for (const [when, react] of [
    ['says nothing', () => {}],
    ['goes silent after the head', (response) => response.writeHead(200).flushHeaders()],
  ] as readonly (readonly [string, Reaction])[]) {
    it(`that ${when} is waited for only so long`, async (test) => {
      const { home, clock, arrived } = await houseThat(test, react, 2000);
      const asked = home.ask('turn on the light', { language: 'en' }, signal);
      const failed = assert.rejects(asked, { reason: 'timedOut' });
      if (!arrived.aborted) await once(arrived, 'abort');
      clock.advance(1999);
      clock.advance(1);
      await failed;
      assert.equal(clock.waiting, 0);
    });
  }

  it('is not waited for when the turn is over', async (test) => {
    const { home, clock, arrived } = await houseThat(test, () => {});
    const turn = new AbortController();
    const over = new Error('the turn is over');
    const failed = assert.rejects(home.ask('turn on the light', { language: 'en' }, turn.signal), over);
    await once(arrived, 'abort');
    turn.abort(over);
    await failed;
    assert.equal(clock.waiting, 0);
  });

  it('that is not there at all is unreachable', async (test) => {
    const { url } = await houseThat(test, () => {});
    const free = new URL(url);
    free.port = '1';
    const home = new HomeAssistant({ url: free.href, token: () => 't', timeoutMs: 8000, clock: new SteppedClock() });
    await assert.rejects(home.ask('turn on the light', { language: 'en' }, signal), { reason: 'unreachable' });
  });

  it('is not asked with what cannot be a token', async (test) => {
    const { url, requests } = await houseThat(test, () => {});
    for (const token of ['two words', 'schlüssel', 'a\u0000b']) {
      const home = new HomeAssistant({ url, token: () => token, timeoutMs: 8000, clock: new SteppedClock() });
      await assert.rejects(home.ask('turn on the light', { language: 'en' }, signal), (error: Error) => {
        assert.equal((error as Error & { reason: string }).reason, 'unauthorized');
        assert.ok(!error.message.includes(token));
        return true;
      });
    }
    assert.deepEqual(requests, []);
  });

  it('is not asked without a token', async (test) => {
    const { url, requests } = await houseThat(test, () => {});
    const clock = new SteppedClock();
    const none = new HomeAssistant({ url, token: () => undefined, timeoutMs: 8000, clock });
    await assert.rejects(none.ask('turn on the light', { language: 'en' }, signal), { reason: 'unauthorized' });
    assert.deepEqual(requests, []);
  });
});
