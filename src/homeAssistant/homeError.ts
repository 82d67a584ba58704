export type HomeFailure = 'unreachable' | 'timedOut' | 'unauthorized' | 'serverError' | 'badResponse';

/** Home Assistant could not be asked. */
export class HomeError extends Error {
  override readonly name = 'HomeError';
  /** @param message what happened, and what the owner can do; has no token in it */
  constructor(
    readonly reason: HomeFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
