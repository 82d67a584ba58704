import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite, type TestContext, test } from 'node:test';
import { systemClock } from '../../../hardware/clock.js';
import { type PullError, type PullProgress, pullModel } from '../../../src/llm/pullModel.js';
import { startScriptedOllama } from '../../../src/llm/scripted/scriptedOllama.js';
import type { ScriptedPulls } from '../../../src/llm/scripted/scriptedPull.js';

async function server(t: TestContext, pulls?: ScriptedPulls) {
  const ollama = await startScriptedOllama(pulls === undefined ? {} : { pulls });
  t.after(() => ollama.close());
  return ollama;
}

const pull = async (
  url: string,
  signal = new AbortController().signal,
  onProgress: (p: PullProgress) => void = () => {},
) => pullModel({ url, model: 'qwen2.5:0.5b', clock: systemClock, onProgress }, signal);

/** A server that answers every pull with these lines. */
async function saying(t: TestContext, lines: string, status = 200): Promise<string> {
  const one = createServer((_request, response) => response.writeHead(status).end(lines)).listen(0, '127.0.0.1');
  t.after(() => one.close());
  await new Promise((resolve) => one.once('listening', resolve));
  return `http://127.0.0.1:${(one.address() as AddressInfo).port}`;
}

suite('having the server fetch a model', () => {
  test('tells how far it is, and then the model is there', async (t) => {
    const ollama = await server(t, { bytes: 1000 });
    const seen: PullProgress[] = [];
    await pull(ollama.url, undefined, (progress) => seen.push(progress));
    assert.deepEqual(seen[0], { status: 'pulling manifest', doneBytes: 0, totalBytes: null });
    assert.ok(seen.some(({ doneBytes, totalBytes }) => doneBytes === 0 && totalBytes === 1000));
    assert.match(await (await fetch(`${ollama.url}/api/tags`)).text(), /qwen2\.5:0\.5b/);
  });

  test('stops with the signal, and goes on where it stopped when asked again', async (t) => {
    const ollama = await server(t, { bytes: 1e6, bytesPerSecond: 2e6 });
    const stop = new AbortController();
    const stopped = pull(ollama.url, stop.signal, ({ doneBytes }) => {
      if (doneBytes >= 200e3) stop.abort(new Error('enough'));
    });
    await assert.rejects(stopped, /enough/);
    await ollama.requests.find(({ path }) => path === '/api/pull')?.closed;
    const seen: PullProgress[] = [];
    const go = new AbortController();
    await assert.rejects(
      pull(ollama.url, go.signal, (progress) => {
        if (progress.totalBytes === null) return;
        seen.push(progress);
        go.abort(new Error('seen'));
      }),
      /seen/,
    );
    assert.ok((seen[0]?.doneBytes ?? 0) >= 200e3, `began at ${seen[0]?.doneBytes}`);
  });

  const failures: readonly (readonly [string, PullError['reason'], RegExp])[] = [
    ['pull model manifest: file does not exist', 'noSuchModel', /ollama\.com\/library/],
    ['write /var/lib/ollama/blobs/x: no space left on device', 'noSpace', /ollama rm/],
    [
      'Get "https://registry": tls: failed to verify certificate: x509: certificate has expired or is not yet valid',
      'clock',
      /timedatectl/,
    ],
    ['Get "https://registry": dial tcp: lookup registry: no such host', 'offline', /Internet.*HTTPS_PROXY/],
    ['something new', 'failed', /journalctl -u ollama/],
  ];
  for (const [said, reason, remedy] of failures) {
    test(`tells the remedy for "${said.slice(0, 50)}", as a line and as an answer`, async (t) => {
      const lines = `{"status":"pulling manifest"}\n${JSON.stringify({ error: said })}\n`;
      for (const url of [await saying(t, lines), await saying(t, JSON.stringify({ error: said }), 500)]) {
        await assert.rejects(pull(url), (error: PullError) => error.reason === reason && remedy.test(error.message));
      }
    });
  }

  test('fails in words where nobody answers, what answers is no Ollama, or it ends in the middle', async (t) => {
    await assert.rejects(pull('http://127.0.0.1:9'), /No model server can be reached/);
    await assert.rejects(pull(await saying(t, '<html>hello</html>')), /not a model server/);
    await assert.rejects(pull(await saying(t, '{"status":"pulling manifest"}\n')), /did not say that it was done/);
    await assert.rejects(pull((await server(t)).url), /not a model server/);
  });
});
