import { UsageError } from '../cli/usageError.js';

/** Setup makes no sense on this computer, or not like this. The message says why and what to do. */
export class SetupRefusal extends UsageError {
  override readonly name = 'SetupRefusal';
}
