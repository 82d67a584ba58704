/** What helps when the system refuses a file, where nobody nearer to it has said so. */
const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: 'this user may not use it. Change its owner or its mode, or run this as the user whom it belongs to',
  EPERM: 'this user may not use it. Change its owner or its mode, or run this as the user whom it belongs to',
  EROFS: 'its disk is read-only. Where that was not meant, it may be damaged: "pressel doctor" tells more',
  ENOSPC: 'its disk is full. Free some space and try again',
  EDQUOT: "this user's share of its disk is used up. Free some space and try again",
  EIO: 'its disk does not answer as it should: it may be damaged. "pressel doctor" tells more',
  EMFILE: 'too many files are open. Raise the limit (ulimit -n) and try again',
};

/** An error for people: its message, and of a failed system call the file and what to do. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  const remedy = error.name === 'Error' && code !== undefined ? REMEDIES[code] : undefined;
  return remedy !== undefined && path !== undefined ? `${path}: ${remedy} (${code}).` : error.message;
}
