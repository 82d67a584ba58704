import type { Clock } from '../../hardware/clock.js';
import type { Config } from '../config/config.js';
import { type ListenAddress, listenAddress } from '../config/inspectorSettings.js';
import { PanelButton } from '../inspector/live/panelButton.js';
import type { VoiceActivityDetector } from '../speech/vad/sileroVad.js';
import { WatchedVad } from '../speech/vad/watchedVad.js';

/** What has to be in the appliance before it is started, for the inspector to see and press. */
export interface InspectorTaps {
  readonly address: ListenAddress;
  readonly button: PanelButton;
  readonly vad: WatchedVad;
}

/** Undefined: the inspector is off. */
export function inspectorTaps(
  { inspector }: Config,
  vad: VoiceActivityDetector,
  clock: Clock,
): InspectorTaps | undefined {
  const address = listenAddress(inspector.listen);
  return address && { address, button: new PanelButton(clock), vad: new WatchedVad(vad, clock) };
}
