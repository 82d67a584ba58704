import { withAnySignal } from '../../withAnySignal.js';
import type { AudioError, PlaybackStream } from '../drivers.js';
import { AudioError as DeviceError } from '../drivers.js';
import { PlaybackQueue } from '../playbackQueue.js';
import { PlaybackTimeline } from '../playbackTimeline.js';
import type { HostedStreamOptions } from './hostedCapture.js';
import { HostedSink } from './hostedSink.js';
import type { HostRequest } from './hostProtocol.js';
import { monotonicMs } from './hostProtocol.js';

/**
 * A speaker that a host process has open.
 * @throws {AudioError} as `OpenPlayback` says; the signal's reason when aborted
 */
export async function openHostedPlayback(
  { session, clock, hostNowMs = monotonicMs }: HostedStreamOptions,
  request: Extract<HostRequest, { kind: 'playback' }>,
  onFailed: (error: AudioError) => void,
  signal: AbortSignal,
): Promise<PlaybackStream> {
  const opened = await session.open(request, signal);
  if (opened.kind !== 'playbackOpened') {
    await session.close();
    throw new DeviceError('deviceLost', `The speaker's process answered with "${opened.kind}".`);
  }
  const timeline = new PlaybackTimeline(opened.sampleRateHz, clock, 'realtime');
  const sink = new HostedSink({ session, timeline, hostNowMs, latencyMs: opened.latencyMs });
  const stream = new HostedPlayback({ name: opened.name, timeline, sink }, sink);
  session.listen({
    message: (message) => {
      if (message.kind === 'progress') sink.follow(message);
    },
    failed: (error) => {
      stream.fail(error);
      onFailed(error);
    },
  });
  return stream;
}

class HostedPlayback extends PlaybackQueue implements PlaybackStream {
  readonly #failed = new AbortController();

  constructor(
    options: ConstructorParameters<typeof PlaybackQueue>[0],
    private readonly sink: HostedSink,
  ) {
    super(options);
  }

  get xruns(): number {
    return this.sink.xruns;
  }

  get answeredAtMs(): number {
    return this.sink.answeredAtMs;
  }

  /** Whoever waits is rejected with `error`. */
  fail(error: AudioError): void {
    this.#failed.abort(error);
  }

  override play(...[pcm, signal]: Parameters<PlaybackQueue['play']>): ReturnType<PlaybackQueue['play']> {
    return withAnySignal([signal, this.#failed.signal], (either) => super.play(pcm, either));
  }

  override drained(signal: AbortSignal): Promise<void> {
    return withAnySignal([signal, this.#failed.signal], (either) => super.drained(either));
  }
}
