import { serverDefaults } from '../../hardware/audio/soundServer.js';

/** What an echo depends on, as far as it can be told. */
export interface EchoSetup {
  /** The devices' names as they are when open; behind a sound server also those of its devices. */
  readonly microphone: string;
  readonly speaker: string;
  /** `audio.volume`, percent. */
  readonly volume: number;
  /** `audio.input_gain_db`. */
  readonly inputGainDb: number;
}

/** Names of whatever is the default: what is behind them changes when a device is plugged in. */
const WHATEVER = /^(arecord|aplay)$|\b(default|pulse|pipewire)$/;

/**
 * The setup with the names of open devices made exact: "portaudio default" becomes "portaudio default
 * (alsa_input.usb-Jabra_SPEAK_510)".
 * @throws only the signal's reason
 */
export async function exactSetup(setup: EchoSetup, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<EchoSetup> {
  const { microphone, speaker } = setup;
  if (!WHATEVER.test(microphone) && !WHATEVER.test(speaker)) return setup;
  const defaults = await serverDefaults(env, signal);
  if (defaults === undefined) return setup;
  const exact = (name: string, behind: string) => (WHATEVER.test(name) ? `${name} (${behind})` : name);
  return { ...setup, microphone: exact(microphone, defaults.source), speaker: exact(speaker, defaults.sink) };
}
