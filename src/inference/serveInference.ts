import { setImmediate as nextTick } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../failures/messageOf.js';
import type { FromWorker, ToWorker } from './inferenceWorker.js';

/** One operation of an inference thread: looks at `signal` between the steps of its loop. */
export type Operation = (args: never, signal: AbortSignal) => Promise<{ value: unknown; transfer?: ArrayBuffer[] }>;

/** Thrown by an operation to give the caller a reason it can act on. */
export class OperationError extends Error {
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Serves `operations` to the main thread, one call at a time in order of arrival; call it once, in a worker thread.
 * A cancelled call that has not begun is never begun.
 */
export function serveInference(operations: Record<string, Operation>): void {
  const port = parentPort;
  if (!port) throw new Error('serveInference runs in a worker thread only');
  const controllers = new Map<number, AbortController>();
  let queue: Promise<void> = Promise.resolve();
  let closing = false;

  const run = async (id: number, op: string, args: unknown, controller: AbortController) => {
    try {
      // An inference is deaf while it computes: hear what has arrived meanwhile before the next one begins.
      await nextTick();
      if (controller.signal.aborted || closing) return;
      const operation = operations[op];
      if (!operation) throw new OperationError('internal', `unknown operation "${op}"`);
      const { value, transfer } = await operation(args as never, controller.signal);
      if (!controller.signal.aborted)
        port.postMessage({ kind: 'result', id, value } satisfies FromWorker, transfer ?? []);
    } catch (error) {
      if (controller.signal.aborted) return;
      const reason = error instanceof OperationError ? error.reason : 'failed';
      const message = messageOf(error);
      port.postMessage({ kind: 'error', id, reason, message } satisfies FromWorker);
    } finally {
      controllers.delete(id);
    }
  };

  port.on('message', (message: ToWorker) => {
    if (message.kind === 'call') {
      const controller = new AbortController();
      controllers.set(message.id, controller);
      queue = queue.then(() => run(message.id, message.op, message.args, controller));
    } else if (message.kind === 'cancel') {
      controllers.get(message.id)?.abort();
    } else {
      closing = true;
      for (const controller of controllers.values()) controller.abort();
      queue.then(() => port.close());
    }
  });
}
