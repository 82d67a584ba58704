/** What a service can tell its manager (sd_notify(3)). */
export interface ServiceNews {
  /** It has started, as far as it can. */
  readonly ready?: true;
  /** It is ending because it was asked to. */
  readonly stopping?: true;
  /** One line for people, in the manager's own words about the service. */
  readonly status?: string;
  /** It is alive. */
  readonly watchdog?: true;
  /** Starting takes so much longer, from now on (ms). */
  readonly extendMs?: number;
}

/** A longer status tells nobody more. The manager drops a whole message of 4096 bytes (PIPE_BUF), and this is at most half. */
const MAX_STATUS_CHARS = 500;

/** The datagram's text: one assignment a line. The status is one line whatever it was: a second one could assign, too. */
export function notifyMessage({ ready, stopping, status, watchdog, extendMs }: ServiceNews): string {
  return [
    ...(ready ? ['READY=1'] : []),
    ...(stopping ? ['STOPPING=1'] : []),
    ...(status === undefined ? [] : [`STATUS=${oneLine(status)}`]),
    ...(watchdog ? ['WATCHDOG=1'] : []),
    ...(extendMs === undefined ? [] : [`EXTEND_TIMEOUT_USEC=${Math.round(extendMs * 1_000)}`]),
  ].join('\n');
}

function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  const characters = [...line];
  return characters.length <= MAX_STATUS_CHARS ? line : `${characters.slice(0, MAX_STATUS_CHARS - 1).join('')}…`;
}
