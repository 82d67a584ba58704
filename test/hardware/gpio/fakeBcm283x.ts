import fs from 'node:fs';
import { createRequire, Module } from 'node:module';
import type { TestContext } from 'node:test';

const PIN_COUNT = 54;
const PULL = { off: 0, down: 1, up: 2 };
/** GPFSELn: ten pins a register, three bits a pin; 0 is input, 1 is output. */
const PINS_PER_SELECT = 10;
const SELECT_BITS = 3;

/**
 * The GPIO registers of a Raspberry Pi up to the 4, as far as the native part of rpio 2.4.2 drives them, with the checks
 * of arguments that it makes. The world outside is `ground` and `open`.
 */
export class FakeBcm283x {
  readonly #select = new Uint32Array(Math.ceil(PIN_COUNT / PINS_PER_SELECT));
  readonly #pull = new Uint8Array(PIN_COUNT);
  readonly #grounded = new Set<number>();
  #mapped = false;
  /** What was done to the registers. */
  readonly calls: string[] = [];

  ground(pin: number): void {
    this.#grounded.add(pin);
  }

  open(pin: number): void {
    this.#grounded.delete(pin);
  }

  functionOf(pin: number): number {
    const register = this.#select[Math.floor(pin / PINS_PER_SELECT)] ?? 0;
    return (register >>> ((pin % PINS_PER_SELECT) * SELECT_BITS)) & 0b111;
  }

  pullOf(pin: number): 'off' | 'down' | 'up' {
    const pull = this.#pull[pin];
    return pull === PULL.up ? 'up' : pull === PULL.down ? 'down' : 'off';
  }

  /** What `require('bindings')('rpio')` gives. */
  readonly binding = {
    rpio_init: (...given: unknown[]) => {
      this.#call('rpio_init', given, 2);
      this.#mapped = true;
    },
    rpio_close: () => {
      this.#mapped = false;
    },
    gpio_function: (...given: unknown[]) => {
      const [pin = 0, mode = 0] = this.#call('gpio_function', given, 2);
      const index = Math.floor(pin / PINS_PER_SELECT);
      const shift = (pin % PINS_PER_SELECT) * SELECT_BITS;
      this.#select[index] = ((this.#select[index] ?? 0) & ~(0b111 << shift)) | (mode << shift);
    },
    gpio_pud: (...given: unknown[]) => {
      const [pin = 0, pull = 0] = this.#call('gpio_pud', given, 2);
      this.#pull[pin] = pull;
    },
    gpio_read: (...given: unknown[]) => {
      const [pin = 0] = this.#call('gpio_read', given, 2);
      return this.#grounded.has(pin) || this.pullOf(pin) !== 'up' ? 0 : 1;
    },
    gpio_event_set: () => {
      throw new Error('event detection takes interrupts away from the kernel: it must not be used');
    },
  };

  /** The native part ends the process, or throws, where this throws. */
  #call(name: string, given: readonly unknown[], count: number): number[] {
    const numbers = given.filter((value) => Number.isInteger(value)).map(Number);
    if (given.length !== count || numbers.length !== count) throw new TypeError(`${name}: Invalid argc`);
    if (name !== 'rpio_init' && !this.#mapped) throw new Error(`${name}: the registers are not mapped`);
    if (name !== 'gpio_read') this.calls.push(`${name} ${numbers.join(' ')}`);
    return numbers;
  }
}

const require = createRequire(import.meta.url);

/** False where the optional package is there, else why its tests are skipped. */
export const skipWithoutRpio = ((): string | false => {
  try {
    require.resolve('rpio');
    return false;
  } catch {
    return 'the optional package rpio is not installed';
  }
})();

/** rpio's own JavaScript, loaded anew, on these registers. */
export function rpioOn(registers: FakeBcm283x): () => Promise<{ readonly default: unknown }> {
  return async () => {
    const file = require.resolve('rpio');
    const bindings = createRequire(file).resolve('bindings');
    const substitute = new Module(bindings);
    substitute.exports = () => registers.binding;
    require.cache[bindings] = substitute;
    delete require.cache[file];
    return { default: require(file) };
  };
}

/** For the time of a test, rpio finds this model where the kernel shows it. */
export function fakeModelForRpio(test: TestContext, model: string): void {
  const read = fs.readFileSync;
  test.mock.method(fs, 'readFileSync', (...given: Parameters<typeof read>) =>
    given[0] === '/proc/device-tree/model' ? `${model}\0` : read(...given),
  );
}
