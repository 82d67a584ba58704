import type { EchoAdvice, EchoMode } from './echoAdvice.js';
import { echoCancellerOf } from './echoCancellers.js';
import type { EchoSetup } from './echoSetup.js';

/** A recommendation and what it holds for. */
export interface KeptEchoAdvice extends EchoAdvice {
  readonly setup: EchoSetup;
}

/**
 * The mode that `audio.echo` means: what is set; for "auto" what has been measured with the very same devices, no louder;
 * else "aec" where both are one device that is known to cancel echo; else "half-duplex".
 */
export function echoModeOf(setting: EchoMode | 'auto', kept: KeptEchoAdvice | undefined, setup: EchoSetup): EchoAdvice {
  if (setting !== 'auto') return { mode: setting, why: `audio.echo is "${setting}"` };
  if (kept !== undefined && holdsFor(kept.setup, setup)) {
    return { mode: kept.mode, why: `as "pressel doctor" has measured: ${kept.why}` };
  }
  const canceller = echoCancellerOf(setup);
  if (canceller !== undefined) return { mode: 'aec', why: `"${setup.microphone}" is ${canceller}` };
  const stale =
    kept === undefined ? 'not been measured' : 'been measured with other devices, less volume or another gain';
  return { mode: 'half-duplex', why: `the echo has ${stale}: run "pressel doctor"` };
}

/** Less volume makes less echo. Of another gain nothing is known: the microphone may be another one by the same name. */
function holdsFor(measured: EchoSetup, now: EchoSetup): boolean {
  return (
    measured.microphone === now.microphone &&
    measured.speaker === now.speaker &&
    measured.inputGainDb === now.inputGainDb &&
    measured.volume >= now.volume
  );
}
