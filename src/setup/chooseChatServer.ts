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
  for (;;) {
    const answer = await server.find(url, signal);
    if (answer.found) {
      dialogue.tell(`Ollama ${answer.version} answers at ${url}.`, 'good');
      const remark = serverRemark(answer.version, arch);
      if (remark !== undefined) {
        dialogue.tell(remark, 'warning');
        dialogue.note('To update it', [INSTALL_OLLAMA]);
      }
      return { url, ...answer };
    }
    dialogue.tell(answer.message, 'warning');
    dialogue.note('To install Ollama on this computer, in another terminal', [
      INSTALL_OLLAMA,
      'It asks for your password: it installs a service of its own. Setup never runs it for you.',
    ]);
    const next = await dialogue.choose(
      'Where is the language model?',
      [
        { value: 'again', label: 'Here, and Ollama runs now: look again' },
        { value: 'elsewhere', label: 'On another computer of the house' },
        { value: 'none', label: 'Nowhere: go on without one', hint: 'time, timers, lists and sums work without' },
      ],
      dialogue.isAttended ? 'again' : 'none',
    );
    if (next === 'none') return undefined;
    if (next === 'elsewhere') url = await askAddress(dialogue, url);
  }
}

async function askAddress(dialogue: SetupContext['dialogue'], url: string): Promise<string> {
  const text = await dialogue.text(
    'Its address (Ollama there must listen in the network: OLLAMA_HOST=0.0.0.0)',
    url,
    (given) => (URL.canParse(withScheme(given)) ? undefined : 'Write it as http://192.168.1.20:11434'),
  );
  return withScheme(text.trim());
}

/** `192.168.1.20` -> `http://192.168.1.20:11434`, as people write it. */
function withScheme(text: string): string {
  if (/^https?:\/\//.test(text)) return text;
  return `http://${/:\d+$/.test(text) ? text : `${text}:11434`}`;
}
