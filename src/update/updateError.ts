import { systemErrorCode } from '../models/modelError.js';

/** Why an update did not happen. Unless it says otherwise, the version that was installed still runs. */
export type UpdateFailure =
  | 'notOurs' // installed by dpkg, or not installed at all: somebody else replaces it
  | 'busy' // another update is under way
  | 'noFeed' // nobody has said where releases are
  | 'unreachable' // the feed or the archive cannot be had
  | 'badFeed' // what is there is no release, or none that may be trusted
  | 'noArchive' // the release has nothing for this machine
  | 'nodeTooOld' // the release needs a newer Node than this one
  | 'noSpace' // the disk is full
  | 'unwritable' // the installation cannot be written, mostly for lack of sudo
  | 'badArchive' // what was unpacked is not the release, or does not start
  | 'notReady' // the service did not come up with it; the version before is back
  | 'nothingBefore'; // there is no version to go back to

/** `message` says what happened, to what, and what the owner can do. */
export class UpdateError extends Error {
  override readonly name = 'UpdateError';
  constructor(
    readonly reason: UpdateFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Why the installation cannot be written, and what helps: more rights, or another disk. */
export function unwritable(root: string, error: unknown): string {
  const code = systemErrorCode(error);
  if (code === 'EROFS') return `${root} cannot be written: its disk is read-only. "pressel doctor" tells more.`;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return `The disk that holds ${root} is full. Free some space and try again.`;
  return `${root} cannot be written (${code}). Try: sudo pressel update`;
}
