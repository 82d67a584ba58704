/** The command line or the configuration is wrong: the program ends with exit code 2. The message says how to right it. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}
