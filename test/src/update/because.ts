import assert from 'node:assert/strict';
import { UpdateError, type UpdateFailure } from '../../../src/update/updateError.js';

/** For `assert.rejects`: an update failed for this reason, and says so. */
export function because(reason: UpdateFailure, pattern: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof UpdateError, String(error));
    assert.equal(error.reason, reason, error.message);
    assert.match(error.message, pattern);
    return true;
  };
}
