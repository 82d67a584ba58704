import path from 'node:path';
import { AlreadyRunningError, lockFile, lockInstance } from '../../appliance/instanceLock.js';
import type { Io } from '../io.js';

/** Setup runs already, in another terminal. Nothing is wrong with how this one was started. */
export class SetupRunsError extends Error {
  override readonly name = 'SetupRunsError';
}

/** Keeps a second setup of this user away. @returns lets it in @throws {SetupRunsError} when one runs */
export function lockSetup({ env }: Pick<Io, 'env'>): () => void {
  const instance = lockFile(env);
  try {
    return lockInstance(path.join(path.dirname(instance), path.basename(instance).replace('pressel', 'pressel-setup')));
  } catch (error) {
    if (!(error instanceof AlreadyRunningError)) throw error;
    const which = error.pid === undefined ? '' : ` (process ${error.pid})`;
    throw new SetupRunsError(
      `Setup runs already${which}, in another terminal. Go on there, or end it there with Ctrl-C.`,
    );
  }
}
