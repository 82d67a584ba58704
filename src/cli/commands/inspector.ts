import path from 'node:path';
import { Command } from 'commander';
import { systemClock } from '../../../hardware/clock.js';
import { stateFolder } from '../../appliance/pauseMemoryFile.js';
import { listenAddress } from '../../config/inspectorSettings.js';
import { loadConfig } from '../../config/loadConfig.js';
import { AccessToken, newAccessToken, TOKEN_FILE } from '../../inspector/http/accessToken.js';
import { isLoopback } from '../../inspector/http/hostNames.js';
import { entryLink, pageAddresses, qrCode } from '../../inspector/http/pageLinks.js';
import type { Io } from '../io.js';

interface InspectorOptions {
  readonly newToken?: boolean;
  readonly json?: boolean;
  readonly config?: string;
  readonly folder?: string;
}

/** What is told of the page. */
interface InspectorReport {
  /** As configured. */
  readonly listen: string;
  readonly addresses: readonly string[];
  readonly needsToken: boolean;
  readonly hasToken: boolean;
  /** A new one, and links with it; told once. */
  readonly token?: string;
  readonly links?: readonly string[];
}

/** `pressel inspector`: where its page is, and a new token for it. */
export function inspectorCommand(io: Io): Command {
  return new Command('inspector')
    .description('say where the page is that shows what the assistant does, and make its token')
    .option('--new-token', 'make a new token and show it; what was opened with the old one is shut')
    .option('--json', 'print one JSON document')
    .option('--config <file>', 'read this file instead of the usual ones')
    .option('--folder <folder>', "where the appliance keeps its state; default: the user's own, as for pressel run")
    .action((_options, self: Command) => inspector(io, self.optsWithGlobals<InspectorOptions>()));
}

async function inspector(io: Io, options: InspectorOptions): Promise<void> {
  const { config } = await loadConfig({ file: options.config, env: io.env, home: io.home });
  const { listen } = config.inspector;
  const file = path.join(options.folder ?? stateFolder(io.env, io.home), TOKEN_FILE);
  const token = options.newToken ? await newAccessToken(file, new Date()) : undefined;
  const address = listenAddress(listen);
  const addresses = address ? pageAddresses(address.host, address.port) : [];
  const report: InspectorReport = {
    listen,
    addresses,
    needsToken: address !== undefined && !isLoopback(address.host),
    hasToken: await new AccessToken(file, systemClock).exists(),
    ...(token !== undefined && { token, links: addresses.map((each) => entryLink(each, token)) }),
  };
  const isTerminal = (io.stdout as { readonly isTTY?: boolean }).isTTY === true;
  io.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : inWords(report, isTerminal));
}

function inWords({ addresses, needsToken, hasToken, token, links = [] }: InspectorReport, isTerminal: boolean): string {
  const [first] = addresses;
  if (first === undefined) return 'The inspector is off. To have it: inspector.listen = "127.0.0.1:7333".\n';
  if (!needsToken) {
    const told = token === undefined ? [] : ['A new token was made, for when it listens in the network.', token];
    return lines([
      `The inspector is at ${first} for browsers on this computer, without a token.`,
      'For others in your network: inspector.listen = "0.0.0.0:7333", and "pressel inspector --new-token".',
      ...told,
    ]);
  }
  // An address works at once; a name only where the network knows it.
  const link = links.at(-1);
  if (link !== undefined) {
    return lines([
      'The inspector opens with this token, which is shown now and never again:',
      '',
      ...links.map((each) => `  ${each}`),
      '',
      qrCode(link, isTerminal),
      'Whoever has it can see what the assistant does and steer it; the microphone itself is never sent.',
    ]);
  }
  const locked = hasToken
    ? 'Its token was shown when it was made.'
    : 'There is no token yet, so it stays shut: pressel inspector --new-token';
  return lines([`The inspector is at ${addresses.join(' and ')}`, locked]);
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}
