import { hostname, networkInterfaces } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../../hardware/clock.js';
import { stateFolder } from '../../appliance/pauseMemoryFile.js';
import { AccessToken, newAccessToken, TOKEN_FILE } from '../../inspector/http/accessToken.js';
import type { SetupSettings } from '../../setup/setupStep.js';
import type { InspectorAccess } from '../../setup/steps/inspectorStep.js';
import type { Io } from '../io.js';

/** The inspector's setting and its token. */
export function inspectorPage(settings: SetupSettings, { env, home }: Pick<Io, 'env' | 'home'>): InspectorAccess {
  const file = path.join(stateFolder(env, home), TOKEN_FILE);
  const listen = () => {
    const sections: Readonly<Record<string, Readonly<Record<string, unknown>>>> = settings.current.raw;
    const value = sections['inspector']?.['listen'];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    listen,
    hasToken: () => new AccessToken(file, systemClock).exists(),
    newLinks: async () => {
      const token = await newAccessToken(file, new Date());
      const [, port = ''] = /:(\d+)$/.exec(listen() ?? '') ?? [];
      return hostsInNetwork().map((host) => `http://${host}:${port}/?token=${token}`);
    },
  };
}

/** By name first: a name outlives the next lease of an address. */
function hostsInNetwork(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((each) =>
    (each ?? []).filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address),
  );
  return [`${hostname().replace(/\.local$/, '')}.local`, ...addresses];
}
