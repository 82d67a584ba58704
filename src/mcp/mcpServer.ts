import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { type Clock, sleep } from '../../hardware/clock.js';
import { didYouMean } from '../config/nearestName.js';
import { messageOf } from '../failures/messageOf.js';
import { childEnvironment } from '../processes/childEnvironment.js';
import type { IntentSkill } from '../skills/intent.js';
import type { OnFailure } from '../skills/own/guardedSkill.js';
import { isPlainObject } from '../skills/own/jsonSchemaArgs.js';
import type { McpTable } from '../skills/own/skillTables.js';
import { mcpTool } from './mcpTool.js';
import { ServerTransport } from './serverTransport.js';

export interface McpSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly onFailure: OnFailure;
  readonly onServer?: ((server: string, message: string) => void) | undefined;
}

/** A server has so long to introduce itself; a package runner may have to download it first. */
export const START_TIMEOUT_MS = 60_000;

/** A server that has ended is started again after so long, and twice as long each time it ends again soon. */
export const FIRST_BACKOFF_MS = 1000;
export const LAST_BACKOFF_MS = 300_000;

/** Who lived so long did not end at once. */
const STABLE_MS = 60_000;

/** More tools than a small model can choose from; `tools` of the configuration picks others. */
const MAX_TOOLS = 32;

/** A list without an end is none. */
const MAX_PAGES = 50;

const TIMED_OUT = Symbol('timed out');

/**
 * Loads the protocol's own library: only for those who have a server, as it costs memory. Blocks the thread for some 50 ms,
 * so it is awaited once before anybody is listened to; from then on it is there at once.
 */
export async function loadMcpSdk() {
  const [{ Client }, { deserializeMessage }, { ToolListChangedNotificationSchema }] = await Promise.all([
    import('@modelcontextprotocol/sdk/client/index.js'),
    import('@modelcontextprotocol/sdk/shared/stdio.js'),
    import('@modelcontextprotocol/sdk/types.js'),
  ]);
  return { Client, deserializeMessage, ToolListChangedNotificationSchema };
}

/**
 * Keeps a server of the Model Context Protocol running and offers its tools while it runs. Everything happens in the
 * background: nobody waits for a server but the tool that is being called.
 */
export class McpServer {
  /** What can be called at this moment. */
  tools: readonly IntentSkill<unknown>[] = [];
  /** Resolves when it has offered its tools, or has failed to for the first time. */
  readonly settled: Promise<void>;
  readonly #closing = new AbortController();
  readonly #supervised: Promise<void>;
  #settle = () => {};

  constructor(
    readonly name: string,
    private readonly table: McpTable,
    private readonly surroundings: McpSurroundings,
  ) {
    this.settled = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#supervised = this.#supervise();
  }

