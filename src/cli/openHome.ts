import type { Clock } from '../../hardware/clock.js';
import type { Config } from '../config/config.js';
import { readSecret } from '../config/secret.js';
import { HomeAssistant } from '../homeAssistant/homeAssistant.js';

/** The configured Home Assistant; undefined: there is none, and its skill is not offered. */
export function openHome(
  { homeAssistant }: Config,
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
): HomeAssistant | undefined {
  const { url, tokenFile, timeoutMs } = homeAssistant;
  if (url === '') return undefined;
  const token = () => readSecret({ file: tokenFile, variable: 'HOME_ASSISTANT_TOKEN', env });
  return new HomeAssistant({ url, token, timeoutMs, clock });
}
