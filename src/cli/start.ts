import { homedir } from 'node:os';
import { OutputError } from './outputError.js';
import { FAILED, run } from './program.js';

/** Whatever ends properly has ended by then; what has not hangs, and the next signal ends it as the system does. */
const END_LIMIT_MS = 2_000;

const stop = new AbortController();
let stoppedAtMs = 0;
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  const onSignal = () => {
    if (!stop.signal.aborted) {
      stoppedAtMs = performance.now();
      stop.abort(new Error(`stopped by ${name}`));
    } else if (performance.now() - stoppedAtMs > END_LIMIT_MS) {
      process.removeListener(name, onSignal);
      process.kill(process.pid, name);
    } // else it is ending already: a second Ctrl-C would only leave things half closed
  };
  process.on(name, onSignal);
}
let isOutputLost = false;
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  const error = new OutputError(cause);
  if (!error.isReaderGone && !isOutputLost) {
    isOutputLost = true;
    process.exitCode = FAILED; // the command may be over: then nobody asks any more
    process.stderr.write(`pressel: ${error.message}\n`);
  }
  stop.abort(error);
});
// Where not even that can be told, the assistant still answers.
process.stderr.on('error', () => {});

const code = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  env: process.env,
  home: homedir(),
  signal: stop.signal,
});
process.exitCode = isOutputLost ? FAILED : code;
// What a skill of the owner's has begun while it was imported, such as a timer, keeps nobody waiting for an end; a slow
// reader still gets all that was said.
setInterval(() => {
  if (process.stdout.writableLength === 0 && process.stderr.writableLength === 0) process.exit();
}, END_LIMIT_MS).unref();
