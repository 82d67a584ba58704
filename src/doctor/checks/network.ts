import { listenAddress } from '../../config/inspectorSettings.js';
import { isThisComputer, parseServerUrl, portOf } from '../../llm/serverUrl.js';
import type { Check } from '../check.js';
import type { Computer } from '../computer.js';
import { isExposed, type ListeningSocket, listeningSockets, socketsOf } from '../listeningSockets.js';

/** Its name comes behind "override.conf", which "systemctl edit" writes: of two that set a variable, the later one holds. */
const OLLAMA_DROP_IN = '/etc/systemd/system/ollama.service.d/pressel.conf';
const OLLAMA_REMEDY = `sudo mkdir -p ${OLLAMA_DROP_IN.replace(/\/[^/]*$/, '')} && printf '[Service]\\nEnvironment=OLLAMA_HOST=127.0.0.1\\n' | sudo tee ${OLLAMA_DROP_IN} && sudo systemctl daemon-reload && sudo systemctl restart ollama; if other computers shall use it, let a firewall admit only those`;

/** Whether other computers reach the model server, which asks nobody for a password. @param url `llm.url` */
export function ollamaExposureCheck(computer: Computer, url: string): Check {
  return {
    group: 'network',
    name: 'model server',
    run: async () => {
      const server = parseServerUrl(url);
      if (!isThisComputer(server)) {
        const { hostname, protocol } = new URL(server.base);
        const reason = `it is on another computer, ${hostname}; `;
        return protocol === 'https:'
          ? { verdict: 'ok', reason: `${reason}what you say goes there encrypted` }
          : { verdict: 'ok', reason: `${reason}what you say goes there unencrypted, as is usual within a home` };
      }
      const port = portOf(server);
      const sockets = (await listeningSockets(computer)).filter((socket) => socket.port === port);
      const open = sockets.filter(isExposed).map(({ address }) => address);
      if (sockets.length === 0) return { verdict: 'ok', reason: `nothing listens on port ${port}` };
      if (open.length === 0) return { verdict: 'ok', reason: `only this computer reaches it (port ${port})` };
      return {
        verdict: 'degraded',
        reason: `every computer in the network can use it without a password: it listens on ${open.join(' and ')}, port ${port}`,
        remedy: OLLAMA_REMEDY,
        details: { addresses: open, port },
      };
    },
  };
}

export interface OwnExposure {
  /** The running copy; undefined: there is none that is known. */
  readonly pid: number | undefined;
  /** `inspector.listen`. */
  readonly listen: string;
}

/**
 * Whether other computers reach the running copy of this program. The inspector lets nobody in without the token; what
 * else listens is none of ours.
 */
export function ownExposureCheck(computer: Computer, { pid, listen }: OwnExposure): Check {
  return {
    group: 'network',
    name: 'this program',
    run: async () => {
      if (pid === undefined) return { verdict: 'ok', reason: 'it does not run, so nothing of it listens' };
      const own = await socketsOf(computer, pid);
      if (own.size === 0) {
        return {
          verdict: 'skipped',
          reason: `this user may not see what process ${pid} listens on`,
          remedy: 'sudo pressel doctor --group network',
        };
      }
      const sockets = (await listeningSockets(computer)).filter(({ inode }) => own.has(inode));
      const open = sockets.filter(isExposed);
      const wanted = listenAddress(listen)?.port;
      const unknown = open.filter(({ port }) => port !== wanted);
      if (open.length === 0) return { verdict: 'ok', reason: 'no other computer reaches it' };
      if (unknown.length === 0)
        return { verdict: 'ok', reason: `it listens on ${placesOf(open)}, and asks for the token` };
      return {
        verdict: 'degraded',
        reason: `it listens on ${placesOf(unknown)}, which is not its inspector's (inspector.listen = "${listen}"): a skill of yours does, or the setting was another when it was started`,
        remedy:
          'sudo systemctl restart pressel; if it listens there again, look into your skills: pressel doctor --group skills',
      };
    },
  };
}

function placesOf(sockets: readonly ListeningSocket[]): string {
  return sockets.map(({ address, port }) => `${address}, port ${port}`).join(' and ');
}
