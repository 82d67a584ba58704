import { PassThrough, Writable } from 'node:stream';
import type { Io } from '../../../src/cli/io.js';

/** A process without a terminal whose output can be read. */
export function recordedIo(env: Io['env'], home: string): Io & { out(): string; err(): string } {
  const [stdout, stderr] = [recorder(), recorder()];
  const signal = new AbortController().signal;
  return {
    stdin: new PassThrough(),
    stdout,
    stderr,
    env,
    home,
    signal,
    out: () => stdout.text,
    err: () => stderr.text,
  };
}

/** A stream that keeps what is written to it. */
export function recorder(terminal = false): Writable & { text: string; isTTY: boolean; columns: number } {
  const stream = Object.assign(
    new Writable({
      write(chunk, _encoding, done) {
        stream.text += String(chunk);
        done();
      },
    }),
    { text: '', isTTY: terminal, columns: 100 },
  );
  return stream;
}
