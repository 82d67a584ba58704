import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

/** Built files have their content in their names: whoever has one need not ask again. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** A file of the page as it is sent. */
export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
  readonly etag: string;
  readonly cacheControl: string;
}

/**
 * Reads everything of the page, once: what is not among it does not exist, whatever path is asked for.
 * @param folder what is in it is served at "/"; `index.html` as "/" itself
 * @throws when it cannot be read
 */
export async function readPageFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && path.extname(entry.name) in TYPES);
  const read = await Promise.all(
    files.map(async (entry): Promise<[string, PageFile]> => {
      const file = path.join(entry.parentPath, entry.name);
      const served = `/${path.relative(folder, file).split(path.sep).join('/')}`;
      return [served === '/index.html' ? '/' : served, await pageFile(file, served)];
    }),
  );
  return new Map(read);
}

async function pageFile(file: string, served: string): Promise<PageFile> {
  const body = await readFile(file);
  return {
    type: TYPES[path.extname(file)] ?? 'application/octet-stream',
    body,
    gzipped: await promisify(gzip)(body, { level: 9 }),
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    cacheControl: served.startsWith('/assets/') ? FOR_EVER : 'no-cache',
  };
}
