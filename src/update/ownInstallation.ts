import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { CommandEnd } from '../processes/runCommand.js';
import { Installation } from './installation.js';
import { UpdateError } from './updateError.js';
import { isVersion } from './versionOrder.js';

/**
 * The installation that a running program belongs to.
 * @param packageRoot the folder of its `package.json`
 * @param run runs a program and waits for it
 * @throws {UpdateError} `notOurs`
 */
export async function ownInstallation(
  packageRoot: string,
  run: (argv: readonly string[], signal: AbortSignal) => Promise<CommandEnd>,
  signal: AbortSignal,
): Promise<Installation> {
  const folder = await realpath(packageRoot);
  const versions = path.dirname(folder);
  if (path.basename(versions) !== 'versions' || !isVersion(path.basename(folder))) {
    throw new UpdateError(
      'notOurs',
      `This Pressel runs from ${folder}, which no installation made: fetch the new sources there and build them (git pull && npm ci && npm run build).`,
    );
  }
  const owner = await run(['dpkg-query', '--search', path.join(folder, 'package.json')], signal);
  if (owner.ended === 'exited' && owner.status === 0) {
    throw new UpdateError(
      'notOurs',
      'This Pressel was installed as a Debian package, and dpkg replaces it: sudo apt install ./pressel_VERSION_ARCH.deb, or sudo apt upgrade where an apt source has it.',
    );
  }
  return new Installation(path.dirname(versions));
}
