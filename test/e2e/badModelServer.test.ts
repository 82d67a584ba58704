import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { openWav } from '../../hardware/audio/wavReader.js';
import { type Fault, MODEL, startFaultyOllama } from '../fixtures/faultyOllama.js';
import { pressel } from '../fixtures/pressel.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const IMPATIENT = {
  PRESSEL_LLM_CONNECT_TIMEOUT_MS: '300',
  PRESSEL_LLM_FIRST_TOKEN_TIMEOUT_MS: '500',
  PRESSEL_LLM_TOKEN_TIMEOUT_MS: '700',
};

/** What the owner reads on the terminal; `reply`: what is said, an apology unless part of an answer came. */
const FAULTS: readonly (readonly [fault: Fault, message: RegExp, reply: RegExp])[] = [
  ['absent', /No model server can be reached.*ECONNREFUSED.*ollama serve/, /can't reach my language model/],
  ['halfOpen', /does not answer \(nothing for 300 ms\).*restart the server/, /can't reach my language model/],
  ['notHttp', /is not a model server.*Check the address and the port/, /something went wrong/],
  ['htmlPage', /is not a model server \(status 502.*Check the address/, /something went wrong/],
  ['htmlWithStatus200', /is not a model server.*doctype.*Check the address/, /something went wrong/],
  ['serverError', /status 500: model runner has unexpectedly stopped.*smaller model/, /something went wrong/],
  ['busy', /too busy.*status 503.*Ask again in a moment/, /is busy\. Please try again/],
  ['stallsBeforeFirstToken', /gave no answer.*nothing for 500 ms.*smaller model/, /is taking too long/],
  ['stallsBetweenTokens', /stopped in the middle of a reply.*nothing for 700 ms.*Ask again/, /^The kettle$/],
  ['diesBeforeFirstToken', /connection was lost.*smaller model/, /something went wrong/],
  ['diesMidStream', /ended too early.*connection was lost.*Ask again/, /^The kettle$/],
  ['errorLineMidStream', /an error was encountered/, /^The kettle$/],
  ['oneHugeLine', /127\.0\.0\.1/, /something went wrong/],
  ['endlessThinking', /127\.0\.0\.1/, /^Sorry/],
];

suite('a model server that fails', { concurrency: 2 }, () => {
  for (const [fault, message, reply] of FAULTS) {
    test(`(${fault}) is named on the terminal, and the user hears something`, async (t) => {
      const server = await startFaultyOllama(fault);
      t.after(() => server.close());
      const turn = await askFor(t, server.url, MODEL);
      assert.match(turn.stderr, message);
      assert.match(turn.reply, reply);
      assert.equal(turn.route, /^Sorry|went wrong/.test(turn.reply) ? 'offline' : 'llm');
    });
  }

  test('for want of the model gives the command that fetches it', async (t) => {
    const server = await startFaultyOllama('blankLines');
    t.after(() => server.close());
    const turn = await askFor(t, server.url, 'teapot:3b');
    assert.match(turn.stderr, /does not have the model "teapot:3b"\. Fetch it with: ollama pull teapot:3b/);
    assert.deepEqual([turn.route, turn.reply], ['offline', 'Sorry, my language model is not installed yet.']);
  });
});

/** Asks, and checks what is the same for every fault: exit 1, the error in the document too, a whole reply file. */
async function askFor(t: TestContext, url: string, model: string) {
  const folder = await temporaryFolder(t);
  const out = path.join(folder, 'reply.wav');
  const args = ['ask', 'Tell me a story.', '--out', out, '--fast', '--json', '--llm-url', url, '--llm-model', model];
  const { code, stdout, stderr } = await pressel(t, args, { env: IMPATIENT });
  assert.equal(code, 1, stderr);
  const document = JSON.parse(stdout) as { route: string; reply: string; error: { reason: string; message: string } };
  assert.equal(stderr, `pressel: ${document.error.message}\n`);
  assert.equal(document.error.reason, document.route === 'llm' ? 'replyIncomplete' : 'modelFailed');
  assert.ok((await openWav(out)).durationMs > 300);
  assert.deepEqual(await readdir(folder), ['reply.wav']);
  return { ...document, stderr };
}
