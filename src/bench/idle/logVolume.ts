/** What was said in the log. */
export interface LogVolume {
  readonly lines: number;
  readonly bytes: number;
  /** The messages that came most often, and how often. */
  readonly mostSaid: readonly { readonly message: string; readonly times: number }[];
}

const SHOWN = 3;

/** Counts what a program writes to its log: lines of JSON, as the journal gets them. */
export class LogCounter {
  #rest = '';
  #lines = 0;
  #bytes = 0;
  #said = new Map<string, number>();

  /** @param onMessage told of the message of each line, as it comes */
  constructor(private readonly onMessage: (message: string) => void = () => {}) {}

  write(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = messageOf(line);
      this.#lines++;
      this.#bytes += Buffer.byteLength(line) + 1;
      this.#said.set(message, (this.#said.get(message) ?? 0) + 1);
      this.onMessage(message);
    }
  }

  /** Forgets what has been counted. @returns it */
  take(): LogVolume {
    const mostSaid = [...this.#said]
      .sort(([, a], [, b]) => b - a)
      .slice(0, SHOWN)
      .map(([message, times]) => ({ message, times }));
    const volume = { lines: this.#lines, bytes: this.#bytes, mostSaid };
    this.#lines = 0;
    this.#bytes = 0;
    this.#said = new Map();
    return volume;
  }
}

function messageOf(line: string): string {
  try {
    const { msg } = JSON.parse(line) as { readonly msg?: unknown };
    return typeof msg === 'string' ? msg : line;
  } catch {
    return line;
  }
}
