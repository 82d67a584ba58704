import { closeSync, readSync } from 'node:fs';
import { GpioError } from '../drivers.js';
import {
  decodeEvents,
  EVENT_SIZE,
  GET_LINE,
  LINE_GET_VALUES,
  LINE_SET_VALUES,
  type LineEvent,
  lineRequest,
  lineValues,
} from './abi.js';
import { chipFailure, errorCode, readLine, withChip } from './chips.js';
import type { FoundLine } from './findLine.js';
import type { Libc } from './libc.js';

/** Who holds our lines, as the kernel tells others. */
const CONSUMER = 'pressel';
/** A person cannot press faster than we read; more than the kernel's 16 covers a thread that was busy for long. */
const EVENT_BUFFER_SIZE = 64;

export interface LineUse {
  /** Bits of `LINE_FLAG`. */
  readonly flags: bigint;
  /** How long an input must be still before it counts (us). 0: no debouncing. */
  readonly debounceUs: number;
}

/** One line that the kernel gave us. Whoever took it closes it. */
export class HeldLine {
  readonly #libc: Libc;
  readonly #found: FoundLine;
  /** Readable when an edge waits. */
  readonly descriptor: number;

  /** @throws {GpioError} lineBusy, permissionDenied, notSupported or lost */
  constructor(libc: Libc, found: FoundLine, { flags, debounceUs }: LineUse) {
    const { chip, line } = found;
    const request = lineRequest.encode({
      offset: line.offset,
      consumer: CONSUMER,
      flags,
      debounceUs,
      eventBufferSize: EVENT_BUFFER_SIZE,
    });
    try {
      this.descriptor = withChip(chip.path, (chipDescriptor) => {
        try {
          libc.ioctl(chipDescriptor, GET_LINE, request);
        } catch (error) {
          throw errorCode(error) === 'EBUSY' ? busy(libc, chipDescriptor, found, error) : error;
        }
        return lineRequest.descriptor(request);
      });
    } catch (error) {
      throw error instanceof GpioError ? error : chipFailure(chip.path, error);
    }
    this.#libc = libc;
    this.#found = found;
  }

  /** @throws {GpioError} lost */
  get active(): boolean {
    const values = lineValues.encode(false);
    this.#guard(() => this.#libc.ioctl(this.descriptor, LINE_GET_VALUES, values));
    return lineValues.active(values);
  }

  /** @throws {GpioError} lost */
  setActive(active: boolean): void {
    this.#guard(() => this.#libc.ioctl(this.descriptor, LINE_SET_VALUES, lineValues.encode(active)));
  }

  /**
   * The edges that wait, oldest first. Blocks when none does.
   * @throws {GpioError} lost
   */
  readEvents(): LineEvent[] {
    const buffer = Buffer.alloc(EVENT_BUFFER_SIZE * EVENT_SIZE);
    const length = this.#guard(() => readSync(this.descriptor, buffer));
    return decodeEvents(buffer.subarray(0, length));
  }

  close(): void {
    closeSync(this.descriptor);
  }

  #guard<T>(call: () => T): T {
    try {
      return call();
    } catch (cause) {
      const { chip, line } = this.#found;
      throw new GpioError(
        'lost',
        `The GPIO line ${line.name} is lost, because ${chip.path} (${chip.label}) went away or failed: check its connection, or restart the machine.`,
        { cause },
      );
    }
  }
}

function busy(libc: Libc, chipDescriptor: number, { chip, line }: FoundLine, cause: unknown): GpioError {
  const { consumer } = readLine(libc, chipDescriptor, line.offset);
  return new GpioError(
    'lineBusy',
    `The GPIO line ${line.name} of ${chip.path} is in use by ${consumer ?? 'an unnamed program'}: stop that program or overlay, or choose another line.`,
    { cause },
  );
}
