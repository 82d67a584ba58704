import { UsageError } from '../cli/usageError.js';

/** The configuration cannot be used. Holds everything that is wrong with it, so that one round of edits mends it. */
export class ConfigError extends UsageError {
  override readonly name = 'ConfigError';
  /** @param problems one line each: where, which key, what was expected, what was found */
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}
