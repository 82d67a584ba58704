import { type FromHost, monotonicMs, type PlaybackCommand } from './hostProtocol.js';
import { LatencyLadder } from './latencyLadder.js';
import { OutputQueue } from './outputQueue.js';
import type { OutputDevice } from './soundLibrary.js';

/** How often the parent hears how far the sound is; silence is reported too, as a sign of life. */
const REPORT_MS = 100;

/** More than any device holds that is asked to hold little. */
const FILL_MS = 200;

/** What a host that plays does with its device. */
export class PlaybackHost {
  readonly #queue: OutputQueue;
  readonly #ladder: LatencyLadder;
  #epoch = 0;
  #xruns = 0;
  #mustAbort = false;
  /** Whether the last block had sound in it. */
  #sounding = false;
  #heardAtMs = 0;
  #reportedAtMs = 0;

  /** @param latencyMs how much sound the device holds */
  constructor(
    private readonly device: OutputDevice,
    latencyMs: number,
    private readonly send: (message: FromHost) => void,
    private readonly nowMs: () => number = monotonicMs,
  ) {
    this.#queue = new OutputQueue(device.sampleRateHz);
    this.#ladder = new LatencyLadder(latencyMs);
  }

  do(command: PlaybackCommand): void {
    switch (command.kind) {
      case 'sound':
        this.#queue.push(command.samples);
        return;
      case 'flush':
        this.#epoch = command.epoch;
        this.#queue.flush();
        this.#mustAbort = true;
        return;
      case 'gain':
        this.#queue.setGain(command.gain);
    }
  }

  /** Fills the device with silence. @returns from a sample that it is given now until it is heard (ms) */
  async fill(): Promise<number> {
    const { device } = this;
    const blocks = Math.ceil((device.sampleRateHz * FILL_MS) / 1000 / device.blockSamples);
    for (let n = 0; n < blocks; n++) await device.write(new Int16Array(device.blockSamples));
    return this.#latencyMs;
  }

  /** Writes sound, and silence where there is none, until the device fails. @throws what the device throws */
  async run(): Promise<never> {
    for (;;) await this.#writeBlock();
  }

  async #writeBlock(): Promise<void> {
    const { device } = this;
    if (this.#mustAbort) {
      this.#mustAbort = false;
      // What it was about to decay from will not be heard any more.
      if (await device.abort()) this.#queue.forgetLast();
    }
    const wasSounding = this.#sounding;
    const { samples, soundSamples } = this.#queue.next(device.blockSamples);
    const taken = this.#queue.taken;
    const epoch = this.#epoch;
    this.#sounding = soundSamples > 0;
    const ranDry = await device.write(samples);
    // Silence that is interrupted by silence is no fault that anybody hears.
    const underrun = ranDry && (wasSounding || this.#sounding);
    if (underrun) this.#xruns++;
    const nowMs = this.nowMs();
    const silent = !wasSounding && !this.#sounding && !this.#queue.hasSound;
    if ((underrun && this.#ladder.underrun(nowMs)) || (silent && this.#ladder.silent(nowMs))) {
      await device.holds(this.#ladder.latencyMs);
    }
    if (this.#sounding) {
      const silenceMs = ((samples.length - soundSamples) / device.sampleRateHz) * 1000;
      this.#heardAtMs = nowMs + device.delayMs() - silenceMs;
    }
    const changed = ranDry || wasSounding !== this.#sounding;
    if (!changed && nowMs - this.#reportedAtMs < REPORT_MS) return;
    this.#reportedAtMs = nowMs;
    this.send({
      kind: 'progress',
      epoch,
      takenSamples: taken,
      heardAtMs: this.#heardAtMs,
      latencyMs: this.#latencyMs,
      xruns: this.#xruns,
    });
  }

  /** Sound that arrives waits for the write that is on its way, half a block long on average. */
  get #latencyMs(): number {
    return this.device.delayMs() + (this.device.blockSamples / this.device.sampleRateHz / 2) * 1000;
  }
}
