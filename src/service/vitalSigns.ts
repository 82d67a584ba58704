/** What is known of a sound device that the program has, or should have, open. Times are on one clock (ms). */
export interface DeviceSigns {
  /**
   * When it last gave a sign of life: a frame of a microphone, the answer of a speaker's process; its opening counts as
   * one. Undefined while none is open. Null for one that is open and cannot give any.
   */
  readonly answeredAtMs: number | null | undefined;
  /** When the statechart last did something about it: lost it, tried to open it, opened it. */
  readonly triedAtMs: number;
}

export interface VitalSigns {
  readonly nowMs: number;
  readonly microphone: DeviceSigns;
  readonly speaker: DeviceSigns;
}

/**
 * An open device is silent for so long only when what watches it has failed: the drivers themselves take one that says
 * nothing for 1.5 s as lost, and then the statechart opens it anew.
 */
export const SILENT_LIMIT_MS = 10_000;

/**
 * A device that is missing is looked for every few seconds: opening is given up after 10 s, the longest wait is 3 s, and a
 * statechart that has died is replaced after at most a minute. Whoever does nothing for twice as long never will.
 */
export const STUCK_LIMIT_MS = 120_000;

/**
 * Decides whether the audio is alive, as long as anything can be known. A device that is missing, busy, unplugged or
 * broken is no reason to end the program, which could do no better after it: what counts is that each open device answers
 * and that one that is not open is being looked for.
 *
 * @returns why it is dead, in a sentence; undefined while it lives
 */
export function whyDead({ nowMs, microphone, speaker }: VitalSigns): string | undefined {
  return deviceDead('microphone', microphone, nowMs) ?? deviceDead('speaker', speaker, nowMs);
}

function deviceDead(name: string, { answeredAtMs, triedAtMs }: DeviceSigns, nowMs: number): string | undefined {
  if (answeredAtMs === null) return undefined;
  if (answeredAtMs === undefined) {
    if (nowMs - triedAtMs <= STUCK_LIMIT_MS) return undefined;
    return `Nobody has looked for the lost ${name} for ${STUCK_LIMIT_MS / 1000} s.`;
  }
  if (nowMs - answeredAtMs <= SILENT_LIMIT_MS) return undefined;
  return `The ${name} is open, but nothing has come from it for ${SILENT_LIMIT_MS / 1000} s.`;
}
