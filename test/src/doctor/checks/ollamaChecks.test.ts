import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { chatModelCheck } from '../../../../src/doctor/checks/chatModel.js';
import { ollamaAbilitiesCheck, ollamaVersionCheck } from '../../../../src/doctor/checks/ollama.js';
import { type OllamaReport, readOllama } from '../../../../src/doctor/ollamaReport.js';
import type { LlmFailure } from '../../../../src/llm/chatModel.js';
import { fakeComputer } from '../../../fixtures/fakeComputer.js';

const { signal } = new AbortController();
const URL_HERE = 'http://127.0.0.1:11434';
const NOTHING: OllamaReport = {
  version: undefined,
  capabilities: undefined,
  fileBytes: undefined,
  isLoaded: undefined,
  loadedBytes: undefined,
};

suite('what a model server tells', () => {
  test('is its version, and of the model its size, its abilities and whether it is loaded', async () => {
    const model = { name: 'qwen2.5:latest', size: 400 };
    const computer = fakeComputer({
      answers: {
        [`${URL_HERE}/api/version`]: { version: '0.30.1' },
        [`${URL_HERE}/api/tags`]: { models: [{ name: 'other', size: 1 }, model] },
        [`${URL_HERE}/api/ps`]: { models: [{ ...model, size: 500 }] },
        [`${URL_HERE}/api/show`]: { capabilities: ['completion', 'tools'], template: '' },
      },
    });
    assert.deepEqual(await readOllama(computer, `${URL_HERE}/`, 'qwen2.5', signal), {
      version: '0.30.1',
      capabilities: ['completion', 'tools'],
      fileBytes: 400,
      isLoaded: true,
      loadedBytes: 500,
    });
    assert.ok(computer.asked.includes(`${URL_HERE}/api/show {"model":"qwen2.5"}`));
  });

  test('is nothing where it is not there, fails or is something else', async () => {
    assert.deepEqual(await readOllama(fakeComputer(), URL_HERE, 'm', signal), NOTHING);
    const answers = {
      [`${URL_HERE}/api/version`]: { status: 200, body: '<html>' },
      [`${URL_HERE}/api/tags`]: { status: 500, body: '{}' },
      [`${URL_HERE}/api/ps`]: { models: [] },
    };
    assert.deepEqual(await readOllama(fakeComputer({ answers }), URL_HERE, 'm', signal), {
      ...NOTHING,
      isLoaded: false,
    });
  });
});

suite('the check of the chat model', () => {
  const remedyFor = async (reason: LlmFailure, url: string) => {
    const model = { name: 'ollama:m', probe: async () => ({ ready: false as const, reason, message: 'It fails.' }) };
    const { verdict, remedy } = await chatModelCheck(model, { url, model: 'm' }).run(signal);
    assert.equal(verdict, 'degraded');
    return remedy ?? '';
  };

  test('has for a server of this computer what helps on this computer', async () => {
    assert.match(await remedyFor('refused', URL_HERE), /^sudo systemctl start ollama; if there is none: curl/);
    assert.match(await remedyFor('connectTimeout', URL_HERE), /^sudo systemctl restart ollama, or correct llm\.url/);
    assert.match(await remedyFor('badResponse', URL_HERE), /sudo ss -ltnp "sport = :11434"; or correct llm\.url/);
  });

  test('has for a server elsewhere what helps there', async () => {
    assert.match(await remedyFor('refused', 'http://nas:11434'), /^on its computer: sudo systemctl start ollama/);
    assert.match(await remedyFor('connectTimeout', 'http://nas:11434'), /^start the server's computer/);
    assert.equal(await remedyFor('badResponse', 'http://nas'), 'correct llm.url = "http://nas"');
  });
});

suite('the check of the version of Ollama', () => {
  const verdictOf = async (version: string | undefined, architecture: string | undefined = 'arm64') =>
    (await ollamaVersionCheck(async () => ({ ...NOTHING, version }), architecture).run(signal)).verdict;

  test('takes those that stream what they write with tools, but for the one that is slow on a Pi', async () => {
    for (const version of ['0.9.0', '0.14.2', '0.14.4', '0.30.0', '1.0.0']) {
      assert.equal(await verdictOf(version), 'ok', version);
    }
    for (const version of ['0.8.5', '0.6.4', '0.6.3', '0.5.13', '0.14.3', '0.14.3-rc3']) {
      assert.equal(await verdictOf(version), 'degraded', version);
    }
    assert.equal(await verdictOf('0.14.3', 'x64'), 'ok');
    assert.equal(await verdictOf(undefined), 'skipped');
  });
});

suite("the check of the model's abilities", () => {
  const check = (capabilities: readonly string[] | undefined, isLoaded = true, staysLoaded = false) =>
    ollamaAbilitiesCheck(async () => ({ ...NOTHING, capabilities, isLoaded }), 'qwen', {
      tools: true,
      staysLoaded,
    }).run(signal);

  test('tells them, and whether the model is loaded', async () => {
    assert.equal((await check(['completion', 'tools'])).reason, 'completion, tools; loaded');
    const plain = await check(['completion'], false);
    assert.equal(plain.verdict, 'ok');
    assert.match(plain.reason, /cannot use skills by itself.*; not loaded/);
  });

  test('warns where the server has unloaded what it was told to keep', async () => {
    assert.equal((await check(['completion', 'tools'], true, true)).verdict, 'ok');
    const { verdict, reason, remedy } = await check(['completion', 'tools'], false, true);
    assert.equal(verdict, 'degraded');
    assert.match(reason, /has unloaded qwen/);
    assert.match(remedy ?? '', /ollama ps.*systemctl restart pressel$/);
  });

  test('refuses one that cannot chat, and is skipped where nothing is known', async () => {
    const { verdict, remedy } = await check(['embedding']);
    assert.equal(verdict, 'degraded');
    assert.match(remedy ?? '', /ollama pull/);
    assert.equal((await check(undefined)).verdict, 'skipped');
  });
});
