import assert from 'node:assert/strict';
import { PassThrough, Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { linesOf, writeLine } from '../../../src/cli/linesOf.js';

const going = new AbortController().signal;

/** `Array.fromAsync` is not in Node 20. */
async function all(lines: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

function read(chunks: Iterable<string | Buffer>): Promise<string[]> {
  return all(linesOf(Readable.from(chunks, { objectMode: false }), going));
}

describe('the lines of a text', () => {
  it('end with a line feed, or a carriage return and one, and nothing else', async () => {
    assert.deepEqual(await read(['a\r\nb\n\n\r\nc\rd\u2028e\n']), ['a', 'b', '', '', 'c\rd\u2028e']);
  });

  it('include a last one that is not ended, and none where there is nothing', async () => {
    assert.deepEqual(await read(['a\nb']), ['a', 'b']);
    assert.deepEqual(await read(['a\n']), ['a']);
    assert.deepEqual(await read([]), []);
  });

  it('are whole wherever the text is cut, within a letter too', async () => {
    const bytes = Buffer.from('Grüße\r\n½ cup\n');
    for (let at = 1; at < bytes.length; at++) {
      assert.deepEqual(await read([bytes.subarray(0, at), bytes.subarray(at)]), ['Grüße', '½ cup']);
    }
  });

  it('are there for what is no text', async () => {
    assert.deepEqual(await read([Buffer.from([0xff, 0x00, 0x0a, 0xc3])]), ['\ufffd\0', '\ufffd']);
  });

  it('may be a megabyte long', async () => {
    const long = 'a'.repeat(1e6);
    assert.deepEqual(await read([long, '\n', long]), [long, long]);
  });

  it('end when the program is stopped, though no more come', async () => {
    const stop = new AbortController();
    const input = new PassThrough();
    const lines = linesOf(input, stop.signal);
    input.write('first\n');
    assert.deepEqual(await lines.next(), { value: 'first', done: false });
    const next = lines.next();
    stop.abort();
    assert.equal((await next).done, true);
    assert.ok(input.destroyed);
  });

  it('are an error where the text cannot be read', async () => {
    const input = new PassThrough();
    input.destroy(new Error('the disk is gone'));
    await assert.rejects(all(linesOf(input, going)), /the disk is gone/);
  });
});

describe('a line that is written', () => {
  it('waits until there is room for the next', async () => {
    const output = new PassThrough({ highWaterMark: 4 });
    let isWritten = false;
    const written = writeLine(output, 'a long line', going).then(() => {
      isWritten = true;
    });
    await new Promise(setImmediate);
    assert.equal(isWritten, false);
    assert.equal(String(output.read()), 'a long line\n');
    await written;
  });

  it('waits for nobody once the program is stopped', async () => {
    const stop = new AbortController();
    const written = writeLine(new PassThrough({ highWaterMark: 4 }), 'a long line', stop.signal);
    stop.abort();
    await written;
  });
});
