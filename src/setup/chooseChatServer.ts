import { DEFAULT_CONFIG } from '../config/config.js';
import { isThisComputer, parseServerUrl } from '../llm/serverUrl.js';
import type { ChatServer } from './chatServer.js';
import type { SetupContext } from './setupStep.js';
import { INSTALL_OLLAMA, serverRemark } from './tables/serverRemarks.js';

/** A server that answers. */
export interface ChosenServer {
  readonly url: string;
  readonly version: string;
  readonly models: readonly string[];
}

/** Looks where the configuration says, and asks what to do where nobody answers. @returns undefined: it goes without */
export async function chooseChatServer(
  { dialogue, settings, signal }: SetupContext,
  server: ChatServer,
  { arch }: { readonly arch: string },
): Promise<ChosenServer | undefined> {
  let { url } = settings.current.config.llm;
  let isExplained = false;
  for (;;) {
    const answer = await server.find(url, signal);
    if (answer.found) {
      dialogue.tell(`Ollama ${answer.version} answers at ${withoutPassword(url)}.`, 'good');
      const remark = serverRemark(answer.version, arch);
      if (remark !== undefined) {
        dialogue.tell(remark, 'warning');
        dialogue.note('To update it', [INSTALL_OLLAMA]);
      }
      return { url, ...answer };
    }
    dialogue.tell(answer.message, 'warning');
    const isHere = problemOf(url) === undefined && isThisComputer(parseServerUrl(url));
    if (isHere && !isExplained) {
      isExplained = true;
      dialogue.note('To install Ollama on this computer, in another terminal', [
        INSTALL_OLLAMA,
        'It asks for your password: it installs a service of its own. Setup never runs it for you.',
      ]);
    }
    const next = await dialogue.choose<Next>(
      'Where is the language model?',
      [
        {
          value: 'again',
          label: isHere ? 'Here, and Ollama runs now: look again' : `At ${withoutPassword(url)}: look again`,
        },
        ...(isHere ? [] : [{ value: 'here' as const, label: 'On this computer' }]),
        { value: 'elsewhere', label: 'On another computer of the house' },
        { value: 'none', label: 'Nowhere: go on without one', hint: 'time, timers, lists and sums work without' },
      ],
      dialogue.isAttended ? 'again' : 'none',
    );
    if (next === 'none') return undefined;
    if (next === 'here') url = DEFAULT_CONFIG.llm.url;
    if (next === 'elsewhere') url = await askAddress(dialogue, isHere ? '' : url);
  }
}

type Next = 'again' | 'here' | 'elsewhere' | 'none';

async function askAddress(dialogue: SetupContext['dialogue'], url: string): Promise<string> {
  const text = await dialogue.text(
    'Its address, such as 192.168.1.20 (Ollama there must listen in the network: OLLAMA_HOST=0.0.0.0)',
    url,
    problemOf,
  );
  return parseServerUrl(text).base;
}

function withoutPassword(url: string): string {
  return problemOf(url) === undefined ? parseServerUrl(url).shown : url;
}

function problemOf(address: string): string | undefined {
  try {
    parseServerUrl(address);
    return undefined;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return 'Write it as http://192.168.1.20:11434';
  }
}
