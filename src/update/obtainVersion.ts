import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import * as tar from 'tar';
import type { Clock } from '../../hardware/clock.js';
import { messageOf } from '../failures/messageOf.js';
import { systemErrorCode } from '../failures/systemErrorCode.js';
import { putInPlace } from '../files/replaceFile.js';
import { checkContent } from '../models/checksum.js';
import { formatBytes, type StatFileSystem } from '../models/freeSpace.js';
import { ModelError, writeFailure } from '../models/modelError.js';
import { fetchFromUrl } from '../models/urlSource.js';
import type { Installation } from './installation.js';
import type { Release, ReleaseArchive } from './release.js';
import type { FeedPlace } from './releaseFeed.js';
import { UpdateError, type UpdateFailure, unwritable } from './updateError.js';

/** Kept free for the service, which writes while it is updated. */
const RESERVE_BYTES = 100 * 1024 * 1024;

/** Everybody reads, the owner writes (umask(2)). */
const READABLE_MASK = 0o022;

/** What unpacking a version needs from outside. */
export interface ObtainOptions {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly statFs: StatFileSystem;
  /** Puts what was written below a folder onto the disk (`sync --file-system`). */
  syncFiles(folder: string): Promise<void>;
  /** What a version answers to `--version`; throws, saying why, when it does not start. */
  askVersion(folder: string, signal: AbortSignal): Promise<string>;
  onBytes(doneBytes: number, totalBytes: number): void;
  readonly signal: AbortSignal;
}

/**
 * Puts a release under `versions/VERSION`: complete, checked and seen to start, or not at all. What is there already stays.
 * @throws {UpdateError}; the signal's reason when aborted
 */
export async function obtainVersion(
  installation: Installation,
  place: FeedPlace,
  release: Release,
  archive: ReleaseArchive,
  options: ObtainOptions,
): Promise<void> {
  const folder = installation.folderOf(release.version);
  if (await exists(folder)) return; // its name says that it is complete
  const unpacked = `${folder}.unpacking`;
  // The service, which is not root, reads what is unpacked, whatever whoever called it keeps from others.
  const mask = process.umask(READABLE_MASK);
  try {
    await mkdir(path.dirname(folder), { recursive: true });
    await mkdir(installation.downloadFolder, { recursive: true });
    await demandSpace(installation.root, archive, options.statFs);
    const file = await archiveFile(installation, place, archive, options);
    await rm(unpacked, { recursive: true, force: true });
    await mkdir(unpacked);
    await unpack(file, unpacked, options.signal);
    await demandRelease(unpacked, release.version, options);
    await options.syncFiles(unpacked);
    await putInPlace(unpacked, folder);
    await rm(installation.downloadFolder, { recursive: true, force: true });
  } catch (error) {
    options.signal.throwIfAborted();
    const failure = asUpdateError(error, installation.root);
    // An archive is worth its download, but not a full disk under a service that writes.
    if (failure instanceof UpdateError && failure.reason === 'noSpace') await removed(installation.downloadFolder);
    throw failure;
  } finally {
    process.umask(mask);
    await removed(unpacked);
  }
}

/** As far as the disk lets it: what failed before is what counts. */
async function removed(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(() => {});
}

async function demandSpace(root: string, archive: ReleaseArchive, statFs: StatFileSystem): Promise<void> {
  const { bavail, bsize } = await statFs(root);
  const neededBytes = archive.bytes + archive.unpackedBytes + RESERVE_BYTES;
  if (bavail * bsize >= neededBytes) return;
  throw new UpdateError(
    'noSpace',
    `The disk that holds ${root} has ${formatBytes(bavail * bsize)} free; the update needs ${formatBytes(neededBytes)}. Free some space and try again.`,
  );
}

/** The path of the checked archive: in the folder it was given in, or downloaded. */
async function archiveFile(
  installation: Installation,
  place: FeedPlace,
  archive: ReleaseArchive,
  options: ObtainOptions,
): Promise<string> {
  const { clock, env, signal } = options;
  const file = {
    name: archive.file,
    bytes: archive.bytes,
    checksum: { algorithm: 'sha256', hex: archive.sha256 },
  } as const;
  if (place.kind === 'url') {
    const destination = path.join(installation.downloadFolder, archive.file);
    const onBytes = (doneBytes: number) => options.onBytes(doneBytes, archive.bytes);
    const url = new URL(archive.file, place.url).href;
    // No other process of ours fetches here: the update has its lock.
    return fetchFromUrl(url, file, destination, { clock, env, signal, onBytes }, async (checked) => checked);
  }
  const given = path.join(place.folder, archive.file);
  const check = await checkContent(given, file, signal);
  if (check.state === 'ok') return given;
  if (check.state === 'missing') throw new UpdateError('unreachable', `${given} is missing: copy it there.`);
  throw new UpdateError(
    'badArchive',
    `${given} is not what its release.json describes: expected ${check.expected}, got ${check.got}. Copy it again.`,
  );
}

async function unpack(file: string, folder: string, signal: AbortSignal): Promise<void> {
  await tar.extract({ file, cwd: folder, strip: 1, strict: true, preserveOwner: false, filter: () => !signal.aborted });
  signal.throwIfAborted();
}

async function demandRelease(folder: string, version: string, options: ObtainOptions): Promise<void> {
  const text = await readFile(path.join(folder, 'package.json'), 'utf8').catch(() => '{}');
  const written = (JSON.parse(text) as { version?: unknown }).version;
  const inside = `The archive of Pressel ${version}`;
  if (written !== version) throw new UpdateError('badArchive', `${inside} holds something else: ${written}.`);
  let answer: string;
  try {
    answer = await options.askVersion(folder, options.signal);
  } catch (error) {
    const why = messageOf(error);
    throw new UpdateError('badArchive', `Pressel ${version} does not start on this machine: ${why}`, { cause: error });
  }
  if (answer !== version) throw new UpdateError('badArchive', `${inside} says of itself that it is ${answer}.`);
}

const REASONS: Partial<Record<ModelError['reason'], UpdateFailure>> = {
  checksum: 'badArchive',
  noSpace: 'noSpace',
  unwritable: 'unwritable',
};

/** The failures of downloads and of the system in the terms of an update. */
function asUpdateError(error: unknown, root: string): unknown {
  if (error instanceof UpdateError) return error;
  const known = error instanceof ModelError ? error : writeFailure(error, root);
  if (!known) {
    if (systemErrorCode(error) !== undefined) return error;
    const why = messageOf(error);
    return new UpdateError('badArchive', `The archive cannot be unpacked: ${why}`, { cause: error });
  }
  const reason = REASONS[known.reason] ?? 'unreachable';
  if (reason === 'noSpace') {
    const message = `The disk that holds ${root} is full. Free some space and try again.`;
    return new UpdateError(reason, message, { cause: error });
  }
  if (reason === 'unwritable') {
    return new UpdateError(reason, unwritable(root, error), { cause: error });
  }
  return new UpdateError(reason, known.message, { cause: error });
}

async function exists(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => true,
    () => false,
  );
}
