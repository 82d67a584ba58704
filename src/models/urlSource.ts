import { type Clock, sleep } from '../../hardware/clock.js';
import type { ModelFile } from './catalogue.js';
import { demandContent } from './checksum.js';
import { receive } from './httpDownload.js';
import { DownloadTrouble } from './httpGet.js';
import { ModelError, writeFailure } from './modelError.js';
import { PartialFile } from './partialFile.js';

/** Pauses before the second and the third attempt: long enough for a router to come back, short enough to wait for. */
const BACKOFF_MS = [1000, 4000] as const;

/** What a download needs from outside. */
export interface UrlDownload {
  readonly clock: Clock;
  /** Names the proxies. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Told first of what an earlier download has left, where it has left something. */
  onBytes(doneBytes: number): void;
}

/**
 * Downloads one file beside its `destination` and checks it. A download that is cut goes on where it stopped, within
 * this call (two more attempts) and in a later one; a resumed file that turns out wrong is fetched once more as a whole.
 * @param use takes the checked file, for instance to give it its name; until then no other process touches it
 * @returns what `use` does
 * @throws {ModelError} `offline`, `notFound`, `refused`, `checksum`, `noSpace`, `unwritable`; the signal's reason when
 *   aborted; what `use` throws
 */
export async function fetchFromUrl<Result>(
  url: string,
  file: ModelFile,
  destination: string,
  download: UrlDownload,
  use: (checkedFile: string) => Promise<Result>,
): Promise<Result> {
  let part: PartialFile;
  try {
    part = await PartialFile.claim(destination);
  } catch (error) {
    throw writeFailure(error, destination) ?? error;
  }
  try {
    await fetchPart(url, file, part, download);
    return await use(part.path);
  } catch (error) {
    const failure = writeFailure(error, destination);
    if (failure) await part.remove();
    else await part.park();
    throw failure ?? error;
  } finally {
    await part.release();
  }
}

async function fetchPart(url: string, file: ModelFile, part: PartialFile, download: UrlDownload): Promise<void> {
  const haveBytes = await part.size();
  const resumed = haveBytes > 0;
  if (resumed) download.onBytes(haveBytes);
  try {
    await receiveWithRetries(url, file, part, download);
    await demandContent(part.path, file, url, download.signal);
  } catch (error) {
    if (!resumed || !(error instanceof ModelError) || error.reason !== 'checksum') throw error;
    await part.remove();
    await receiveWithRetries(url, file, part, download);
    await demandContent(part.path, file, url, download.signal);
  }
}

async function receiveWithRetries(
  url: string,
  file: ModelFile,
  part: PartialFile,
  download: UrlDownload,
): Promise<void> {
  // Only within one call: what wrote the beginning must be what the server has now. Across calls the checksum tells.
  const version: { etag?: string } = {};
  for (let attempt = 0; ; attempt++) {
    try {
      return await receive(url, file, part, version, download);
    } catch (error) {
      download.signal.throwIfAborted();
      if (!(error instanceof DownloadTrouble)) throw error;
      const pauseMs = BACKOFF_MS[attempt];
      if (pauseMs === undefined) throw offline(url, file, error);
      await sleep(download.clock, pauseMs, download.signal);
    }
  }
}

function offline(url: string, file: ModelFile, trouble: DownloadTrouble): ModelError {
  return new ModelError(
    'offline',
    `${file.name} could not be downloaded from ${new URL(url).host} in ${BACKOFF_MS.length + 1} attempts: ${trouble.message}. Check the network and try again (it goes on where it stopped), or fetch ${url} on another machine and use --from.`,
    { cause: trouble },
  );
}
