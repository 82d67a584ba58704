import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseServerUrl } from '../../../src/llm/serverUrl.js';

describe('the address of a model server', () => {
  const readings: readonly [written: string, read: string][] = [
    ['http://127.0.0.1:11434', 'http://127.0.0.1:11434'],
    ['127.0.0.1:11434', 'http://127.0.0.1:11434'],
    ['127.0.0.1', 'http://127.0.0.1:11434'],
    ['localhost:8080', 'http://localhost:8080'],
    ['pi.local', 'http://pi.local:11434'],
    ['pi.local:80', 'http://pi.local'],
    [' http://pi.local:11434/ ', 'http://pi.local:11434'],
    ['http://pi.local:11434/api/', 'http://pi.local:11434'],
    ['https://house.example/ollama/', 'https://house.example/ollama'],
    ['https://house.example', 'https://house.example'],
    ['http://[::1]:11434', 'http://[::1]:11434'],
    ['[::1]', 'http://[::1]:11434'],
  ];
  for (const [written, read] of readings) {
    it(`reads "${written}" as ${read}`, () => {
      assert.deepEqual(parseServerUrl(written), { base: read, shown: read });
    });
  }

  it('keeps credentials for the requests and hides them from people', () => {
    assert.deepEqual(parseServerUrl('http://me:secret@pi.local:11434/'), {
      base: 'http://me:secret@pi.local:11434',
      shown: 'http://pi.local:11434',
    });
  });

  for (const [written, problem] of [
    ['', /not a URL/],
    ['ftp://pi.local', /scheme is "ftp"/],
    ['file:///etc/passwd', /scheme is "file"/],
    ['http://', /not a URL/],
    ['http://pi.local:99999', /not a URL/],
    ['http://pi.local/?model=x', /query/],
  ] as const) {
    it(`refuses "${written}" and shows a good one`, () => {
      assert.throws(
        () => parseServerUrl(written),
        (error) =>
          error instanceof TypeError && problem.test(error.message) && /127\.0\.0\.1:11434/.test(error.message),
      );
    });
  }

  it('does not repeat a password in its complaint', () => {
    assert.throws(
      () => parseServerUrl('ftp://me:secret@pi.local'),
      (error) => error instanceof TypeError && !error.message.includes('secret'),
    );
  });
});
