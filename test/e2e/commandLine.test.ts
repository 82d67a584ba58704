import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { suite, test } from 'node:test';
import { openWav } from '../../hardware/audio/wavReader.js';
import { startScriptedOllama } from '../../src/llm/scripted/scriptedOllama.js';
import { STAGES, type TimelineReport } from '../../src/observability/timeline.js';
import { skipWithoutModel } from '../fixtures/models.js';
import { pressel } from '../fixtures/pressel.js';
import { checkoutRoot } from '../fixtures/shared.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const QUESTION = path.join(checkoutRoot(), 'assets', 'question.wav');
const needsEars = { skip: skipWithoutModel('silero-vad-v6', 'moonshine-tiny-en') };

/** Nothing listens there. */
const NO_SERVER = 'http://127.0.0.1:9';

/** What `ask --json` prints. */
interface AskDocument {
  readonly route: string;
  readonly transcript: string;
  readonly reply: string;
  readonly chunks: readonly string[];
  readonly out: string | null;
  readonly states: readonly string[];
  readonly timeline: TimelineReport;
  readonly backends: Readonly<Record<string, string>>;
}

const ASK_KEYS = [
  'turn',
  'transcript',
  'route',
  'why',
  'reply',
  'chunks',
  'tools',
  'out',
  'states',
  'timeline',
  'partials',
  'prefills',
  'attempts',
  'anticipated',
  'wastedTokens',
  'queuedMs',
  'backends',
];

