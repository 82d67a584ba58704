/** What somebody else's code has thrown, in words: it may be anything, even what cannot be made a text. */
export function failureText(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
  } catch {
    return 'something that is no error was thrown';
  }
}
