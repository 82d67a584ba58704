import type { Readable } from 'node:stream';

/** What a command may touch of its process: passed in, so that a test can be the terminal. */
export interface Io {
  /** The result, and nothing else. */
  readonly stdout: NodeJS.WritableStream;
  /** Progress, warnings and logs. */
  readonly stderr: NodeJS.WritableStream;
  readonly stdin: Readable;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
  /** Aborted by Ctrl-C and by the service manager. */
  readonly signal: AbortSignal;
}
