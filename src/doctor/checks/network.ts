import { isThisComputer, parseServerUrl } from '../../llm/serverUrl.js';
import type { Check } from '../check.js';
import type { Computer } from '../computer.js';
import { isExposed, listeningSockets, socketsOf } from '../listeningSockets.js';

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
      const port = Number(new URL(server.base).port || (server.base.startsWith('https') ? 443 : 80));
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
  /** What the inspector's token is checked against. */
  readonly tokenFile: string;
}

/** Whether other computers reach the running copy of this program, and whether it asks them for a token. */
export function ownExposureCheck(computer: Computer, { pid, tokenFile }: OwnExposure): Check {
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
      const open = sockets.filter(isExposed).map(({ address, port }) => `${address}, port ${port}`);
      if (open.length === 0) return { verdict: 'ok', reason: 'no other computer reaches it' };
      const where = open.join(' and ');
      if ((await computer.permissions(tokenFile)) !== undefined) {
        return { verdict: 'ok', reason: `it listens on ${where}, and asks for the token` };
      }
      return {
        verdict: 'degraded',
        reason: `it listens on ${where}, and there is no token to ask for`,
        remedy: 'set inspector.listen = "127.0.0.1", then: sudo systemctl restart pressel',
      };
    },
  };
}
