import { readFile } from 'node:fs/promises';

/** Of the Raspberry Pi's own kernel (drivers/firmware/raspberrypi.c); no other computer has it. */
const FILE = '/sys/devices/platform/soc/soc:firmware/get_throttled';

/** Bits of `vcgencmd get_throttled`, as Raspberry Pi documents them; 16 further on: since the computer was started. */
const CONDITIONS = ['under-voltage', 'frequency capped', 'throttled', 'soft temperature limit'] as const;
const EARLIER_BIT = 16;

export type ThrottlingCondition = (typeof CONDITIONS)[number];

/** Why the firmware makes the processor slower than it is. */
export interface Throttling {
  readonly now: readonly ThrottlingCondition[];
  /** Has been so since the computer was started, and is not at this moment. */
  readonly earlier: readonly ThrottlingCondition[];
}

/** What the firmware of a Raspberry Pi reports; undefined: this is none. */
export async function firmwareThrottling(file = FILE): Promise<Throttling | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  // Without a prefix, and always hexadecimal.
  if (!/^(?:0x)?[0-9a-f]{1,8}$/i.test(text.trim())) return undefined;
  const bits = Number.parseInt(text, 16);
  const has = (bit: number) => ((bits >>> bit) & 1) === 1;
  return {
    now: CONDITIONS.filter((_, bit) => has(bit)),
    earlier: CONDITIONS.filter((_, bit) => has(bit + EARLIER_BIT) && !has(bit)),
  };
}

/** In words: "throttled", "under-voltage (earlier)". */
export function throttlingWords({ now, earlier }: Throttling): string[] {
  return [...now, ...earlier.map((condition) => `${condition} (earlier)`)];
}