suite('the command line', { concurrency: 2 }, () => {
  test('ask answers a recording with a reply file and one JSON document', needsEars, async (t) => {
    const server = await startScriptedOllama();
    t.after(() => server.close());
    const folder = await temporaryFolder(t);
    const out = path.join(folder, 'reply.wav');
    const flags = ['--llm-url', server.url, '--llm-model', 'scripted', '--fast', '--json'];
    const run = await pressel(t, ['ask', '--wav', QUESTION, '--out', out, ...flags]);
    assert.deepEqual([run.code, run.stderr], [0, '']);
    const turn = JSON.parse(run.stdout) as AskDocument;

    assert.deepEqual(Object.keys(turn), ASK_KEYS);
    assert.match(turn.transcript, /why the sky is blue/i);
    assert.equal(turn.route, 'llm');
    assert.equal(turn.reply, turn.chunks.join(' '));
    assert.match(turn.reply, /^I am the built-in scripted responder.*ask me again\.$/);
    assert.deepEqual(turn.states, ['idle', 'listening', 'thinking', 'speaking', 'conversation', 'idle']);
    assert.deepEqual(turn.backends, { asr: 'moonshine-tiny-en', llm: 'ollama:scripted', tts: 'flite:rms' });
    assertWholeTimeline(turn.timeline);

    assert.equal(turn.out, out);
    assert.deepEqual(await readdir(folder), ['reply.wav'], 'nothing temporary is left');
    const { durationMs, sampleRateHz, warnings } = await openWav(out);
    assert.deepEqual([sampleRateHz, warnings], [16_000, []]);
    const words = turn.reply.split(' ').length;
    assert.ok(durationMs > words * 150 && durationMs < words * 700, `${words} words in ${durationMs} ms`);
  });

  test('ask needs neither ears nor a model server for a typed question that a skill answers', async (t) => {
    const empty = await temporaryFolder(t);
    const out = path.join(empty, 'reply.wav');
    const args = ['ask', 'What time is it?', '--out', out, '--fast', '--json', '--llm-url', NO_SERVER];
    const run = await pressel(t, args, { env: { PRESSEL_MODELS: path.join(empty, 'models') } });
    assert.deepEqual([run.code, run.stderr], [0, '']);
    const turn = JSON.parse(run.stdout) as AskDocument;
    assert.deepEqual(Object.keys(turn), ASK_KEYS);
    assert.deepEqual([turn.transcript, turn.route], ['What time is it?', 'intent:time']);
    assert.deepEqual(turn.states, ['idle', 'thinking', 'speaking', 'conversation', 'idle']);
    assert.deepEqual([turn.timeline.endpoint, turn.timeline.transcript, turn.timeline.llmRequest], [null, null, null]);
    assert.ok((await openWav(out)).durationMs > 500);
    assert.deepEqual(await readdir(empty), ['reply.wav'], 'nothing was fetched');
  });

  test('ask answers with silence who never minds, and that is no failure', async (t) => {
    const folder = await temporaryFolder(t);
    const args = ['ask', 'Never mind.', '--out', path.join(folder, 'reply.wav'), '--fast', '--llm-url', NO_SERVER];
    const run = await pressel(t, args);
    assert.deepEqual([run.code, run.stderr], [0, '']);
    assert.match(run.stdout, /route: +intent:stop\nreply: *\n/);
    assert.deepEqual(await readdir(folder), [], 'there is no sound to keep');
  });

  test('ask changes no volume and no pace that the next start would have', async (t) => {
    for (const [question, reply] of [
      ['Louder.', 'I cannot change how loud I am here.'],
      ['Slower.', 'I cannot change how fast I speak here.'],
    ] as const) {
      const run = await pressel(t, ['ask', question, '--out', 'reply.wav', '--fast', '--json', '--llm-url', NO_SERVER]);
      assert.equal((JSON.parse(run.stdout) as AskDocument).reply, reply);
    }
  });

  test('ask prints for people what was heard, who answered, and where the time went', async (t) => {
    const run = await pressel(t, ['ask', 'What day is it?', '--out', 'reply.wav', '--fast']);
    assert.equal(run.code, 0, run.stderr);
    assert.match(run.stdout, /you said: +What day is it\?\n(.|\n)*written to: +reply\.wav/);
  });

  test('say writes what it says', async (t) => {
    const folder = await temporaryFolder(t);
    const out = path.join(folder, 'hello.wav');
    const run = await pressel(t, ['say', 'Hello there.', '--out', out]);
    assert.deepEqual([run.code, run.stdout, run.stderr], [0, '', '']);
    const spoken = JSON.parse((await pressel(t, ['say', 'Hello there.', '--out', out, '--json'])).stdout);
    assert.deepEqual({ ...spoken, audioMs: 0 }, { text: 'Hello there.', out, audioMs: 0, voice: 'flite:rms' });
    assert.ok(Math.abs((await openWav(out)).durationMs - spoken.audioMs) <= 1, `${spoken.audioMs} ms`);
    assert.deepEqual(await readdir(folder), ['hello.wav']);
  });

  test('transcribe --json prints one list', needsEars, async (t) => {
    const run = await pressel(t, ['transcribe', QUESTION, QUESTION, '--json']);
    assert.deepEqual([run.code, run.stderr], [0, '']);
    const list = JSON.parse(run.stdout) as Record<string, unknown>[];
    assert.equal(list.length, 2);
    for (const item of list) {
      assert.deepEqual(Object.keys(item), ['file', 'text', 'audioMs', 'asrMs']);
      assert.equal(item['file'], QUESTION);
      assert.match(String(item['text']), /why the sky is blue/i);
      assert.ok(Number.isFinite(item['asrMs']) && Math.abs(Number(item['audioMs']) - 2325) <= 1);
    }
  });

  test('chunk --json names the token that released each sentence', async (t) => {
    const tokens = ['Hello', ' there', '.', ' It', ' is', ' 3', '.', '5', ' degrees', '.'];
    const stdin = tokens.map((token) => `${JSON.stringify(token)}\n`).join('');
    const run = await pressel(t, ['chunk', '--json'], { stdin });
    assert.deepEqual([run.code, run.stderr], [0, '']);
    assert.deepEqual(lines(run.stdout), [
      { text: 'Hello there. ', afterToken: 3 }, // white space is kept: joined, the sentences are the text
      { text: 'It is 3.5 degrees.', afterToken: 9 },
    ]);
  });

  test('chunk --json refuses a line that is no token, by its number', async (t) => {
    const run = await pressel(t, ['chunk', '--json'], { stdin: '"a"\nb\n' });
    assert.equal(run.code, 2);
    assert.match(run.stderr, /stdin:2: expected one JSON string/);
  });

  test('route --json prints a line for each utterance', async (t) => {
    const run = await pressel(t, ['route', '--json'], { stdin: 'What time is it?\nWhy is the sky blue?\n' });
    assert.deepEqual([run.code, run.stderr], [0, '']);
    const routes = lines(run.stdout);
    for (const route of routes) assert.deepEqual(Object.keys(route), ['text', 'route', 'slots', 'why']);
    assert.deepEqual(
      routes.map(({ text, route }) => [text, route]),
      [
        ['What time is it?', 'intent:time'],
        ['Why is the sky blue?', 'llm'],
      ],
    );
  });

  test('config --json says where each value came from', async (t) => {
    const args = ['config', '--json'];
    const run = await pressel(t, args, { env: { PRESSEL_ENDPOINTING_SILENCE_MS: '700' } });
    assert.deepEqual([run.code, run.stderr], [0, '']);
    const { file, values } = JSON.parse(run.stdout);
    assert.equal(file, null);
    assert.deepEqual(values['endpointing.silence_ms'], { value: 700, origin: 'env PRESSEL_ENDPOINTING_SILENCE_MS' });
    assert.deepEqual(values['vad.threshold'], { value: 0.5, origin: 'default' });
  });

  test('models list --json shows which models are here and which are needed', async (t) => {
    const empty = await temporaryFolder(t);
    const run = await pressel(t, ['models', 'list', '--json'], { env: { PRESSEL_MODELS: empty } });
    assert.deepEqual([run.code, run.stderr], [0, '']);
    const list = JSON.parse(run.stdout) as { id: string; state: string; needed: boolean }[];
    assert.ok(list.every(({ state }) => state === 'missing'));
    assert.deepEqual(
      list.filter(({ needed }) => needed).map(({ id }) => id),
      ['silero-vad-v6', 'moonshine-tiny-en'],
    );
  });

  test('machine draws the statechart as JSON and as Mermaid, not both', async (t) => {
    const json = await pressel(t, ['machine', '--json']);
    assert.deepEqual([json.code, json.stderr], [0, '']);
    assert.equal(typeof JSON.parse(json.stdout), 'object');
    const mermaid = await pressel(t, ['machine', '--mermaid']);
    assert.equal(mermaid.code, 0);
    assert.match(mermaid.stdout, /^stateDiagram-v2/m);
    assert.equal((await pressel(t, ['machine', '--mermaid', '--json'])).code, 2);
  });

  const misspelt: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [['trancribe', 'x.wav'], /unknown command 'trancribe'\n\(Did you mean transcribe\?\)/],
    [['ask', 'Hello', '--fsat'], /unknown option '--fsat'\n\(Did you mean --fast\?\)/],
    [['models', 'verfy'], /unknown command 'verfy'\n\(Did you mean verify\?\)/],
    [['models', 'fetch', 'moonshine-tiny'], /no model "moonshine-tiny".*moonshine-tiny-en/],
    [['ask', 'Hello', '--voice', 'flite:rmx'], /tts\.voice.*flite:rms/],
    [['ask'], /There is no question.*--wav/],
    [['ask', 'Hello', '--wav', 'x.wav'], /not both/],
    [['frobnicate'], /unknown command 'frobnicate'(.|\n)*--help/],
  ];
  for (const [args, message] of misspelt) {
    test(`"pressel ${args.join(' ')}" is wrong usage, and the message helps`, async (t) => {
      const run = await pressel(t, args);
      assert.deepEqual([run.code, run.stdout], [2, '']);
      assert.match(run.stderr, message);
    });
  }
});

function lines(text: string): Record<string, unknown>[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Every stage happened, none before the one that it needs. */
function assertWholeTimeline(timeline: TimelineReport): void {
  assert.deepEqual(Object.keys(timeline), [...STAGES]);
  for (const stages of [
    ['recognition', 'transcript', 'llmRequest', 'firstToken', 'firstChunk', 'firstPcm', 'firstAudio', 'replyEnd'],
    ['speechEnd', 'endpoint', 'gate', 'firstAudio'],
    ['firstPartial', 'transcript'],
    ['prefill', 'llmRequest'],
  ] as const) {
    let last = Number.NEGATIVE_INFINITY;
    for (const stage of stages) {
      const at = timeline[stage] ?? Number.NaN;
      assert.ok(at >= last, `${stage} at ${at}, after ${last}`);
      last = at;
    }
  }
  assert.equal(timeline.speechEnd, 0);
}
