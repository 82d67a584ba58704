/** What is said when something is done, but the disk did not take it. */
const NOT_KEPT = 'I could not write that to the disk, so a restart would undo it.';

/** An answer to a request that changes what is kept on the disk. */
export function keptAnswer(answer: string, isKept: boolean): string {
  return isKept ? answer : `${answer} ${NOT_KEPT}`;
}
