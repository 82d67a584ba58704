/** A device that cancels the echo of its own loudspeaker, known by its name. */
interface EchoCanceller {
  readonly pattern: RegExp;
  /** Why its names mean that. */
  readonly why: string;
}

/**
 * Only what cannot be bought without a canceller, and is one device for both directions: a canceller takes off what it
 * plays itself. A name that also belongs to a plain microphone (ReSpeaker 2-Mics, Jabra Evolve headset) is not among them.
 */
const ECHO_CANCELLERS: readonly EchoCanceller[] = [
  { pattern: /\becho[- ]?cancel/i, why: "the sound server's echo canceller" },
  { pattern: /\bjabra speak\b/i, why: 'a conference speakerphone with full-duplex echo cancellation' },
  { pattern: /\bpowerconf\b/i, why: 'a conference speakerphone with echo cancellation' },
  { pattern: /\bemeet (luna|m[0-3]|officecore)/i, why: 'a conference speakerphone with echo cancellation' },
  { pattern: /\bpoly sync\b/i, why: 'a conference speakerphone with full-duplex echo cancellation' },
  { pattern: /\bxvf38\d\d\b/i, why: 'a voice processor that cancels what its own output plays' },
  {
    pattern: /\brespeaker (usb )?4[- ]mic array\b/i,
    why: 'an array whose processor (XVF-3000) cancels what its output plays',
  },
];

/** Why these two cancel the echo between them; undefined: they are not known to. */
export function echoCancellerOf({ microphone, speaker }: { readonly microphone: string; readonly speaker: string }) {
  const names = [microphone, speaker].map((name) => name.replaceAll('_', ' ')); // a sound server has no blanks in them
  return ECHO_CANCELLERS.find(({ pattern }) => names.every((name) => pattern.test(name)))?.why;
}
