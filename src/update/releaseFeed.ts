import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Clock, systemClock } from '../../hardware/clock.js';
import { get } from '../models/httpGet.js';
import { networkReason } from '../models/networkReason.js';
import { parseRelease, type Release } from './release.js';
import { demandSignature } from './signature.js';
import { UpdateError } from './updateError.js';

/** Where releases come from: an address or a folder that hold `release.json`, its signature and its archives. */
export type FeedPlace =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'folder'; readonly folder: string };

const FEED = 'release.json';

/** Release notes of years fit. */
const MAX_BYTES = 1_000_000;
/** For all of it: who sends a byte now and then is no server, either. */
const TIMEOUT_MS = 15_000;

/** What reading a feed needs from outside. */
export interface FeedOptions {
  /** Names the proxies. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly clock?: Clock;
}

/**
 * Where to look: `from` (a `release.json` or its folder) before `url`.
 * @throws {UpdateError} `noFeed`
 */
export async function chooseFeed(from: string | undefined, url: string): Promise<FeedPlace> {
  if (from !== undefined) {
    const found = await stat(from).catch(() => undefined);
    if (found?.isDirectory()) return { kind: 'folder', folder: from };
    if (found && path.basename(from) === FEED) return { kind: 'folder', folder: path.dirname(from) };
    throw new UpdateError('noFeed', `${from} is neither a folder nor a ${FEED}.`);
  }
  if (url !== '') return { kind: 'url', url };
  throw new UpdateError(
    'noFeed',
    `Nobody has said where releases are. Give the folder of one (pressel update --from FOLDER), or set update.url in the configuration to the address of a ${FEED}.`,
  );
}

/**
 * Reads what the feed offers, and demands its signature where a key is configured.
 * @param publicKey of `update.public_key`; empty: the release is believed as it is
 * @throws {UpdateError} `unreachable`, `badFeed`; the signal's reason when aborted
 */
export async function readFeed(place: FeedPlace, publicKey: string, options: FeedOptions): Promise<Release> {
  const where = place.kind === 'url' ? place.url : path.join(place.folder, FEED);
  if (place.kind === 'url') demandTrustworthy(place.url, publicKey);
  const content = await read(place, '', options);
  if (publicKey !== '') {
    const signature = await read(place, '.sig', options);
    demandSignature(content, signature.toString('latin1'), publicKey, where);
  }
  return parseRelease(content.toString('utf8'), where);
}

/** Over plain HTTP anybody on the way can write the checksums too. */
function demandTrustworthy(url: string, publicKey: string): void {
  const { protocol, hostname } = new URL(url);
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
  if (protocol === 'https:' || publicKey !== '' || isLoopback) return;
  throw new UpdateError(
    'badFeed',
    `${url} is not encrypted, and no key is set to check releases with. Use https, or set update.public_key.`,
  );
}

async function read(place: FeedPlace, suffix: string, options: FeedOptions): Promise<Buffer> {
  const where = place.kind === 'url' ? withSuffix(place.url, suffix) : path.join(place.folder, `${FEED}${suffix}`);
  try {
    const content = place.kind === 'url' ? await download(where, options) : await readFile(where);
    if (content.byteLength <= MAX_BYTES) return content;
  } catch (error) {
    options.signal.throwIfAborted();
    const remedy = place.kind === 'url' ? ' Check the network, or fetch the release elsewhere and use --from.' : '';
    throw new UpdateError('unreachable', `${where} cannot be read: ${networkReason(error)}.${remedy}`, {
      cause: error,
    });
  }
  throw new UpdateError('badFeed', `${where} is not a release: it has more than ${MAX_BYTES} bytes.`);
}

/** The suffix belongs to the path, not to what follows a question mark. */
function withSuffix(url: string, suffix: string): string {
  const parsed = new URL(url);
  parsed.pathname += suffix;
  return parsed.href;
}

async function download(url: string, { env, signal, clock = systemClock }: FeedOptions): Promise<Buffer> {
  const late = new AbortController();
  const timer = clock.setTimeout(
    () => late.abort(new Error(`it was not there within ${TIMEOUT_MS / 1000} s`)),
    TIMEOUT_MS,
  );
  try {
    const answer = await get(url, { env, signal: AbortSignal.any([signal, late.signal]) });
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of answer.body) {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes > MAX_BYTES) break; // leaving the loop ends the request
    }
    if (answer.status !== 200) throw new Error(`the server answered ${answer.status}`);
    return Buffer.concat(chunks);
  } catch (error) {
    late.signal.throwIfAborted();
    throw error;
  } finally {
    clock.clearTimeout(timer);
  }
}
