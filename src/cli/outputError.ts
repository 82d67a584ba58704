/** What a command says cannot be written, or nobody reads it any more: it is stopped, and there is no more to tell of it. */
export class OutputError extends Error {
  override readonly name = 'OutputError';

  constructor(cause: NodeJS.ErrnoException) {
    super(`the output cannot be written (${cause.message}): see that there is room there, or send it elsewhere`, {
      cause,
    });
  }

  /** A reader that has gone (`pressel ... | head`) is no error. */
  get isReaderGone(): boolean {
    return (this.cause as NodeJS.ErrnoException).code === 'EPIPE';
  }
}
