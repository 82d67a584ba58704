import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { suite, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { FIRST_BACKOFF_MS, McpServer, START_TIMEOUT_MS } from '../../../src/mcp/mcpServer.js';
import { END_PATIENCE_MS } from '../../../src/processes/processGroup.js';
import { mcpTable } from '../../../src/skills/own/skillTables.js';
import { monday } from '../../fixtures/askSkill.js';
import { WatchedClock } from '../../fixtures/watchedClock.js';

const SERVER = fileURLToPath(new URL('../../fixtures/mcpServer.js', import.meta.url));
const NEVER = new AbortController().signal;

interface Setting {
  readonly manner?: string;
  readonly command?: readonly string[];
  readonly tools?: readonly string[];
}

function serverOf(t: TestContext, setting: Setting = {}) {
  const { command = [process.execPath, SERVER, setting.manner ?? 'good'], tools } = setting;
  const clock = new WatchedClock();
  const told: string[] = [];
  const failures: string[] = [];
  const news = new EventEmitter();
  const server = new McpServer('house', mcpTable.parse({ command, ...(tools && { tools }) }), {
    env: process.env,
    clock,
    onFailure: (tool, message) => failures.push(`${tool}: ${message}`),
    onServer: (_, message) => {
      told.push(message);
      news.emit('told');
    },
  });
  const close = async () => {
    const closing = server.close();
    // For a server that does not end by itself.
    clock.set(END_PATIENCE_MS).then(() => clock.increment(END_PATIENCE_MS));
    await closing;
  };
  t.after(close);
  const call = (name: string, args: object = {}, signal = NEVER) => {
    const tool = server.tools.find((one) => one.name === `house_${name}`);
    assert.ok(tool, `there is no tool ${name}: ${server.tools.map((one) => one.name)}`);
    return tool.run(args, monday, signal);
  };
  const hears = async (what: RegExp) => {
    while (!told.some((message) => what.test(message))) await once(news, 'told');
  };
  return { server, clock, told, failures, call, hears, close };
}

suite('a server of the Model Context Protocol', () => {
  test('offers its tools as skills that understand no utterance', async (t) => {
    const { server, call, hears } = serverOf(t);
    assert.equal(server.tools.length, 0, 'nobody has waited for it');
    await hears(/ready with 8 tools/);
    const greet = server.tools.find(({ name }) => name === 'house_greet');
    assert.equal(greet?.description, 'Does greet.');
    assert.equal(greet?.understand('greet'), undefined);
    assert.deepEqual(z.toJSONSchema(greet?.args ?? z.never()).properties, { name: { type: 'string' } });
    assert.equal(greet?.args.safeParse({ name: 7 }).success, false);
    assert.equal(await call('greet', { name: 'you' }), 'Hello, you!');
  });

  test('says so when it refuses, and when it answers without words', async (t) => {
    const { call, hears } = serverOf(t);
    await hears(/ready/);
    assert.equal(await call('refuse'), 'The tool failed: Not today.');
    assert.equal(await call('picture'), 'The tool gave no text.');
  });

  test('may learn new tools; a long answer is cut', async (t) => {
    const { server, call, hears } = serverOf(t);
    await hears(/ready/);
    const answer = await call('learn');
    assert.ok(answer.length > 900 && answer.length <= 1000, `${answer.length}`);
    while (server.tools.length < 9) await new Promise(setImmediate);
    assert.equal(await call('sing'), 'The tool gave no text.');
  });

  test('offers no more of its tools than are wanted; a name that it does not have is told', async (t) => {
    const { server, told, hears } = serverOf(t, { tools: ['greet', 'dye'] });
    await hears(/ready with 1 tools/);
    assert.equal(server.tools.length, 1);
    assert.ok(told.includes('the server has no tool "dye"; did you mean "die"?'));
  });

  test('is given up for one call when it hangs, and can be called again', async (t) => {
    const { call, clock, failures, hears } = serverOf(t);
    await hears(/ready/);
    const answer = call('hang');
    await clock.set(10_000);
    clock.increment(10_000);
    assert.equal(await answer, 'The tool failed: It takes too long.');
    assert.deepEqual(failures, ['house_hang: it has not answered in 10000 ms (timeout_ms)']);
    assert.equal(await call('greet', { name: 'you' }), 'Hello, you!');
  });

  test('lets go of a call at once when the turn is over', async (t) => {
    const { call, clock, failures, hears } = serverOf(t);
    await hears(/ready/);
    const turn = new AbortController();
    const answer = call('hang', {}, turn.signal);
    await clock.set(10_000);
    turn.abort(new Error('over'));
    await assert.rejects(answer, /over/);
    assert.deepEqual(failures, []);
  });

  test('that dies in a call is started again, and has no tools meanwhile', async (t) => {
    const { server, call, clock, hears, told } = serverOf(t);
    await hears(/ready/);
    assert.match(String(await call('die')), /^The tool failed: .*closed/i);
    await hears(/started again in 1 s/);
    assert.deepEqual(server.tools, []);
    told.length = 0;
    await clock.set(FIRST_BACKOFF_MS);
    clock.increment(FIRST_BACKOFF_MS);
    await hears(/ready/);
    assert.equal(await call('greet', { name: 'again' }), 'Hello, again!');
  });

  test('that answers with ten megabytes is ended before they are read', async (t) => {
    const { call, hears } = serverOf(t);
    await hears(/ready/);
    assert.match(String(await call('flood')), /^The tool failed/);
    await hears(/more than 1000000 bytes.*started again/);
  });

  test('may print what is no message', async (t) => {
    const { call, hears } = serverOf(t, { manner: 'chatty' });
    await hears(/ready/);
    assert.equal(await call('greet', { name: 'you' }), 'Hello, you!');
  });

  test('that says nothing is ended and tried again', async (t) => {
    const { clock, hears } = serverOf(t, { manner: 'silent' });
    await clock.set(START_TIMEOUT_MS);
    clock.increment(START_TIMEOUT_MS);
    await hears(/has not introduced itself in 60 s; it is started again/);
  });

  test('that ends at once is tried again ever more seldom, and its complaint is told', async (t) => {
    const { clock, hears } = serverOf(t, { manner: 'dead' });
    await hears(/no licence.*again in 1 s/);
    await clock.set(FIRST_BACKOFF_MS);
    clock.increment(FIRST_BACKOFF_MS);
    await hears(/again in 2 s/);
  });

  test('that is not there is told', async (t) => {
    const { hears } = serverOf(t, { command: ['/no/such/server'] });
    await hears(/cannot be used: .*ENOENT.*again in 1 s/);
  });

  test('may describe its tools badly: those are left out and told, as is the second of one name', async (t) => {
    const { server, told, hears } = serverOf(t, { manner: 'odd' });
    await hears(/ready with 3 tools/);
    const names = server.tools.map(({ name }) => name);
    assert.deepEqual(names.slice(0, 2), ['house_get_fore_cast', 'house_elsewhere']);
    assert.equal(names[2]?.length, 64, 'and what no model server would take as a name is made one');
    assert.match(told.join(), /cannot be used.*"shapeless".*"get_fore_cast" is left out: another/);
    const [, elsewhere] = server.tools;
    assert.ok(elsewhere?.args.safeParse({ town: 'anything' }).success, 'what cannot be checked here, it checks itself');
  });

  test('may have a thousand tools: some are offered, and which can be chosen from all pages', async (t) => {
    const many = serverOf(t, { manner: 'many' });
    await many.hears(/it has 1000 tools, of which 32 are offered/);
    await many.hears(/ready with 32 tools/);
    const one = serverOf(t, { manner: 'many', tools: ['tool-999'] });
    await one.hears(/ready with 1 tools/);
    assert.equal(one.server.tools[0]?.name, 'house_tool-999');
  });

  test('may list its tools without end', async (t) => {
    const { hears } = serverOf(t, { manner: 'endless' });
    await hears(/ready with 0 tools/);
  });

  test('may answer with a document, whose words are told', async (t) => {
    const { call, hears } = serverOf(t);
    await hears(/ready/);
    assert.equal(await call('read'), 'Once upon a time.');
  });

  test('is waited for a second longer than it waits for itself', async (t) => {
    const { server, hears } = serverOf(t);
    await hears(/ready/);
    assert.equal(server.tools[0]?.timeoutMs, 11_000);
  });

  test('is killed when it is closed and does not end', async (t) => {
    const { clock, close, hears } = serverOf(t, { manner: 'deaf' });
    await hears(/ready/);
    await close();
    assert.deepEqual(clock.pendingMs, []);
  });

  test('has settled when it is ready, and when it has failed', async (t) => {
    await serverOf(t).server.settled;
    await serverOf(t, { manner: 'dead' }).server.settled;
  });

  test('ends when it is closed, whatever it is doing', async (t) => {
    const { server, clock, close, hears } = serverOf(t);
    await hears(/ready/);
    await close();
    assert.deepEqual(server.tools, []);
    assert.deepEqual(clock.pendingMs, []);
  });
});
