import { type Context, createContext, Script } from 'node:vm';

/** Nobody's request takes a sound expression so long; nothing else runs meanwhile, so it is soon enough heard as a gap. */
export const MATCH_TIMEOUT_MS = 50;

/** The whole program would wait for it: the expression tries more ways to read an utterance than there is time for. */
export class SlowExpressionError extends Error {
  override readonly name = 'SlowExpressionError';
}

/** What runs in a context of its own can be stopped, even in the middle of one match. */
const MATCH = new Script('expression.exec(words)');

/**
 * An expression that somebody else wrote. One such as /(a+)+b/ takes longer than the universe has been for forty letters; it
 * is stopped. Stopping costs each match a thread that watches it, about 0.1 ms.
 */
export class BoundedExpression {
  #context: Context | undefined;

  constructor(private readonly expression: RegExp) {}

  /** @throws {SlowExpressionError} */
  groupsOf(words: string): Readonly<Record<string, string>> | undefined {
    this.#context ??= createContext(Object.create(null));
    Object.assign(this.#context, { expression: this.expression, words });
    try {
      const match = MATCH.runInContext(this.#context, { timeout: MATCH_TIMEOUT_MS }) as RegExpExecArray | null;
      return match === null ? undefined : (match.groups ?? {});
    } catch (error) {
      if (!isTimeout(error)) throw error;
      throw new SlowExpressionError(
        `/${this.expression.source}/ has not read "${words}" in ${MATCH_TIMEOUT_MS} ms: write it without a repetition inside a repetition`,
      );
    }
  }
}

/** The error belongs to the context, so that it is no `Error` of ours. */
function isTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && Reflect.get(error, 'code') === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
