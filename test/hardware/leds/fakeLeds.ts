import type { OutputLine } from '../../../hardware/gpio/drivers.js';
import type { LedOutput } from '../../../hardware/leds/drivers.js';
import type { Rgb } from '../../../hardware/leds/rgb.js';
import type { SpiDevice } from '../../../hardware/leds/spiDevice.js';

/** A GPIO line that remembers. */
export class FakeLine implements OutputLine {
  readonly states: boolean[] = [];
  closings = 0;
  fault: Error | undefined;

  constructor(readonly name: string) {}

  get isOn(): boolean {
    return this.states.at(-1) ?? false;
  }

  set(on: boolean): void {
    if (this.fault) throw this.fault;
    this.states.push(on);
  }

  close(): void {
    this.closings++;
  }
}

/** An SPI device that remembers. */
export class FakeSpi implements SpiDevice {
  readonly path = '/dev/spidev-fake';
  readonly written: Uint8Array[] = [];
  closings = 0;
  fault: Error | undefined;

  write(bytes: Uint8Array): void {
    if (this.fault) throw this.fault;
    this.written.push(bytes);
  }

  close(): void {
    this.closings++;
  }
}

/** LEDs that remember every picture. */
export class FakeLeds implements LedOutput {
  readonly name = 'fake';
  readonly pictures: (readonly Rgb[])[] = [];
  fault: Error | undefined;

  constructor(
    readonly pixels: number,
    readonly levels = 256,
  ) {}

  get last(): readonly Rgb[] {
    return this.pictures.at(-1) ?? [];
  }

  show(pixels: readonly Rgb[]): void {
    if (this.fault) throw this.fault;
    this.pictures.push(pixels);
  }

  async close(): Promise<void> {}
}
