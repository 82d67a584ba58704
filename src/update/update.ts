import { type ChangeOptions, changeVersion, finishChange } from './changeVersion.js';
import type { Installation } from './installation.js';
import { type ObtainOptions, obtainVersion } from './obtainVersion.js';
import { archiveFor, type Release } from './release.js';
import type { FeedPlace } from './releaseFeed.js';
import { UpdateError } from './updateError.js';
import { withUpdateLock } from './updateLock.js';
import { compareVersions } from './versionOrder.js';

export interface UpdateOptions extends ChangeOptions, ObtainOptions {
  /** The architecture of this machine, as Node names it. */
  readonly arch: string;
  /** The version of the Node that runs this. */
  readonly nodeVersion: string;
  /** Brings the models that the version in this folder needs, as far as they can be had; throws the signal's reason only. */
  fetchModels(folder: string, signal: AbortSignal): Promise<void>;
}

/** What an update, or the way back, came to. */
export interface VersionChange {
  readonly from: string;
  readonly to: string;
  /** From the restart until the service was ready; null where it was not to run. */
  readonly tookMs: number | null;
}

/** Whether a release is newer than what is installed. @throws {UpdateError} `notOurs` where nothing is installed */
export async function isNewer(installation: Installation, release: Release): Promise<boolean> {
  return compareVersions(release.version, await installedVersion(installation)) > 0;
}

/**
 * Brings a release onto this machine and switches to it; goes back by itself when the service does not come up with it.
 * Finishes first what an earlier call could not.
 * @returns null when nothing newer is to be had
 * @throws {UpdateError}; the signal's reason when aborted
 */
export async function update(
  installation: Installation,
  place: FeedPlace,
  release: Release,
  options: UpdateOptions,
): Promise<VersionChange | null> {
  return withUpdateLock(installation.lockFile, async () => {
    await finishChange(installation, options);
    if (!(await isNewer(installation, release))) return null;
    const archive = archiveFor(release, options.arch);
    demandNode(release, options.nodeVersion);
    const from = await installedVersion(installation);
    await obtainVersion(installation, place, release, archive, options);
    // While the version before still answers: a new one that has to fetch its models first is not ready in time.
    await options.fetchModels(installation.folderOf(release.version), options.signal);
    options.signal.throwIfAborted();
    const tookMs = await changeVersion(installation, { from, to: release.version }, options);
    return { from, to: release.version, tookMs };
  });
}

/**
 * Switches to the version before; the way back is proved like the way forth.
 * @throws {UpdateError} `nothingBefore`, `notReady`, `busy`
 */
export async function goBack(installation: Installation, options: ChangeOptions): Promise<VersionChange> {
  return withUpdateLock(installation.lockFile, async () => {
    await finishChange(installation, options);
    const from = await installedVersion(installation);
    const to = await installation.linked('previous');
    if (to === null || to === from) {
      throw new UpdateError('nothingBefore', `There is no version before ${from} on this machine.`);
    }
    return { from, to, tookMs: await changeVersion(installation, { from, to }, options) };
  });
}

/** Finishes a change that a power cut has left half done. @returns the version that was accepted, or null */
export async function resume(installation: Installation, options: ChangeOptions): Promise<string | null> {
  return withUpdateLock(installation.lockFile, () => finishChange(installation, options));
}

async function installedVersion(installation: Installation): Promise<string> {
  const version = await installation.linked('current');
  if (version !== null) return version;
  throw new UpdateError(
    'notOurs',
    `${installation.root}/current leads to no version of Pressel. Install it again: deploy/install.sh of a release.`,
  );
}

function demandNode({ version, minimumNode }: Release, nodeVersion: string): void {
  if (compareVersions(nodeVersion, minimumNode) >= 0) return;
  throw new UpdateError(
    'nodeTooOld',
    `Pressel ${version} needs Node ${minimumNode} or newer; this is ${nodeVersion}. Run deploy/install.sh of the new release: it brings one.`,
  );
}
