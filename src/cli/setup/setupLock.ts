import path from 'node:path';
import { AlreadyRunningError, lockFile, lockInstance } from '../../appliance/instanceLock.js';
import { SetupRefusal } from '../../setup/setupRefusal.js';
import type { Io } from '../io.js';

/** Keeps a second setup of this user away. @returns lets it in @throws {SetupRefusal} when one runs */
export function lockSetup({ env }: Pick<Io, 'env'>): () => void {
  const instance = lockFile(env);
  try {
    return lockInstance(path.join(path.dirname(instance), path.basename(instance).replace('pressel', 'pressel-setup')));
  } catch (error) {
    if (!(error instanceof AlreadyRunningError)) throw error;
    const which = error.pid === undefined ? '' : ` (process ${error.pid})`;
    throw new SetupRefusal(
      `Setup runs already${which}, in another terminal. Go on there, or end it there with Ctrl-C.`,
    );
  }
}
