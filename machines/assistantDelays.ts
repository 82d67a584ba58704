/** Delays of the statechart (ms). */
export interface AssistantDelays {
  /** Models that are missing are fetched within this, or the start is tried again. */
  readonly loadTimeoutMs: number;
  /** Models load and compute once within this, or the start is tried again. */
  readonly startTimeoutMs: number;
  /** No word from the listening turn for so long: it hangs. Longer than the endpointer's own limits. */
  readonly listenTimeoutMs: number;
  /** From the end of the user's speech to the first audible sample. */
  readonly thinkTimeoutMs: number;
  /** The user is told again after so long that the reply is still being made. */
  readonly patienceMs: number;
  /** How long a turn's failure is shown. */
  readonly failureShownMs: number;
  /** Longest reply. */
  readonly speakTimeoutMs: number;
  /** So long a reply is ducked for a sound that may be nothing. */
  readonly verifyMs: number;
  /** Follow-up window. */
  readonly followUpMs: number;
  /** The conversation is forgotten after so long in idle. */
  readonly forgetAfterMs: number;
  /** From one stroke of the bell to the next, while it rings. */
  readonly bellStrokeMs: number;
  /** Asking the model server, opening a device. */
  readonly openTimeoutMs: number;
  /** Loading the chat model, possibly from an SD card. */
  readonly warmTimeoutMs: number;
  /** First wait before trying again; it doubles up to `maxBackoffMs`. */
  readonly backoffMs: number;
  readonly maxBackoffMs: number;
  /** The same limit for microphone and speaker: one that is plugged in again works within seconds. */
  readonly maxDeviceBackoffMs: number;
}

export const assistantDelayDefaults = {
  loadTimeoutMs: 3_600_000,
  startTimeoutMs: 120_000,
  listenTimeoutMs: 45_000,
  thinkTimeoutMs: 120_000,
  patienceMs: 4_000,
  failureShownMs: 3_000,
  speakTimeoutMs: 600_000,
  verifyMs: 600, // with the latency of the device the reply is as loud as before within 700 ms
  followUpMs: 8_000,
  forgetAfterMs: 600_000,
  bellStrokeMs: 1_500,
  openTimeoutMs: 10_000,
  warmTimeoutMs: 180_000,
  backoffMs: 1_000,
  maxBackoffMs: 60_000,
  maxDeviceBackoffMs: 3_000,
} as const satisfies AssistantDelays;

/** Waits that double with each failed attempt in a row, up to a limit. */
export function backoffMs(delays: AssistantDelays, attempts: number): number {
  return Math.min(delays.maxBackoffMs, delays.backoffMs * 2 ** Math.max(0, attempts - 1));
}

/** The same for a device that people plug in and out. */
export function deviceBackoffMs(delays: AssistantDelays, attempts: number): number {
  return Math.min(delays.maxDeviceBackoffMs, backoffMs(delays, attempts));
}

/** Who was asked something needs time to think. */
const ASKED_FACTOR = 2;

/** How long the follow-up window is open. */
export function followUpMs(delays: AssistantDelays, replyAsks: boolean): number {
  return replyAsks ? ASKED_FACTOR * delays.followUpMs : delays.followUpMs;
}
