import { isDeepStrictEqual } from 'node:util';
import type { ChatMessage, ToolCall } from '../llm/chatModel.js';
import { writtenToolCalls } from '../llm/writtenToolCalls.js';
import { FAILED } from '../skills/spokenFailure.js';
import type { ReplyChunk } from './filler.js';
import type { LongWait } from './longWait.js';
import type { ReplyOccasion } from './modelReply.js';
import type { Prompt } from './prompt.js';
import type { Mind } from './reply.js';
import { spokenChunks } from './spokenChunks.js';
import { answerTokens, toolAnswers } from './toolAnswers.js';
import { runTool, type ToolResult } from './toolRun.js';
import type { ReplyDraft } from './turnRecord.js';

/** Requests to the model in one reply: a call, its correction or a second one, and the sentence about it. */
const MOST_ROUNDS = 3;

/** A small model that calls more at once has lost its way. */
const MOST_CALLS = 3;

/** Stands for a call that could not be read: it is answered like that of a tool that does not exist. */
const UNREADABLE: ToolCall = { name: 'unreadable', arguments: {} };

/** The rounds of one reply: the model speaks or calls, the tools answer, the model speaks of it. */
export class ToolRounds {
  #messages: readonly ChatMessage[];
  /** What the model's context has left for calls and answers. */
  #roomTokens: number;
  /** Of this reply, in order. */
  readonly #run: { readonly call: ToolCall; readonly result: ToolResult }[] = [];
  #misused = false;
  /** The last piece that was said, if only before a call; '' for nothing yet. */
  #lastSaid = '';
  #hasAnswered = false;

  constructor(
    private readonly prompt: Prompt,
    private readonly mind: Mind,
    private readonly draft: ReplyDraft,
    private readonly occasion: ReplyOccasion,
    private readonly wait: LongWait,
    private readonly signal: AbortSignal,
  ) {
    this.#messages = prompt.messages;
    this.#roomTokens = prompt.callTokens;
  }

  /** Something of the model's was said, if only before a call. */
  get hasSaid(): boolean {
    return this.#lastSaid !== '';
  }

  /** The model has said something since the last tool was run. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  /** `text` as it follows what was said before: they were not written as one, and what is heard is kept as one. */
  apart(text: string): string {
    return this.#kept(this.#lastSaid === '' || /\s$/.test(this.#lastSaid) ? text : ` ${text}`);
  }

  /** What the tools themselves have to say about what they have done; undefined when none was run. */
  get ownAnswer(): string | undefined {
    if (this.#run.length === 0) return undefined;
    const used = this.#run.filter(({ result }) => result.kind !== 'misused');
    if (used.length === 0) return FAILED;
    return [...new Set(used.map(({ result }) => result.answer))].join(' ').trim();
  }

  /** What is to be said, as it comes into being. @throws {LlmError} what the model throws; the signal's reason */
  async *run(): AsyncGenerator<ReplyChunk, void, undefined> {
    for (let round = 1; ; round++) {
      const calls: ToolCall[] = [];
      let content = '';
      for await (const chunk of this.#said(calls)) {
        const isFirst = content === '';
        content += chunk;
        this.#hasAnswered = true;
        yield isFirst ? this.apart(chunk) : this.#kept(chunk);
      }
      if (calls.length === 0) return;
      const wanted = calls.slice(0, MOST_CALLS);
      // Whatever it has said with a call that nobody answers is no answer either.
      this.#hasAnswered = false;
      if (round === MOST_ROUNDS) return;
      if (wanted.every((call) => this.#before(call) !== undefined)) return; // it goes round in circles
      const results = yield* this.#results(wanted);
      if (!this.#mayGoOn(results)) return;
      const answers = toolAnswers(content.trim(), wanted, results, this.#roomTokens);
      this.#roomTokens -= answerTokens(answers);
      this.#messages = [...this.#messages, ...answers];
    }
  }

  /** What the model says in one round; what it calls is added to `calls`, however it does. */
  #said(calls: ToolCall[]): AsyncGenerator<string, void, undefined> {
    const { mind, draft, prompt, signal } = this;
    const tools = prompt.tools.map(({ name }) => name);
    const onToolCall = (written: string) => {
      // Who was told of no tool cannot call one: that is text of another kind.
      if (tools.length > 0 && mind.model.takesTools !== false)
        calls.push(...(writtenToolCalls(written) ?? [UNREADABLE]));
    };
    return spokenChunks(this.#tokens(calls), mind.chunking, draft.timeline.clock, signal, { onToolCall, tools });
  }

  async *#tokens(calls: ToolCall[]): AsyncGenerator<string, void, undefined> {
    const { mind, prompt, draft, occasion, signal } = this;
    draft.timeline.mark('llmRequest');
    let answered = this.#run.length > 0;
    for await (const piece of mind.model.reply(this.#messages, signal, prompt.tools)) {
      if (!answered) {
        answered = true;
        draft.timeline.mark('firstToken');
        occasion.report({ type: 'turn.modelAnswered' });
      }
      if (typeof piece !== 'string') {
        calls.push(piece);
        continue;
      }
      draft.tokens += 1;
      yield piece;
    }
  }

  /** Runs the tools one after the other, not before it may be done, and bridges a long wait. */
  async *#results(calls: readonly ToolCall[]): AsyncGenerator<ReplyChunk, readonly ToolResult[], undefined> {
    await this.occasion.mayAct();
    this.signal.throwIfAborted();
    return yield* this.wait.bridged(this.#runAll(calls));
  }

  async #runAll(calls: readonly ToolCall[]): Promise<readonly ToolResult[]> {
    const { prompt, mind, draft, signal } = this;
    const world = { offered: prompt.offered, context: mind.skillContext(), clock: draft.timeline.clock };
    const results: ToolResult[] = [];
    for (const call of calls) {
      const before = this.#before(call);
      const result = before ?? (await runTool(call, world, signal));
      if (!before) this.#run.push({ call, result });
      if (result.kind !== 'misused') draft.tools.push(call.name);
      if (result.problem !== undefined) draft.problem = { reason: 'skillFailed', message: result.problem };
      results.push(result);
    }
    return results;
  }

  #kept(said: string): string {
    this.#lastSaid = said;
    return said;
  }

  /** What the same call has given before: a model that repeats itself does not mean two timers. */
  #before(call: ToolCall): ToolResult | undefined {
    return this.#run.find((run) => run.result.kind !== 'misused' && isDeepStrictEqual(run.call, call))?.result;
  }

  /** Whoever has misused a tool may correct it once. */
  #mayGoOn(results: readonly ToolResult[]): boolean {
    const misused = results.some(({ kind }) => kind === 'misused');
    const again = misused && this.#misused;
    this.#misused ||= misused;
    return !again;
  }
}
