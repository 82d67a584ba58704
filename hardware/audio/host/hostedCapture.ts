import type { Clock } from '../../clock.js';
import type { CaptureListener, CaptureStream } from '../drivers.js';
import type { FromHost, HostRequest } from './hostProtocol.js';
import { monotonicMs } from './hostProtocol.js';
import type { HostSession } from './hostSession.js';

export interface HostedStreamOptions {
  readonly session: HostSession;
  /** The clock of the times that are told. */
  readonly clock: Clock;
  /** The scale of the host's times; the machine's monotonic clock, but for tests. */
  readonly hostNowMs?: () => number;
}

/**
 * A microphone that a host process has open. `clock` may be any clock that runs as fast as the machine's: a time from the
 * host is told as so long ago.
 * @throws {AudioError} as `OpenCapture` says; the signal's reason when aborted
 */
export async function openHostedCapture(
  { session, clock, hostNowMs = monotonicMs }: HostedStreamOptions,
  request: Extract<HostRequest, { kind: 'capture' }>,
  listener: CaptureListener,
  signal: AbortSignal,
): Promise<CaptureStream> {
  const opened = await session.open(request, signal);
  let xruns = 0;
  const onMessage = (message: FromHost) => {
    if (message.kind !== 'frame') return;
    xruns = message.xruns;
    const capturedAtMs = clock.now() - (hostNowMs() - message.capturedAtMs);
    listener.frame({ samples: message.samples, capturedAtMs });
  };
  session.listen({ message: onMessage, failed: (error) => listener.failed(error) });
  return {
    name: opened.kind === 'captureOpened' ? opened.name : request.library,
    get xruns() {
      return xruns;
    },
    close: () => session.close(),
  };
}
