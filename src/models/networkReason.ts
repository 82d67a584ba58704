/** What went wrong on the network, in words: the innermost cause, and where it is the clock of this computer, that. */
export function networkReason(error: unknown, now = new Date()): string {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause;
  if (!(innermost instanceof Error)) return String(innermost);
  const code = 'code' in innermost ? innermost.code : undefined;
  if (code === 'CERT_NOT_YET_VALID' || code === 'CERT_HAS_EXPIRED') return `${innermost.message}. ${clockAdvice(now)}`;
  if (typeof code === 'string' && /SELF_SIGNED_CERT|^UNABLE_TO_(GET_ISSUER|VERIFY)/.test(code)) {
    return `${innermost.message}. Something on this network opens what is encrypted: where that is meant to be, name its certificate in NODE_EXTRA_CA_CERTS`;
  }
  // Of several addresses of one name, each has failed.
  if (innermost instanceof AggregateError) {
    return [...new Set(innermost.errors.map((each) => networkReason(each, now)))].join(', ') || String(code);
  }
  // How Node says that an answer broke off.
  if (innermost.message === 'aborted') return 'the connection was cut';
  return innermost.message || String(code ?? innermost.name);
}

/** A certificate is judged by the time: a Raspberry Pi without a network begins in the past. */
export function clockAdvice(now: Date): string {
  return `The clock of this computer says ${now.toISOString().slice(0, 10)}: if that is wrong, set it (sudo timedatectl set-ntp true) and try again`;
}
