/** The settings of `audio.echo` that can be compared. */
export const ECHO_MODES = ['text-guard', 'aec', 'half-duplex'] as const;

export type EchoMode = (typeof ECHO_MODES)[number];

/** How loud the reply is at the microphone (dB, relative to the speaker): far from it, near it, beside it. */
export const ECHO_LEVELS_DB: readonly number[] = [-6, -12, -20];

/** What a canceller leaves of it. */
const RESIDUE_DB = -40;

/** The echoes of a mode: where something cancels them, only what that leaves. */
export function echoLevelsOf(mode: EchoMode, levelsDb: readonly number[]): readonly number[] {
  return mode === 'aec' ? [RESIDUE_DB] : levelsDb;
}
