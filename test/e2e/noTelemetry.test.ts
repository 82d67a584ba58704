import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { startScriptedOllama } from '../../src/llm/scripted/scriptedOllama.js';
import { skipWithoutModel } from '../fixtures/models.js';
import { type PresselOptions, startPressel } from '../fixtures/pressel.js';
import { checkoutRoot } from '../fixtures/shared.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const skip = skipWithoutModel('silero-vad-v6', 'moonshine-tiny-en');

/**
 * Loaded before the program, into its worker threads too: writes a line for each connection and each look-up of a name
 * that JavaScript makes.
 */
const RECORDER = `
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import dgram from 'node:dgram';
const note = (what) => appendFileSync(process.env.CONNECTIONS, what + '\\n');
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...args) {
  const [given] = args.flat();
  note('connect ' + (given.path ?? given.host + ':' + given.port));
  return connect.apply(this, args);
};
for (const api of [dns, dns.promises]) {
  for (const name of Object.keys(api).filter((name) => /^(lookup|resolve|reverse)/.test(name))) {
    const real = api[name];
    api[name] = (...args) => { note('dns ' + name + ' ' + args[0]); return real(...args); };
  }
}
const { createSocket } = dgram;
dgram.createSocket = (...args) => { note('udp'); return createSocket(...args); };
syncBuiltinESMExports();
`;

suite('a whole turn', () => {
  test('makes no connection but to the model server, looks up no name, and writes nothing but the reply', {
    skip,
  }, async (t) => {
    const folder = await temporaryFolder(t);
    const [recorder, connections] = [path.join(folder, 'recorder.mjs'), path.join(folder, 'connections')];
    await writeFile(recorder, RECORDER);
    const turn = await wholeTurn(t, { nodeArgs: ['--import', recorder], env: { CONNECTIONS: connections } });
    const made = new Set((await readFile(connections, 'utf8')).trimEnd().split('\n'));
    assert.deepEqual([...made], [`connect 127.0.0.1:${turn.port}`]);
    assert.deepEqual(turn.filesInHome, ['reply.wav']);
  });

  test('makes none from native code either, and creates no file elsewhere', {
    skip: skip || skipWithoutStrace(),
  }, async (t) => {
    const trace = path.join(await temporaryFolder(t), 'trace');
    const calls = 'trace=connect,sendto,sendmsg,openat,open,creat,mkdir,mkdirat';
    const turn = await wholeTurn(t, { under: ['strace', '-f', '-qq', '-s', '256', '-e', calls, '-o', trace] });
    const lines = (await readFile(trace, 'utf8')).split('\n');

    const peers = lines.flatMap((line) => {
      const [, port, address] = /sin6?_port=htons\((\d+)\).*?"([^"]+)"/.exec(line) ?? [];
      return port === undefined ? [] : [`${address}:${port}`];
    });
    assert.deepEqual([...new Set(peers)], [`127.0.0.1:${turn.port}`]);

    const created = lines
      .filter((line) => /\bO_CREAT\b|\bmkdir|\bcreat\(/.test(line))
      .map((line) => /"([^"]*)"/.exec(line)?.[1] ?? line);
    assert.ok(
      created.some((file) => file.endsWith('.wav.part')),
      'the reply is among them',
    );
    assert.deepEqual(
      created.filter((file) => !path.resolve(turn.home, file).startsWith(turn.home)),
      [],
    );
    assert.deepEqual(turn.filesInHome, ['reply.wav']);
  });
});

/** Recording in, reply out, with the real models, a scripted model server, and a home without anything in it. */
async function wholeTurn(t: TestContext, options: PresselOptions) {
  const server = await startScriptedOllama({ reply: () => 'Because of the air.' });
  t.after(() => server.close());
  const question = path.join(checkoutRoot(), 'assets', 'question.wav');
  const flags = ['--fast', '--json', '--llm-url', server.url, '--llm-model', 'scripted'];
  const { home, ended } = await startPressel(t, ['ask', '--wav', question, '--out', 'reply.wav', ...flags], options);
  const { code, stdout, stderr } = await ended;
  assert.equal(code, 0, stderr);
  assert.equal(JSON.parse(stdout).reply, 'Because of the air.');
  return { home, port: new URL(server.url).port, filesInHome: await readdir(home, { recursive: true }) };
}

function skipWithoutStrace(): string | false {
  const works = spawnSync('strace', ['-f', '-qq', '-e', 'trace=connect', 'true'], { timeout: 5000 }).status === 0;
  return works ? false : 'needs strace, and the right to use it: apt install strace';
}
