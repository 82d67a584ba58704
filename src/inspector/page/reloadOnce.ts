const KEY = 'pressel.reloadedAt';

/** Whoever was loaded anew so shortly before is not helped by that once more. */
const AGAIN_AFTER_MS = 60_000;

/** Loads the page anew. False: that was done just now, and has not helped. */
export function reloadOnce(): boolean {
  const reloadedAt = Number(sessionStorage.getItem(KEY) ?? 0);
  if (Date.now() - reloadedAt < AGAIN_AFTER_MS) return false;
  sessionStorage.setItem(KEY, String(Date.now()));
  location.reload();
  return true;
}
