import type { LastReply } from './surroundings.js';

/** The last reply is wanted once more, and there was none. */
export const NOTHING_SAID = 'I have not said anything yet.';

/** Longer ago, a user who says "louder" means what comes next: nobody waits two minutes for what they did not catch. */
const RECENT_MS = 120_000;

/** The chunks of the last reply, to be spoken again as they were; says so where there was none. */
export function onceMore(chunks: readonly string[]): readonly string[] {
  return chunks.length > 0 ? chunks.map((chunk) => `${chunk} `) : [NOTHING_SAID];
}

/** Whether a user who complains about the voice complains about this reply. */
export function isRecent({ chunks, ageMs }: LastReply): boolean {
  return chunks.length > 0 && ageMs <= RECENT_MS;
}
