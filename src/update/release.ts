import { z } from 'zod';
import { UpdateError } from './updateError.js';
import { isVersion } from './versionOrder.js';

/** A file beside the feed, by its plain name: a feed cannot send anybody elsewhere. */
const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+~-]*$/, 'a file name without folders');

const archiveSchema = z.object({
  file: fileName,
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 lower-case hex digits'),
  unpackedBytes: z.int().positive(),
});

const releaseSchema = z.object({
  version: z.string().refine(isVersion, 'a version such as 1.2.3'),
  minimumNode: z.string().refine(isVersion, 'a version such as 20.19.0'),
  notes: z.string().max(100_000),
  archives: z.partialRecord(z.enum(['arm64', 'x64']), archiveSchema),
});

/**
 * What `release.json` says. Unknown keys are let through, so that a later feed can say more.
 *
 *     { "version": "0.2.0", "minimumNode": "20.19.0", "notes": "- What is new.",
 *       "archives": { "arm64": { "file": "pressel-0.2.0-linux-arm64.tar.gz", "bytes": 1, "sha256": "...", "unpackedBytes": 1 } } }
 */
export type Release = z.output<typeof releaseSchema>;

/** An archive of a release, for one architecture as Node names it; `.tar.gz` with one folder at its root. */
export type ReleaseArchive = z.output<typeof archiveSchema>;

/**
 * @param where it was read, for the message
 * @throws {UpdateError} `badFeed`
 */
export function parseRelease(text: string, where: string): Release {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = `${where} is not a release: it is not JSON. A login page of this network may have answered in its place.`;
    throw new UpdateError('badFeed', message, { cause: error });
  }
  const parsed = releaseSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') || 'the document';
  throw new UpdateError('badFeed', `${where} is not a release this version understands: ${place}: ${issue?.message}.`);
}

/** @throws {UpdateError} `noArchive` */
export function archiveFor(release: Release, arch: string): ReleaseArchive {
  const archive = arch === 'arm64' || arch === 'x64' ? release.archives[arch] : undefined;
  if (archive) return archive;
  const known = Object.keys(release.archives).join(', ') || 'none';
  throw new UpdateError('noArchive', `Pressel ${release.version} is not there for ${arch}, only for: ${known}.`);
}
