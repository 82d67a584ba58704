/** One message of a conversation, as chat models take it. */
export interface ChatMessage {
  /** `tool`: what a tool has answered to a call in the message before. */
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
  /** What the assistant has called in this message. */
  readonly toolCalls?: readonly ToolCall[];
  /** Whose answer it is. Of a message of the role `tool`. */
  readonly toolName?: string;
}

/** Something that the model may ask for instead of answering. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of an object. The same bytes always: they stand near the beginning of the prompt. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What the model asks for. It is made up by the model: the name may be none, the arguments anything. */
export interface ToolCall {
  readonly name: string;
  readonly arguments: unknown;
}

/** Where a model's template puts the tools: behind the system prompt (most), or before the last question (Llama 3, Mistral). */
export type ToolPlace = 'systemPrompt' | 'lastQuestion';

/** What a reply consists of, in the order in which it arrives. */
export type ReplyPiece = string | ToolCall;

/** Why a chat model gave no reply, or an incomplete one. Each has one remedy. */
export type LlmFailure =
  | 'refused' // nothing listens at the address
  | 'notFound' // the server has no such model: pull it
  | 'busy' // the server's queue is full: try again
  | 'badRequest' // the server did not understand the request
  | 'badResponse' // what answered is not a model server
  | 'crashed' // the server's model process died
  | 'connectTimeout'
  | 'firstTokenTimeout'
  | 'stalled' // no further token in time
  | 'incomplete' // the stream ended without saying that it was done
  | 'tooLong'; // more than the configured limit of characters

/** A chat model failed. `message` says what, where, and what the owner can do. */
export class LlmError extends Error {
  override readonly name = 'LlmError';
  constructor(
    readonly reason: LlmFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What `probe` found. */
export type ModelStatus = { ready: true; version: string } | { ready: false; reason: LlmFailure; message: string };

/** A chat model that streams. */
export interface ChatModel {
  /** Shown to people and in `backends.llm`: "ollama:qwen2.5:0.5b", "scripted". */
  readonly name: string;
  /** As far as it is known. Default: behind the system prompt. */
  readonly toolPlace?: ToolPlace;
  /** Whether it can call tools, as far as it is known. Default: it may be able to. */
  readonly takesTools?: boolean | undefined;
  /** Is the server there, and has it the model? Never throws but when aborted. */
  probe(signal: AbortSignal): Promise<ModelStatus>;
  /** Loads the model and fills the prompt cache with `prefix` (the system prompt) and `tools`. @throws {LlmError} */
  warmUp(prefix: readonly ChatMessage[], signal: AbortSignal, tools?: readonly Tool[]): Promise<void>;
  /**
   * Has the server read `messages` into its prompt cache; what it would answer is not asked. When aborted, the server
   * keeps what it has read. @throws {LlmError}; the signal's reason
   */
  prefill(messages: readonly ChatMessage[], signal: AbortSignal, tools?: readonly Tool[]): Promise<void>;
  /**
   * Tokens as they arrive. The request is over when the iteration is: consumed, left with `break`, failed or aborted.
   * @param tools what the model may call; where it cannot call any it is not told of them. Without them no call comes
   * @throws {LlmError} possibly after some tokens; what was yielded stays valid
   * @throws the signal's reason when aborted; the server sees the disconnect
   */
  reply(messages: readonly ChatMessage[], signal: AbortSignal, tools?: readonly Tool[]): AsyncIterable<ReplyPiece>;
}
