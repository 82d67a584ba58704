import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The kernel's own simulated GPIO chips (gpio-sim), which are there in the virtual machine of `npm run test:virtual`. */
export const skipOutsideVirtualMachine =
  process.env['VHW'] === '1' ? false : 'needs the virtual machine: npm run test:virtual';

const CONFIGURATION = '/sys/kernel/config/gpio-sim';

/** A simulated chip as the world outside sees it: contacts that are closed, LEDs that are lit. */
export class VirtualChip {
  readonly #folder: string;
  #wires: string;

  constructor(device: string) {
    this.#folder = path.join(CONFIGURATION, device);
    this.#wires = this.#findWires();
  }

  /** A chip of its own, with lines of these names. Remove it with `remove`. */
  static create(device: string, label: string, names: readonly string[]): VirtualChip {
    const bank = path.join(CONFIGURATION, device, 'bank0');
    mkdirSync(bank, { recursive: true });
    writeFileSync(path.join(bank, 'num_lines'), String(names.length));
    writeFileSync(path.join(bank, 'label'), label);
    for (const [offset, name] of names.entries()) {
      mkdirSync(path.join(bank, `line${offset}`));
      writeFileSync(path.join(bank, `line${offset}`, 'name'), name);
    }
    writeFileSync(path.join(CONFIGURATION, device, 'live'), '1');
    return new VirtualChip(device);
  }

  get label(): string {
    return readFileSync(path.join(this.#folder, 'bank0', 'label'), 'utf8').trim();
  }

  /** A contact to ground closes: the line falls. */
  ground(offset: number): void {
    writeFileSync(path.join(this.#wires, `sim_gpio${offset}`, 'pull'), 'pull-down');
  }

  /** The contact opens: the line's resistor pulls it up. */
  open(offset: number): void {
    writeFileSync(path.join(this.#wires, `sim_gpio${offset}`, 'pull'), 'pull-up');
  }

  /** The voltage on a line: what an LED on it shows. */
  level(offset: number): number {
    return Number(readFileSync(path.join(this.#wires, `sim_gpio${offset}`, 'value'), 'utf8'));
  }

  /** The chip is unplugged. */
  unplug(): void {
    writeFileSync(path.join(this.#folder, 'live'), '0');
  }

  /** It is plugged in again; the kernel may give it another number. */
  plugIn(): void {
    writeFileSync(path.join(this.#folder, 'live'), '1');
    this.#wires = this.#findWires();
  }

  remove(lineCount: number): void {
    if (readFileSync(path.join(this.#folder, 'live'), 'utf8').trim() === '1') this.unplug();
    const bank = path.join(this.#folder, 'bank0');
    for (let offset = 0; offset < lineCount; offset += 1) {
      const line = path.join(bank, `line${offset}`);
      if (existsSync(line)) rmdirSync(line);
    }
    rmdirSync(bank);
    rmdirSync(this.#folder);
  }

  #findWires(): string {
    const read = (file: string) => readFileSync(path.join(this.#folder, file), 'utf8').trim();
    return path.join('/sys/devices/platform', read('dev_name'), read('bank0/chip_name'));
  }
}

/** The Raspberry Pi's header in the virtual machine: line GPIOn has the offset n. */
export const HEADER_DEVICE = 'pi';
