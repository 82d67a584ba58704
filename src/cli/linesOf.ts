import { once } from 'node:events';
import { addAbortSignal, type Readable } from 'node:stream';

/**
 * A text as it comes; what is no UTF-8 is replaced.
 * @param signal ends it, quietly, also while nothing comes
 */
export async function* textOf(input: Readable, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of addAbortSignal(signal, input)) {
      yield typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    }
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  yield decoder.decode();
}

/**
 * The lines of a text, without what ends them: a line feed, or a carriage return and one. Nothing else does, so that there
 * are as many lines out as in; a last line need not be ended.
 * @param signal see `textOf`
 */
export async function* linesOf(input: Readable, signal: AbortSignal): AsyncGenerator<string> {
  // In pieces: a line of a megabyte comes in many, and would be copied with each.
  let begun: string[] = [];
  for await (const text of textOf(input, signal)) {
    const [first = '', ...rest] = text.split('\n');
    begun.push(first);
    for (const piece of rest) {
      yield withoutReturn(begun.join(''));
      begun = [piece];
    }
  }
  const last = begun.join('');
  if (last !== '' && !signal.aborted) yield withoutReturn(last);
}

/** Writes a line, and waits until whoever reads has room for more, or has gone. */
export async function writeLine(output: NodeJS.WritableStream, line: string, signal: AbortSignal): Promise<void> {
  if (output.write(`${line}\n`) || signal.aborted) return;
  await once(output, 'drain', { signal }).catch(() => {}); // `linesOf` ends by the same signal; errors are the stream's
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
