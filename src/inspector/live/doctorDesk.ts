import type { Clock } from '../../../hardware/clock.js';
import type { Check } from '../../doctor/check.js';
import { examine } from '../../doctor/examine.js';
import type { DoctorReport } from '../protocol.js';
import type { WallTime } from './wallTime.js';

/** A report is given again for so long. */
const KEPT_MS = 30_000;

/** Has the appliance examined when somebody asks: once at a time, whoever asks. */
export class DoctorDesk {
  #stop = new AbortController();
  #report: Promise<DoctorReport> | undefined;
  #madeMs = -Infinity;

  /** @param checks none of them may need a device that the appliance has open */
  constructor(
    private readonly checks: (signal: AbortSignal) => Promise<readonly Check[]>,
    private readonly clock: Clock,
    private readonly time: WallTime,
  ) {}

  /** @throws when it was stopped */
  report(): Promise<DoctorReport> {
    if (this.#report === undefined || this.clock.now() - this.#madeMs >= KEPT_MS) {
      this.#madeMs = Number.POSITIVE_INFINITY; // not before it is made
      const report = this.#examine(this.#stop.signal);
      this.#report = report;
      report.catch(() => {
        if (this.#report === report) this.#report = undefined;
      });
    }
    return this.#report;
  }

  /** Nobody waits for it any more. */
  stop(): void {
    this.#stop.abort(new Error('nobody waits for the report'));
    this.#stop = new AbortController();
    this.#report = undefined;
  }

  async #examine(signal: AbortSignal): Promise<DoctorReport> {
    const { checks, verdict } = await examine(await this.checks(signal), () => {}, signal);
    this.#madeMs = this.clock.now();
    return { at: this.time.now(), checks, verdict };
  }
}
