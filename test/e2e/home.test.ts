import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { pressel } from '../fixtures/pressel.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const TOKEN = 'eyJhbGciOi.swordfish';

/** Home Assistant's conversation API, for whoever has the token. */
async function startHouse(t: TestContext) {
  const sentences: unknown[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    if (request.headers.authorization !== `Bearer ${TOKEN}`) {
      response.writeHead(401).end('401: Unauthorized');
      return;
    }
    sentences.push(JSON.parse(text));
    const speech = { plain: { speech: 'Turned on the light', extra_data: null } };
    const answer = { response_type: 'action_done', language: 'en', data: { targets: [], success: [] }, speech };
    response.end(JSON.stringify({ response: answer, conversation_id: '01ARZ3', continue_conversation: false }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sentences };
}

suite('pressel ask in a house', () => {
  for (const [what, token, reply, complaint] of [
    ['says what Home Assistant has answered', `${TOKEN}\n`, 'Turned on the light', undefined],
    ['says that the token is no good', 'tuna.swordfish', /does not let me in/, /does not accept .* \(status 401\)/],
  ] as const)
    test(what, async (t) => {
      const { url, sentences } = await startHouse(t);
      const folder = temporaryFolder(t);
      const file = path.join(folder, 'token');
      writeFileSync(file, token, { mode: 0o600 });
      const env = { PRESSEL_SKILLS_HOME_ASSISTANT_URL: url, PRESSEL_SKILLS_HOME_ASSISTANT_TOKEN_FILE: file };
      const flags = ['--json', '--fast', '--out', path.join(folder, 'reply.wav')];
      const { code, stdout, stderr } = await pressel(t, ['ask', 'Turn on the kitchen light.', ...flags], { env });
      assert.equal(code, 0, stderr);
      const turn = JSON.parse(stdout) as { route: string; chunks: readonly string[] };
      assert.equal(turn.route, 'intent:home');
      const said = turn.chunks.join(' ');
      if (typeof reply === 'string') assert.equal(said, reply);
      else assert.match(said, reply);
      assert.deepEqual(sentences, complaint ? [] : [{ text: 'turn on the kitchen light', language: 'en' }]);
      if (complaint) assert.match(stderr, complaint);
      assert.doesNotMatch(stdout + stderr, /swordfish/);
    });
});
