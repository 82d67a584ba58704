import type { Clock } from '../../../hardware/clock.js';
import { sleep } from '../../../hardware/clock.js';
import type { ServedRequest } from './recordedRequest.js';

/** How the scripted server fetches models that are asked for. */
export interface ScriptedPulls {
  readonly bytes: number;
  /** Default: at once. */
  readonly bytesPerSecond?: number;
  /** The server's complaint in the middle of it, as Ollama words it. Default: none. */
  readonly error?: string;
}

/** What a client is told so often (ms). */
const TELL_MS = 100;
const DIGEST = `sha256:${'0'.repeat(64)}`;

/** Bytes that are here of models that are not here as a whole: what was fetched before the client went away. */
export type PulledParts = Map<string, number>;

/**
 * `POST /api/pull`: tells how far it is and, when asked again, goes on where it stopped.
 * @returns whether the model is here now
 */
export async function servePull(
  served: ServedRequest,
  model: string,
  { bytes, bytesPerSecond = Number.POSITIVE_INFINITY, error }: ScriptedPulls,
  parts: PulledParts,
  clock: Clock,
): Promise<boolean> {
  const { response, gone } = served;
  const tell = (line: object) => response.write(`${JSON.stringify(line)}\n`);
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  tell({ status: 'pulling manifest' });
  let done = parts.get(model) ?? 0;
  while (done < bytes) {
    const step = { status: `pulling ${DIGEST.slice(7, 19)}`, digest: DIGEST, total: bytes };
    // As Ollama: what is 0 is left out.
    tell(done === 0 ? step : { ...step, completed: done });
    if (error !== undefined && done > bytes / 2) {
      response.end(`${JSON.stringify({ error })}\n`);
      return false;
    }
    try {
      if (bytesPerSecond !== Number.POSITIVE_INFINITY || error !== undefined) await sleep(clock, TELL_MS, gone);
    } catch {
      return false;
    }
    done = Math.min(bytes, done + Math.max(1, (Math.min(bytesPerSecond, bytes * 5) * TELL_MS) / 1000));
    parts.set(model, done);
  }
  tell({ status: 'verifying sha256 digest' });
  tell({ status: 'writing manifest' });
  response.end(`${JSON.stringify({ status: 'success' })}\n`);
  return true;
}
