import { messageOf } from '../failures/messageOf.js';
import type { DevicesInUse } from './soundTests.js';

/** The service that is installed on this computer, for who may start and stop it. */
export interface InstalledService {
  /** Undefined: none is installed, or there is no systemd. @throws the signal's reason */
  state(signal: AbortSignal): Promise<ServiceState | undefined>;
  /** Ends it, and waits until it has ended. @throws {ServiceCommandError}; the signal's reason */
  stop(signal: AbortSignal): Promise<void>;
  /** Starts it, anew where it runs; does not wait until it is ready. @throws {ServiceCommandError}; the signal's reason */
  start(signal: AbortSignal): Promise<void>;
}

export interface ServiceState {
  /** It starts with the computer. */
  readonly isEnabled: boolean;
  /** It has the devices, or will have them by itself in a moment. */
  readonly isRunning: boolean;
}

/** systemd has not done what it was told. The message says why. */
export class ServiceCommandError extends Error {
  override readonly name = 'ServiceCommandError';
}

/** How setup has left the service. "kept": as it was. "failed": it had to be started, and was not. */
export type ServiceEnd =
  | { readonly service: 'none' | 'kept' | 'started' | 'restarted' }
  | { readonly service: 'failed'; readonly why: string };

export const STOP_COMMAND = 'sudo systemctl stop pressel';

/** The service while setup may need its devices. One rule holds for the end: where it is enabled, it runs. */
export class PausedService {
  #isStopped = false;

  /** @param isItsSetup what is set up is the service's own configuration */
  constructor(
    private readonly service: InstalledService,
    private readonly isItsSetup: boolean,
  ) {}

  /** The service as what has the devices, with the way to have them; undefined: it does not run. */
  async inUse(signal: AbortSignal): Promise<DevicesInUse | undefined> {
    const state = await this.service.state(signal);
    if (state?.isRunning !== true) return undefined;
    const pause = async () => {
      // Before it is told: systemd goes on with it when nobody waits any more.
      this.#isStopped = true;
      await this.service.stop(signal);
    };
    return { by: 'Pressel runs as a service', stop: STOP_COMMAND, pause };
  }

  /** At the end, however that came. @param hasChanged the configuration is another one than before */
  async resume(hasChanged: boolean, signal: AbortSignal): Promise<ServiceEnd> {
    try {
      const state = await this.service.state(signal);
      const { isEnabled = false, isRunning = false } = state ?? {};
      if (!this.#isStopped) {
        if (state === undefined) return { service: 'none' };
        if (!this.isItsSetup || !isEnabled || (isRunning && !hasChanged)) return { service: 'kept' };
      }
      await this.service.start(signal);
      return { service: isRunning || this.#isStopped ? 'restarted' : 'started' };
    } catch (error) {
      return { service: 'failed', why: messageOf(error) };
    }
  }
}
