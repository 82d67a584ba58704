import type { LlmError, ToolPlace } from './chatModel.js';
import type { ModelDetails } from './ollamaServer.js';

/** A refusal that names streaming: older servers, and gateways, do not stream a reply that may have calls in it. */
const REFUSES_STREAM =
  /stream\w*[^.]{0,60}\bnot (?:be )?(?:supported|allowed|available|used)|not support[^.]{0,60}stream/i;
/** A refusal that names tools, or a call that the server itself could not read. */
const REFUSES_TOOLS =
  /not support[^.]{0,30}tools|tools[^.]{0,30}not supported|tools param requires|invalid tool call|tool call arguments/i;

/** A template that renders tools while it is at the last message, or the last two: `and $.Tools $last`, `slice $.Messages`. */
const TOOLS_AT_LAST = /\.Tools\s+\$last|\$last\s+\$?\.Tools|slice\s+\$\.Messages[^}]*\$\.Tools/;

/** What a chat request asks of the server beyond an answer. */
export interface Wishes {
  readonly streaming: boolean;
  readonly tools: boolean;
}

/**
 * What a model and its server can do: what the server says of the model, and what it has refused. A wish that was refused
 * once is not made again until the model is loaded anew.
 */
export class ServerAbilities {
  #details: ModelDetails | undefined;
  #streams = true;
  #streamsTools = true;
  #takesTools = true;

  /** Whether the server was asked. */
  get isKnown(): boolean {
    return this.#details !== undefined;
  }

  learn(details: ModelDetails): void {
    this.#details = details;
  }

  get toolPlace(): ToolPlace {
    return TOOLS_AT_LAST.test(this.#details?.template ?? '') ? 'lastQuestion' : 'systemPrompt';
  }

  get thinks(): boolean {
    return this.#details?.capabilities?.includes('thinking') ?? false;
  }

  get takesTools(): boolean {
    return this.#takesTools && (this.#details?.capabilities?.includes('tools') ?? false);
  }

  /** As far as it can be granted. */
  granted({ streaming, tools }: Wishes): Wishes {
    const withTools = tools && this.takesTools;
    return { tools: withTools, streaming: streaming && this.#streams && (!withTools || this.#streamsTools) };
  }

  /** Learns from a refusal. @returns what may be asked instead, of the same request; undefined where that would not help */
  refused({ reason, message }: LlmError, asked: Wishes): Wishes | undefined {
    // A gateway's refusal may be plain text.
    if (reason !== 'badRequest' && reason !== 'crashed' && reason !== 'badResponse') return undefined;
    if (asked.streaming && REFUSES_STREAM.test(message)) {
      if (asked.tools) this.#streamsTools = false;
      else this.#streams = false;
      return { ...asked, streaming: false };
    }
    if (!asked.tools || !REFUSES_TOOLS.test(message)) return undefined;
    // Who cannot read one call of the model's may read the next; who does not take tools never will.
    if (reason !== 'crashed') this.#takesTools = false;
    return { ...asked, tools: false };
  }
}
