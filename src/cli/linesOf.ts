import { once } from 'node:events';
import { addAbortSignal, type Readable } from 'node:stream';

/**
 * The lines of a text, without what ends them: a line feed, or a carriage return and one. Nothing else does, so that there
 * are as many lines out as in; what is no UTF-8 is replaced, and a last line need not be ended.
 * @param signal ends it, quietly, also while nothing comes
 */
export async function* linesOf(input: Readable, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  // In pieces: a line of a megabyte comes in many, and would be copied with each.
  let begun: string[] = [];
  try {
    for await (const chunk of addAbortSignal(signal, input)) {
      const [first = '', ...rest] = (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })).split(
        '\n',
      );
      begun.push(first);
      for (const piece of rest) {
        yield withoutReturn(begun.join(''));
        begun = [piece];
      }
    }
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  begun.push(decoder.decode());
  const last = begun.join('');
  if (last !== '') yield withoutReturn(last);
}

/** Writes a line, and waits until whoever reads has room for more, or has gone. */
export async function writeLine(output: NodeJS.WritableStream, line: string, signal: AbortSignal): Promise<void> {
  if (output.write(`${line}\n`) || signal.aborted) return;
  await once(output, 'drain', { signal }).catch(() => {}); // `linesOf` ends by the same signal; errors are the stream's
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
