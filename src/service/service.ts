import type { Clock } from '../../hardware/clock.js';
import type { AssistantNotice } from '../../machines/assistantEvents.js';
import type { Observed } from '../appliance/reportedState.js';
import { messageOf } from '../failures/messageOf.js';
import type { FetchProgress } from '../models/fetchProgress.js';
import { formatBytes } from '../models/freeSpace.js';
import { ModelError } from '../models/modelError.js';
import type { Log } from '../observability/log.js';
import { patiently } from '../streams/patiently.js';
import { startHeartbeat } from './heartbeat.js';
import { type NotifySocket, openNotifySocket } from './notifySocket.js';
import { ServiceLink } from './serviceLink.js';
import { hasFailedToStart, ServiceStatus } from './serviceStatus.js';
import { whyDead } from './vitalSigns.js';
import { type SoundDevices, watchedDevices } from './watchedDevices.js';

/** While models are fetched, starting may take so much longer each time it is said (ms), and it is said so often. */
const EXTEND_MS = 60_000;
const EXTEND_EVERY_MS = 20_000;

/** After a first fetch in vain; then twice as long, up to the longest. */
const FETCH_WAIT_MS = 5_000;
const LONGEST_FETCH_WAIT_MS = 60_000;

/** From the last model fetched until READY: devices open, models load and warm up, each of which has its own limit. */
const OPENING_MS = 300_000;

/** A download is reported at most so often. */
const PROGRESS_EVERY_MS = 2_000;

/**
 * The appliance as a service of a service manager: tells it when it is ready, what it does and what is wrong, and that it
 * is alive.
 *
 * READY is told when the assistant first waits to be asked, and also when it has failed to start and tries again: when the
 * models cannot be fetched or do not load. Such a fault mends itself or is mended by the owner while the program waits;
 * a restart would not help, and a start that is given up for lack of READY would be a loop of them. A missing microphone,
 * speaker or model server never delays it for longer than one attempt to open it takes. What is wrong is in the status.
 */
export class Service {
  readonly #link: ServiceLink;
  readonly #status = new ServiceStatus();
  readonly #devices;
  readonly #stopBeating: () => void;
  #seen: Observed | undefined;
  #isReady = false;
  #isStopping = false;

  constructor(
    socket: NotifySocket,
    private readonly options: ServiceOptions,
  ) {
    const { clock, log, watchdogMs } = options;
    this.#link = new ServiceLink(socket, clock);
    this.#devices = watchedDevices(clock);
    this.#stopBeating =
      watchdogMs === undefined
        ? () => {}
        : startHeartbeat({
            patienceMs: watchdogMs,
            clock,
            whyDead: () => whyDead(this.#devices.signs()),
            beat: () => this.#link.tell({ watchdog: true }),
            onChange: (why) => {
              if (why === undefined) log.info('the audio is alive again');
              else log.error({ patienceMs: watchdogMs }, `${why} Without a change the service is restarted.`);
            },
          });
  }

  /** Fetches models until they are here, however often it fails; starting may take as long as that. @throws the signal's reason */
  async fetched<T>(
    fetch: (onProgress: (progress: FetchProgress) => void) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const { clock, log } = this.options;
    const extend = () => {
      if (!this.#isReady) this.#link.tell({ extendMs: EXTEND_MS });
      timer = clock.setTimeout(extend, EXTEND_EVERY_MS);
    };
    let timer: unknown;
    let toldAtMs = Number.NEGATIVE_INFINITY;
    const onProgress = ({ id, doneBytes, totalBytes }: FetchProgress) => {
      if (clock.now() - toldAtMs < PROGRESS_EVERY_MS) return;
      toldAtMs = clock.now();
      const done = totalBytes === null ? '' : `, ${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`;
      this.#link.tell({ status: `Starting: the model ${id} is being fetched${done}.` });
    };
    extend();
    try {
      return await patiently(
        () => {
          this.#link.tell({ status: 'Starting: the models are being checked.' });
          return fetch(onProgress);
        },
        {
          clock,
          signal,
          firstWaitMs: FETCH_WAIT_MS,
          longestWaitMs: LONGEST_FETCH_WAIT_MS,
          isWorthAnother: (error) => error instanceof ModelError,
          onFailed: (error, waitMs) => {
            const why = messageOf(error);
            log.error({ tryAgainInMs: waitMs }, why);
            this.#ready(`Cannot start: ${why} It is tried again.`);
          },
        },
      );
    } finally {
      clock.clearTimeout(timer);
      if (!this.#isReady) this.#link.tell({ extendMs: OPENING_MS });
    }
  }

  /** From now on it is dead when these are. */
  watch(devices: SoundDevices): void {
    this.#devices.watch(devices);
  }

  follow(snapshot: Observed): void {
    if (this.#isStopping) return;
    this.#seen = snapshot;
    this.#devices.follow(snapshot);
    const status = this.#status.textOf(snapshot);
    if (snapshot.hasTag('idle') || hasFailedToStart(snapshot)) this.#ready(status);
    else this.#link.tell({ status });
  }

  noticed(notice: AssistantNotice): void {
    this.#status.tell(notice);
    if (this.#seen) this.follow(this.#seen);
  }

  /** It ends because it was asked to. */
  stopping(): void {
    this.#isStopping = true;
    this.#link.tell({ stopping: true, status: 'Stopping.' });
  }

  close(): void {
    this.#stopBeating();
    this.#link.close();
  }

  #ready(status: string): void {
    this.#link.tell(this.#isReady ? { status } : { ready: true, status });
    this.#isReady = true;
  }
}

export interface ServiceOptions {
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'error'>;
  /** So long the manager waits for a sign of life; undefined: it does not. */
  readonly watchdogMs: number | undefined;
}

/**
 * @param env of the process: NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID (sd_notify(3), sd_watchdog_enabled(3))
 * @param pid of this process: a watchdog may be meant for another
 * @returns undefined where no service manager wants to be told anything
 */
export function openService(
  env: Readonly<Record<string, string | undefined>>,
  pid: number,
  { clock, log }: Omit<ServiceOptions, 'watchdogMs'>,
): Service | undefined {
  const address = env['NOTIFY_SOCKET'];
  const socket = address ? openNotifySocket(address) : undefined;
  return socket && new Service(socket, { clock, log, watchdogMs: watchdogMs(env, pid) });
}

function watchdogMs(env: Readonly<Record<string, string | undefined>>, pid: number): number | undefined {
  const microseconds = Number(env['WATCHDOG_USEC']);
  const isOurs = !env['WATCHDOG_PID'] || env['WATCHDOG_PID'] === String(pid);
  return isOurs && Number.isFinite(microseconds) && microseconds > 0 ? microseconds / 1_000 : undefined;
}
