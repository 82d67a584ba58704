import path from 'node:path';
import { systemClock } from '../../../hardware/clock.js';
import { stateFolder } from '../../appliance/pauseMemoryFile.js';
import { listenAddress } from '../../config/inspectorSettings.js';
import { AccessToken, newAccessToken, TOKEN_FILE } from '../../inspector/http/accessToken.js';
import { entryLink, pageAddresses, qrCode } from '../../inspector/http/pageLinks.js';
import type { SetupSettings } from '../../setup/setupStep.js';
import type { InspectorAccess } from '../../setup/steps/inspectorStep.js';
import type { Io } from '../io.js';

/** The inspector's setting and its token. */
export function inspectorPage(settings: SetupSettings, { env, home }: Pick<Io, 'env' | 'home'>): InspectorAccess {
  const file = path.join(stateFolder(env, home), TOKEN_FILE);
  const listen = () => settings.current.config.inspector.listen;
  return {
    listen,
    hasToken: () => new AccessToken(file, systemClock).exists(),
    newLinks: async () => {
      const token = await newAccessToken(file, new Date());
      const { host, port } = listenAddress(listen()) ?? { host: '', port: 0 };
      const links = pageAddresses(host, port).map((address) => entryLink(address, token));
      return {
        links,
        code: qrCode(links.at(-1) ?? '', true)
          .trimEnd()
          .split('\n'),
      };
    },
  };
}
