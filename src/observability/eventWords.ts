/** Where events carry what somebody has said or typed. */
const WORDS: ReadonlySet<string> = new Set(['question', 'text', 'stable']);

/** What stands in their place. */
export const HIDDEN_WORDS = '(hidden)';

/** An event as plain data, for whoever is shown it. @param showWords whether what was said may be seen */
export function plainEvent(event: { readonly type: string }, showWords: boolean): { readonly type: string } {
  const parts = Object.entries(event).map(([key, value]) => [
    key,
    WORDS.has(key) && !showWords && value !== '' ? HIDDEN_WORDS : plain(value),
  ]);
  return { ...Object.fromEntries(parts), type: event.type };
}

/** Errors say nothing as JSON, and what is neither text nor figure is nobody's business. */
function plain(value: unknown): unknown {
  if (value instanceof Error) {
    const reason = 'reason' in value && typeof value.reason === 'string' ? { reason: value.reason } : {};
    return { name: value.name, message: value.message, ...reason };
  }
  return typeof value === 'object' && value !== null ? '(left out)' : value;
}
