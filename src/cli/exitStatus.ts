/** A command has done its work, and its answer is no: the program ends with this exit code and says nothing more. */
export class ExitStatus extends Error {
  override readonly name = 'ExitStatus';
  constructor(readonly code: 1 | 2) {
    super(`ends with exit code ${code}`);
  }
}
