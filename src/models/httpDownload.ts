import type { Clock } from '../../hardware/clock.js';
import type { ModelFile } from './catalogue.js';
import { ModelError } from './modelError.js';
import type { PartialFile } from './partialFile.js';

/** No byte for so long means that the connection is dead, whatever TCP believes. */
const STALL_MS = 30_000;

/** A failure that may be gone at the next attempt: no connection, a cut or stalled one, a server in trouble. */
export class DownloadTrouble extends Error {
  override readonly name = 'DownloadTrouble';
}

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
  options: { clock: Clock; signal: AbortSignal; onBytes(doneBytes: number): void },
): Promise<void> {
  const { clock, signal, onBytes } = options;
  if ((await part.size()) > file.bytes) await part.remove();
  const have = await part.size();
  if (have === file.bytes) return;

  const stalled = new AbortController();
  let timer: unknown;
  const expectBytes = () => {
    clock.clearTimeout(timer);
    timer = clock.setTimeout(() => stalled.abort(), STALL_MS);
  };
  try {
    expectBytes();
    const response = await request(url, have, version.etag, AbortSignal.any([signal, stalled.signal]));
    const start = startOffset(response, have);
    if (start === undefined) {
      await part.remove();
      throw new DownloadTrouble(`the server answered a request for the rest of it with ${response.status}`);
    }
    demandAnnouncedSize(response, start, file, url);
    const etag = response.headers.get('etag');
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
  }
}

async function request(url: string, have: number, etag: string | undefined, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (have > 0) {
    headers['range'] = `bytes=${have}-`;
    if (etag) headers['if-range'] = etag;
  }
  const response = await fetch(url, { headers, signal }).catch((error: unknown) => {
    throw new DownloadTrouble(networkReason(error));
  });
  if (response.ok || response.status === 416) return response;
  await response.body?.cancel();
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
function startOffset(response: Response, have: number): number | undefined {
  if (response.status === 200) return 0;
  if (response.status !== 206) return undefined;
  const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
  return Number(start) === have ? have : undefined;
}

/** Finds a login page or another version before it is downloaded. */
function demandAnnouncedSize(response: Response, start: number, file: ModelFile, url: string): void {
  const announced = response.headers.get('content-length');
  if (announced === null || start + Number(announced) === file.bytes) return;
  void response.body?.cancel();
  throw wrongSize(file, url, `${start + Number(announced)} bytes are announced`);
}

function wrongSize(file: ModelFile, url: string, found: string): ModelError {
  return new ModelError(
    'checksum',
    `${url} is not the file it should be: expected ${file.bytes} bytes, ${found}. A login page of this network may have answered in its place: open the address in a browser, or fetch the file elsewhere and use --from.`,
  );
}

async function write(
  response: Response,
  part: PartialFile,
  start: number,
  file: ModelFile,
  url: string,
  onBytes: (doneBytes: number) => void,
): Promise<void> {
  const handle = await part.openToWrite(start === 0 ? 'anew' : 'at its end');
  let doneBytes = start;
  for await (const chunk of body(response)) {
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

/** The chunks of the answer; what the network does wrong comes out as `DownloadTrouble`, unlike what the disk does. */
async function* body(response: Response): AsyncGenerator<Uint8Array> {
  if (!response.body) return;
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw new DownloadTrouble(networkReason(error));
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined); // already closed or broken
  }
}

/** `fetch` hides the reason in the causes of its error. */
export function networkReason(error: unknown): string {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause;
  return innermost instanceof Error ? innermost.message : String(error);
}
