import type { PullProgress } from '../llm/pullModel.js';

/** What answers at the address of a model server. */
export type FoundServer =
  | { readonly found: true; readonly version: string; readonly models: readonly string[] }
  | { readonly found: false; readonly message: string };

/** What setup asks of a model server. */
export interface ChatServer {
  /** @throws only the signal's reason */
  find(url: string, signal: AbortSignal): Promise<FoundServer>;
  /** Goes on where an earlier one stopped. @throws {LlmError | PullError}; the signal's reason, and the server stops then */
  pull(url: string, model: string, onProgress: (progress: PullProgress) => void, signal: AbortSignal): Promise<void>;
}
