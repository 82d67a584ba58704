/**
 * The second version of the Linux GPIO character device's binary interface, from <linux/gpio.h> (Linux 5.10 and later):
 * request numbers, flags and memory layouts, the same on 32 and 64 bits. Every machine that Node runs Linux on with GPIO
 * is little-endian.
 */

/** `_IOR(0xB4, 0x01, struct gpiochip_info)` and its siblings: direction, size, type 0xB4, number. */
export const GET_CHIP_INFO = 0x8044b401;
export const GET_LINE_INFO = 0xc100b405;
export const GET_LINE = 0xc250b407;
export const LINE_GET_VALUES = 0xc010b40e;
export const LINE_SET_VALUES = 0xc010b40f;

/** `enum gpio_v2_line_flag`. */
export const LINE_FLAG = {
  used: 1n << 0n,
  activeLow: 1n << 1n,
  input: 1n << 2n,
  output: 1n << 3n,
  edgeRising: 1n << 4n,
  edgeFalling: 1n << 5n,
  pullUp: 1n << 8n,
  pullDown: 1n << 9n,
  biasDisabled: 1n << 10n,
} as const;

const NAME_SIZE = 32;
const ATTRIBUTE_DEBOUNCE = 3;
const EVENT_RISING = 1;
/** `struct gpio_v2_line_event`. */
export const EVENT_SIZE = 48;

function nameAt(buffer: Buffer, offset: number): string {
  const end = buffer.indexOf(0, offset);
  return buffer.toString('utf8', offset, end === -1 ? offset + NAME_SIZE : Math.min(end, offset + NAME_SIZE));
}

/** `struct gpiochip_info`. */
export const chipInfo = {
  empty: () => Buffer.alloc(2 * NAME_SIZE + 4),
  decode: (info: Buffer) => ({
    name: nameAt(info, 0),
    label: nameAt(info, NAME_SIZE),
    lineCount: info.readUInt32LE(2 * NAME_SIZE),
  }),
};

/** `struct gpio_v2_line_info`. */
export const lineInfo = {
  ofLine(offset: number): Buffer {
    const info = Buffer.alloc(256);
    info.writeUInt32LE(offset, 64);
    return info;
  },
  decode: (info: Buffer) => ({
    name: nameAt(info, 0),
    consumer: nameAt(info, NAME_SIZE),
    used: (info.readBigUInt64LE(72) & LINE_FLAG.used) !== 0n,
  }),
};

export interface LineRequestFields {
  readonly offset: number;
  /** Shown by the kernel to whoever asks who holds the line; cut at 31 bytes. */
  readonly consumer: string;
  readonly flags: bigint;
  /** 0: none. */
  readonly debounceUs: number;
  /** How many events the kernel keeps for us; it then drops the oldest. */
  readonly eventBufferSize: number;
}

/** `struct gpio_v2_line_request` for one line. */
export const lineRequest = {
  encode({ offset, consumer, flags, debounceUs, eventBufferSize }: LineRequestFields): Buffer {
    const request = Buffer.alloc(592);
    request.writeUInt32LE(offset, 0);
    request.write(consumer, 256, NAME_SIZE - 1, 'utf8');
    request.writeBigUInt64LE(flags, 288);
    if (debounceUs > 0) {
      request.writeUInt32LE(1, 296);
      request.writeUInt32LE(ATTRIBUTE_DEBOUNCE, 320);
      request.writeUInt32LE(debounceUs, 328);
      request.writeBigUInt64LE(1n, 336);
    }
    request.writeUInt32LE(1, 560);
    request.writeUInt32LE(eventBufferSize, 564);
    return request;
  },
  /** The descriptor that the kernel filled in. */
  descriptor: (request: Buffer) => request.readInt32LE(588),
};

/** `struct gpio_v2_line_values` for one line. */
export const lineValues = {
  encode(active: boolean): Buffer {
    const values = Buffer.alloc(16);
    values.writeBigUInt64LE(active ? 1n : 0n, 0);
    values.writeBigUInt64LE(1n, 8);
    return values;
  },
  active: (values: Buffer) => (values.readBigUInt64LE(0) & 1n) !== 0n,
};

export interface LineEvent {
  /** CLOCK_MONOTONIC. */
  readonly timestampNs: bigint;
  /** A rising edge is one to the active state: with an active-low line, the voltage falls. */
  readonly active: boolean;
}

/** The events in `buffer`, oldest first. */
export function decodeEvents(buffer: Buffer): LineEvent[] {
  return Array.from({ length: Math.floor(buffer.length / EVENT_SIZE) }, (_, index) => ({
    timestampNs: buffer.readBigUInt64LE(index * EVENT_SIZE),
    active: buffer.readUInt32LE(index * EVENT_SIZE + 8) === EVENT_RISING,
  }));
}

/** `struct pollfd` from <poll.h>. */
const POLL_FD_SIZE = 8;
export const POLL_IN = 0x001;

export const pollFds = {
  waitingForInput(...descriptors: readonly number[]): Buffer {
    const fds = Buffer.alloc(descriptors.length * POLL_FD_SIZE);
    for (const [index, descriptor] of descriptors.entries()) {
      fds.writeInt32LE(descriptor, index * POLL_FD_SIZE);
      fds.writeInt16LE(POLL_IN, index * POLL_FD_SIZE + 4);
    }
    return fds;
  },
  /** What poll found of the descriptor at `index`: POLL_IN, or an error's bits; 0 is nothing. */
  found: (fds: Buffer, index: number) => fds.readInt16LE(index * POLL_FD_SIZE + 6),
};
