import { LedError, type LedFailure } from './drivers.js';

const REASONS: Readonly<Record<string, LedFailure>> = {
  ENOENT: 'deviceMissing',
  ENOTDIR: 'deviceMissing',
  ENXIO: 'deviceMissing',
  ENODEV: 'deviceMissing',
  EACCES: 'permissionDenied',
  EPERM: 'permissionDenied',
  EROFS: 'permissionDenied',
  EBUSY: 'deviceBusy',
};

const WHAT: Readonly<Record<LedFailure, string>> = {
  deviceMissing: 'is not there',
  permissionDenied: 'may not be used by this user',
  deviceBusy: 'is in use by another program',
  deviceLost: 'no longer works',
  unsupported: 'cannot be used',
};

const REMEDIES: Readonly<Record<LedFailure, string>> = {
  deviceMissing: 'Check the name and that the board is plugged in.',
  permissionDenied: 'Give this user the right to it.',
  deviceBusy: 'Close the other program.',
  deviceLost: 'Check that it is still connected.',
  unsupported: 'Choose another with leds.output.',
};

/** `ENOENT` and the like, of an error of the operating system. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Says what an error of the operating system means for `device`.
 * @param remedies instead of the general ones
 */
export function ledErrorFrom(
  error: unknown,
  device: string,
  remedies: Readonly<Partial<Record<LedFailure, string>>> = {},
): LedError {
  const code = systemCode(error);
  const reason = REASONS[code ?? ''] ?? 'unsupported';
  const what = `${device[0]?.toUpperCase()}${device.slice(1)} ${WHAT[reason]} (${code ?? String(error)}).`;
  return new LedError(reason, what, remedies[reason] ?? REMEDIES[reason], { cause: error });
}
