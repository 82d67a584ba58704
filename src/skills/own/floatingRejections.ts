import path from 'node:path';
import { pathToFileURL } from 'node:url';

const EVENT = 'unhandledRejection';

/**
 * Listens for promises that a module of this folder has let fail without waiting for them, which would end the program. Those
 * of anybody else, and those that do not tell where they come from, end it as ever.
 * @param onRejection told of each
 * @returns how to stop listening
 */
export function watchFloatingRejections(folder: string, onRejection: (error: Error) => void): () => void {
  const inside = pathToFileURL(path.join(folder, path.sep)).href;
  const listener = (reason: unknown) => {
    if (reason instanceof Error && (reason.stack ?? '').includes(inside)) onRejection(reason);
    // What Node does where nobody listens.
    else if (process.listenerCount(EVENT) === 1) throw reason;
  };
  process.on(EVENT, listener);
  return () => process.removeListener(EVENT, listener);
}
