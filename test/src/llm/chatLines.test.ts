import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { byteLimits, chatLines } from '../../../src/llm/chatLines.js';
import { LlmError } from '../../../src/llm/chatModel.js';
import { doneLine, tokenLine, tokensOf } from '../../../src/llm/scripted/scriptedWire.js';

const target = { url: 'http://pi.local:11434', model: 'kettle:1b' };

async function* pieces(...texts: (string | Uint8Array)[]) {
  for (const text of texts) yield Buffer.from(text);
}

async function read(body: AsyncIterable<Uint8Array>, limits = byteLimits(1000)): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of chatLines(body, limits, target)) lines.push(Buffer.from(line).toString('utf8'));
  return lines;
}

describe('the lines of a chat answer', () => {
  it('come out whole and the same, however the bytes were cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 }),
        async (text, sizes) => {
          const lines = [
            ...tokensOf(text).map((token) => tokenLine('chat', 'm', token)),
            doneLine('chat', 'm', 'stop'),
          ];
          const bytes = Buffer.from(lines.join(''));
          const cut: Uint8Array[] = [];
          for (let at = 0, i = 0; at < bytes.length; i++) {
            const size = sizes[i % sizes.length] ?? 1;
            cut.push(bytes.subarray(at, at + size));
            at += size;
          }
          assert.deepEqual(await read(pieces(...cut)), lines);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('end with the one that says so, whatever follows', async () => {
    const done = doneLine('chat', 'm', 'stop');
    assert.deepEqual(await read(pieces(done, 'rubbish\n')), [done]);
  });

  it('may be very long, but not longer than the limit, with or without a newline', async () => {
    const limits = { lineBytes: 100, totalBytes: 10_000 };
    for (const long of ['x'.repeat(101), `${tokenLine('chat', 'm', { content: 'x'.repeat(60) })}`.repeat(80)]) {
      await assert.rejects(
        read(pieces(long), long.includes('\n') ? { ...limits, lineBytes: 1_000 } : limits),
        (error) => error instanceof LlmError && error.reason === 'tooLong',
      );
    }
  });

  it('leaves room for a reply at the limit of characters, at a token a character, all of them escaped', async () => {
    const line = tokenLine('chat', 'registry.example/somebody/a-model-with-a-long-name:70b-instruct-q4_K_M', {
      content: '\u0001',
    });
    assert.equal((await read(pieces(line.repeat(1000), doneLine('chat', 'm', 'stop')))).length, 1001);
  });
});