  /** Ends the server. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#supervised;
  }

  async #supervise(): Promise<void> {
    const { clock, onServer } = this.surroundings;
    const { signal } = this.#closing;
    let backoffMs = FIRST_BACKOFF_MS;
    while (!signal.aborted) {
      const startedMs = clock.now();
      const why = await this.#serve(signal);
      this.tools = [];
      this.#settle();
      if (signal.aborted) return;
      if (clock.now() - startedMs >= STABLE_MS) backoffMs = FIRST_BACKOFF_MS;
      onServer?.(this.name, `${why}; it is started again in ${backoffMs / 1000} s`);
      await sleep(clock, backoffMs, signal).catch(() => {});
      backoffMs = Math.min(2 * backoffMs, LAST_BACKOFF_MS);
    }
  }

  /** Runs the server once. @returns why it has ended */
  async #serve(signal: AbortSignal): Promise<string> {
    const { env, clock, onServer } = this.surroundings;
    const { Client, deserializeMessage, ToolListChangedNotificationSchema } = await loadMcpSdk();
    const client = new Client({ name: 'pressel', version: '1' });
    const transport = new ServerTransport(
      {
        argv: this.table.command,
        env: childEnvironment(env, this.table.env),
        cwd: this.table.working_folder,
      },
      deserializeMessage,
      clock,
    );
    const ended = new Promise<void>((resolve) => {
      client.onclose = resolve;
    });
    let isRefreshing = Promise.resolve();
    const refresh = () => this.#refresh(client, signal);
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
      isRefreshing = isRefreshing.then(refresh).catch((error: unknown) => {
        onServer?.(this.name, `its tools cannot be listed: ${messageOf(error)}`);
      });
    });
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    try {
      await inTime(clock, START_TIMEOUT_MS, signal, async (starting) => {
        // Its own timer would not be the program's clock.
        await client.connect(transport, { signal: starting, timeout: 2 * START_TIMEOUT_MS });
        await refresh();
      });
      this.#settle();
      onServer?.(this.name, `the server is ready with ${this.tools.length} tools`);
      await Promise.race([ended, stopped]);
      return `the server has ended${because(transport.complaint)}`;
    } catch (error) {
      if (error === TIMED_OUT) return `the server has not introduced itself in ${START_TIMEOUT_MS / 1000} s`;
      return `the server cannot be used: ${messageOf(error)}${because(transport.complaint)}`;
    } finally {
      this.tools = [];
      await transport.close();
    }
  }

  async #refresh(client: Client, signal: AbortSignal): Promise<void> {
    const { ToolSchema } = await import('@modelcontextprotocol/sdk/types.js');
    const listed: Tool[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const params = cursor === undefined ? {} : { cursor };
      // The SDK never stops listening to a signal that it was given.
      const listing = AbortSignal.any([signal]);
      const page = await client.request({ method: 'tools/list', params }, toolPage, { signal: listing });
      for (const one of page.tools) {
        const tool = ToolSchema.safeParse(one);
        if (tool.success) listed.push(tool.data);
        else
          this.#tell(`one of its tools cannot be used, as it is not described as the protocol wants: ${nameOf(one)}`);
      }
      cursor = page.nextCursor;
      if (cursor === undefined) break;
    }
    const skills = new Map<string, IntentSkill<unknown>>();
    for (const tool of this.#wanted(listed)) {
      if (skills.size === MAX_TOOLS) {
        this.#tell(`it has ${listed.length} tools, of which ${MAX_TOOLS} are offered; choose with "tools"`);
        break;
      }
      const skill = mcpTool(this.name, tool, this.table.timeout_ms, (name, args, turn) =>
        this.#call(client, name, args, turn),
      );
      if (skills.has(skill.name))
        this.#tell(`"${tool.name}" is left out: another of its tools is called ${skill.name}`);
      else skills.set(skill.name, skill);
    }
    this.tools = [...skills.values()];
  }

  #tell(message: string): void {
    this.surroundings.onServer?.(this.name, message);
  }

  #wanted(listed: readonly Tool[]): readonly Tool[] {
    const { tools } = this.table;
    if (tools === undefined) return listed;
    const names = listed.map(({ name }) => name);
    for (const name of tools.filter((one) => !names.includes(one))) {
      this.#tell(`the server has no tool "${name}"${didYouMean(name, names)}`);
    }
    return listed.filter(({ name }) => tools.includes(name));
  }

  async #call(
    client: Client,
    name: string,
    args: Readonly<Record<string, unknown>>,
    turn: AbortSignal,
  ): Promise<CallToolResult> {
    const { CallToolResultSchema } = await import('@modelcontextprotocol/sdk/types.js');
    const { timeout_ms: timeoutMs } = this.table;
    try {
      return await inTime(this.surroundings.clock, timeoutMs, turn, (signal) =>
        client.request({ method: 'tools/call', params: { name, arguments: args } }, CallToolResultSchema, {
          signal,
          timeout: 2 * timeoutMs,
        }),
      );
    } catch (error) {
      turn.throwIfAborted();
      const why = error === TIMED_OUT ? `it has not answered in ${timeoutMs} ms (timeout_ms)` : messageOf(error);
      this.surroundings.onFailure(`${this.name}_${name}`, why);
      return { content: [{ type: 'text', text: error === TIMED_OUT ? 'It takes too long.' : why }], isError: true };
    }
  }
}

/** @throws TIMED_OUT; the signal's reason */
async function inTime<T>(
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const late = new AbortController();
  const timer = clock.setTimeout(() => late.abort(TIMED_OUT), timeoutMs);
  const either = AbortSignal.any([signal, late.signal]);
  try {
    return await work(either);
  } catch (error) {
    // The SDK wraps the reason.
    either.throwIfAborted();
    throw error;
  } finally {
    clock.clearTimeout(timer);
  }
}

/** Each tool is read by itself: one that is wrong must not take the others with it. */
const toolPage = z.looseObject({ tools: z.array(z.unknown()), nextCursor: z.string().optional() });

function nameOf(tool: unknown): string {
  return JSON.stringify(isPlainObject(tool) ? tool['name'] : tool)?.slice(0, 100) ?? 'without a name';
}

function because(complaint: string): string {
  return complaint === '' ? '' : ` (${complaint})`;
}
