import { UsageError } from './usageError.js';

/** The number that a flag was given, or the usual one. @throws {UsageError} when it is not a whole number within the limits */
export function wholeNumber(flag: string, text: string | undefined, usual: number, min: number, max: number): number {
  const value = text === undefined ? usual : Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new UsageError(`${flag} is a number from ${min} to ${max}, not "${text}".`);
}
