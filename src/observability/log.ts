import { Writable } from 'node:stream';
import { type Logger, pino } from 'pino';
import type { Config } from '../config/config.js';

export type Log = Logger;

/**
 * The program's log, on `stream` (stderr: stdout belongs to results). JSON lines for machines, short lines for people;
 * "auto" chooses by whether the stream is a terminal.
 */
export function openLog({ log }: Config, stream: NodeJS.WritableStream): Log {
  const forPeople = log.format === 'pretty' || (log.format === 'auto' && 'isTTY' in stream && stream.isTTY === true);
  return pino(
    { level: log.level, base: null, serializers: { error: errorForLog } },
    forPeople ? readable(stream) : stream,
  );
}

/** `warn: the model server cannot be reached {"reason":"refused"}` */
function readable(stream: NodeJS.WritableStream): Writable {
  return new Writable({
    write(line: Buffer, _encoding, done) {
      const { level, time: _time, msg, ...rest } = JSON.parse(line.toString()) as Record<string, unknown>;
      const details = Object.keys(rest).length === 0 ? '' : ` ${JSON.stringify(rest)}`;
      stream.write(`${pino.levels.labels[Number(level)] ?? level}: ${msg}${details}\n`);
      done();
    },
  });
}

/** A file or a device that the system refuses is no fault of the program: where in it that happened helps nobody. */
function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const whole = pino.stdSerializers.err(error);
  return 'syscall' in error ? { ...whole, stack: undefined } : whole;
}
