import type { Clock } from '../../hardware/clock.js';
import type { ModelFile } from './catalogue.js';
import { type Answer, DownloadTrouble, get } from './httpGet.js';
import { ModelError } from './modelError.js';
import type { PartialFile } from './partialFile.js';
import { ProxyError } from './proxy.js';

/** No byte for so long means that the connection is dead, whatever TCP believes. */
const STALL_MS = 30_000;

/**
 * One attempt to complete `part`: asks for the bytes that are missing, and starts from the first byte when the server
 * cannot resume or has another version of the file.
 * @param version what the server said of the file's version so far; filled in
 * @throws {DownloadTrouble} worth another attempt
 * @throws {ModelError} `notFound`, `refused`, `checksum` (the server announces or sends another size)
 * @throws the signal's reason when aborted; the system's error when the disk fails
 */
export async function receive(
  url: string,
  file: ModelFile,
  part: PartialFile,
  version: { etag?: string },
  options: {
    readonly clock: Clock;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly signal: AbortSignal;
    onBytes(doneBytes: number): void;
  },
): Promise<void> {
  const { clock, env, signal, onBytes } = options;
  if ((await part.size()) > file.bytes) await part.remove();
  const have = await part.size();
  if (have === file.bytes) return;

  const stalled = new AbortController();
  let timer: unknown;
  const expectBytes = () => {
    clock.clearTimeout(timer);
    timer = clock.setTimeout(() => stalled.abort(), STALL_MS);
  };
  let response: Answer | undefined;
  try {
    expectBytes();
    response = await request(url, have, version.etag, env, AbortSignal.any([signal, stalled.signal]));
    const start = startOffset(response, have);
    if (start === undefined) {
      await part.remove();
      throw new DownloadTrouble(`the server answered a request for the rest of it with ${response.status}`);
    }
    demandAnnouncedSize(response, start, file, url);
    const { etag } = response.headers;
    if (etag && !etag.startsWith('W/')) version.etag = etag;
    await write(response, part, start, file, url, (doneBytes) => {
      expectBytes();
      onBytes(doneBytes);
    });
  } catch (error) {
    signal.throwIfAborted();
    if (stalled.signal.aborted) throw new DownloadTrouble(`nothing arrived for ${STALL_MS / 1000} s`);
    throw error;
  } finally {
    clock.clearTimeout(timer);
    response?.close();
  }
}

async function request(
  url: string,
  have: number,
  etag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<Answer> {
  const headers: Record<string, string> = {};
  if (have > 0) {
    headers['range'] = `bytes=${have}-`;
    if (etag) headers['if-range'] = etag;
  }
  const response = await get(url, { headers, env, signal }).catch((error: unknown) => {
    if (!(error instanceof ProxyError)) throw error;
    throw new ModelError('refused', error.message, { cause: error });
  });
  if ([200, 206, 416].includes(response.status)) return response;
  response.close();
  throw statusFailure(response.status, url);
}

function statusFailure(status: number, url: string): Error {
  if (status === 408 || status === 429 || status >= 500) return new DownloadTrouble(`the server answered ${status}`);
  if (status === 404 || status === 410) {
    return new ModelError(
      'notFound',
      `${url} does not exist (${status}). It may have moved: look for a newer Pressel, or fetch the file elsewhere and use --from.`,
    );
  }
  return new ModelError(
    'refused',
    `${url} was refused (${status}). A proxy or filter on this network may block it; fetch the file on another network and use --from.`,
  );
}

/** The first byte of the answer, or undefined when the answer cannot be joined to what is here. */
function startOffset(response: Answer, have: number): number | undefined {
  if (response.status === 200) return 0;
  if (response.status !== 206) return undefined;
  const start = /^bytes (\d+)-/.exec(response.headers['content-range'] ?? '')?.[1];
  return Number(start) === have ? have : undefined;
}

/** Finds a login page or another version before it is downloaded. */
function demandAnnouncedSize(response: Answer, start: number, file: ModelFile, url: string): void {
  const announced = response.headers['content-length'];
  if (announced === undefined || start + Number(announced) === file.bytes) return;
  throw wrongSize(file, url, `${start + Number(announced)} bytes are announced`);
}

function wrongSize(file: ModelFile, url: string, found: string): ModelError {
  return new ModelError(
    'checksum',
    `${url} is not the file it should be: expected ${file.bytes} bytes, ${found}. A login page of this network may have answered in its place: open the address in a browser, or fetch the file elsewhere and use --from.`,
  );
}

async function write(
  response: Answer,
  part: PartialFile,
  start: number,
  file: ModelFile,
  url: string,
  onBytes: (doneBytes: number) => void,
): Promise<void> {
  const handle = await part.openToWrite(start === 0 ? 'anew' : 'at its end');
  let doneBytes = start;
  for await (const chunk of response.body) {
    doneBytes += chunk.byteLength;
    if (doneBytes > file.bytes) {
      await handle.truncate(0);
      throw wrongSize(file, url, 'more are sent');
    }
    await handle.writeFile(chunk);
    onBytes(doneBytes);
  }
  if (doneBytes < file.bytes) throw new DownloadTrouble(`the connection ended after ${doneBytes} bytes`);
}
