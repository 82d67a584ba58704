import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Clock } from '../../hardware/clock.js';
import { ProcessGroup } from '../processes/processGroup.js';

export interface ServerCommand {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

/** A longer message is none that could be spoken, and parsing it would hold up the sound. */
const MAX_MESSAGE_BYTES = 1_000_000;

/** What is kept of the last thing that the server wrote to its standard error. */
const KEPT_COMPLAINT_CHARS = 300;

/**
 * A server's standard input and output as a transport of the SDK: a JSON document a line. In place of the SDK's own: the server
 * and all that it starts is one group that ends with this program, closing takes half a second at most, and a message that is
 * too long ends the server before it is parsed.
 */
export class ServerTransport implements Transport {
  // The SDK assigns these; its type has them without "undefined".
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: <Message extends JSONRPCMessage>(message: Message) => void;
  #group: ProcessGroup | undefined;
  #line: Buffer[] = [];
  #lineBytes = 0;
  #complaint = '';
  #isClosed = false;

  constructor(
    private readonly command: ServerCommand,
    private readonly parse: (line: string) => JSONRPCMessage,
    private readonly clock: Clock,
  ) {}

  /** What the server last wrote to its standard error: why it has ended, in most cases. */
  get complaint(): string {
    return this.#complaint.trim().split('\n').at(-1) ?? '';
  }

  async start(): Promise<void> {
    const { argv, env, cwd } = this.command;
    const group = new ProcessGroup(argv, { env, cwd, stdio: ['pipe', 'pipe', 'pipe'] }, this.clock);
    this.#group = group;
    const { child } = group;
    child.stdout?.on('data', (chunk: Buffer) => this.#read(chunk));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-KEPT_COMPLAINT_CHARS);
    });
    // A server that has ended does not read: the end is told by the process.
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.on('error', () => {});
    child.once('close', () => this.#closed());
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => {
        reject(error);
        this.#closed();
      });
    });
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const stdin = this.#group?.child.stdin;
    if (!stdin?.writable) throw new Error('the server has ended');
    stdin.write(`${JSON.stringify(message)}\n`);
  }

  async close(): Promise<void> {
    const group = this.#group;
    if (!group) return;
    group.child.stdin?.end();
    group.end();
    await group.ended;
    this.#closed();
  }

  #closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.onclose?.();
  }

  #read(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      this.#line.push(chunk.subarray(from, end));
      from = end + 1;
      const line = Buffer.concat(this.#line).toString();
      this.#line = [];
      this.#lineBytes = 0;
      this.#receive(line);
    }
    this.#line.push(chunk.subarray(from));
    this.#lineBytes += chunk.length - from;
    if (this.#lineBytes <= MAX_MESSAGE_BYTES || this.#isClosed) return;
    this.#complaint = `it has sent a message of more than ${MAX_MESSAGE_BYTES} bytes`;
    this.#line = [];
    this.#lineBytes = 0;
    this.#group?.child.stdout?.destroy();
    this.#group?.end();
    this.#closed();
  }

  #receive(line: string): void {
    if (line.trim() === '') return;
    try {
      this.onmessage?.(this.parse(line));
    } catch (error) {
      // Such as a greeting that was printed to the wrong stream: no reason to part.
      this.onerror?.(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
