/** What was thrown, in words. Somebody else's code may throw anything, even what cannot be made a text. */
export function messageOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
  } catch {
    return 'something that is no error was thrown';
  }
}
