/** Where a model server is. */
export interface ServerUrl {
  /** For requests: with the credentials, without a trailing slash. Paths such as `/api/chat` are appended to it. */
  readonly base: string;
  /** For people and logs: the same without the credentials. */
  readonly shown: string;
}

/** The port that Ollama listens on when nobody chose another. */
const DEFAULT_PORT = '11434';

/**
 * Reads the address of a model server as people write it: "http://127.0.0.1:11434", "127.0.0.1:11434", "pi.local",
 * "https://house.example/ollama/". Without a scheme it is http and the port is 11434; with a scheme the port is the
 * scheme's own, as Ollama's own tools have it. A trailing slash and a trailing "/api" are dropped.
 * @throws {TypeError} when it is not such an address; the message says what is wrong and gives an example
 */
export function parseServerUrl(text: string): ServerUrl {
  const trimmed = text.trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed);
  let url: URL;
  try {
    url = new URL(hasScheme ? trimmed : `http://${trimmed}`);
  } catch (cause) {
    throw notAnAddress(text, 'it is not a URL', cause);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw notAnAddress(text, `its scheme is "${url.protocol.slice(0, -1)}", not http or https`);
  }
  if (url.search !== '' || url.hash !== '') throw notAnAddress(text, 'it has a query or a fragment');
  if (!hasScheme && url.port === '' && !/:80(\/|$)/.test(trimmed)) url.port = DEFAULT_PORT;
  const folder = url.pathname.replace(/\/+$/, '').replace(/\/api$/, '');
  url.pathname = folder;
  const base = url.href.replace(/\/$/, '');
  url.username = '';
  url.password = '';
  return { base, shown: url.href.replace(/\/$/, '') };
}

/** Whether the server runs on this very computer, and takes its cores. */
export function isThisComputer({ base }: ServerUrl): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(base).hostname);
}

/** The port that it listens on. */
export function portOf({ base }: ServerUrl): number {
  const { port, protocol } = new URL(base);
  return Number(port || (protocol === 'https:' ? 443 : 80));
}

function notAnAddress(text: string, problem: string, cause?: unknown): TypeError {
  const shown = text.replace(/\/\/[^/@]*@/, '//');
  return new TypeError(
    `"${shown}" is not the address of a model server: ${problem}. Write for example "http://127.0.0.1:11434".`,
    { cause },
  );
}
