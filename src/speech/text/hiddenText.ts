import {
  functionTagShape,
  HiddenCall,
  markShape,
  offeredCallShape,
  type ToolCallShape,
  toolCallShape,
} from './toolCallShape.js';

/** Markup whose content is for the program, not for the listener. Tags match in any case. */
const hiddenElements = ['think', 'thinking', 'thought', 'reasoning', 'tool_call', 'tool_calls', 'function_call'];
const openingTags = new Map(hiddenElements.map((name) => [`<${name}>`, `</${name}>`]));
const closingTags = hiddenElements.map((name) => `</${name}>`);
const tags = [...openingTags.keys(), ...closingTags];

export interface HiddenTextOptions {
  /**
   * The model's template has opened a think block already (qwen3 thinking models, DeepSeek R1): everything up to the
   * first closing tag is hidden. Off by default, because without it a reply that has no such block would be lost.
   */
  readonly startsInThinking?: boolean;
  /** Names of the tools that the model was told of, which it may call in more ways than are known of who was told of none. */
  readonly tools?: readonly string[];
  /** Told each tool call that was taken out, as it was written, fence and all but without its tags. Default: nobody. */
  readonly onToolCall?: (written: string) => void;
}

/** Of those, the ones with a tool call in them. */
const callTags = new Set(['</tool_call>', '</tool_calls>', '</function_call>', '</function>']);

/** No more of a call is kept: who writes a longer one writes no call. */
const mostOfCall = 8_000;

/**
 * Takes out of a token stream what is not for the listener: think blocks, tool calls in tags, tool calls written as JSON,
 * in a code fence or not, and the marks that models put around them. Where tools were offered, also what else at the start
 * of a line can only be a call (`offeredCallShape`). Text passes at once; it is held back only while it could still be the
 * start of something hidden. A block that is still open at the end stays hidden.
 *
 * A closing tag without an opening one is taken out; the text before it has passed already (see `startsInThinking`).
 */
export class HiddenTextFilter {
  #passed = '';
  /** Text that may be the start of something hidden. */
  #held = '';
  #atLineStart = true;
  /** The closing tag awaited; `#held` is then what may be its beginning. */
  #until: string | undefined;
  #json: HiddenCall | undefined;
  /** What was written so far of the call that is being taken out. */
  #call = '';
  readonly #onToolCall: (written: string) => void;
  readonly #tools: readonly string[];
  /** What hidden text may begin with at the start of a line. */
  readonly #firstLetters: ReadonlySet<string>;

  constructor(options: HiddenTextOptions = {}) {
    if (options.startsInThinking) this.#until = '</think>';
    this.#onToolCall = options.onToolCall ?? (() => {});
    this.#tools = options.tools ?? [];
    const names = this.#tools.length > 0 ? ['print', ...this.#tools] : [];
    this.#firstLetters = new Set(names.map((name) => name.charAt(0)));
  }

  push(token: string): string {
    for (let at = 0; at < token.length; at++) this.#read(token.charAt(at));
    return this.#take();
  }

  /** The text is over: what was held back is no tag and no tool call after all. */
  flush(): string {
    if (this.#until === undefined && this.#json === undefined) this.#passed += this.#held;
    const rest = this.#take();
    if (this.#json !== undefined || callTags.has(this.#until ?? '')) this.#tellCall();
    this.#held = '';
    this.#atLineStart = true;
    this.#until = this.#json = undefined;
    return rest;
  }

  #take(): string {
    const passed = this.#passed;
    this.#passed = '';
    return passed;
  }

  #read(ch: string): void {
    if (this.#until !== undefined) this.#readHidden(this.#until, ch);
    else if (this.#json !== undefined) this.#readJson(this.#json, ch);
    else this.#readText(ch);
  }

  /** It is over, whole or not. */
  #tellCall(): void {
    const written = this.#call.trim();
    this.#call = '';
    if (written !== '') this.#onToolCall(written);
  }

  #keepCall(text: string): void {
    if (this.#call.length < mostOfCall) this.#call += text;
  }

  #readText(ch: string): void {
    if (this.#held === '' && !/[<{[`]/.test(ch) && !(this.#atLineStart && this.#firstLetters.has(ch))) {
      this.#passFirst(ch);
      return;
    }
    const text = this.#held + ch;
    const tag = text.toLowerCase();
    const isFunction = functionTagShape(text);
    const until = openingTags.get(tag) ?? (isFunction === 'tag' ? '</function>' : undefined);
    const mark = markShape(text);
    const shape = this.#callShape(text);
    if (until !== undefined || closingTags.includes(tag)) {
      this.#held = '';
      this.#until = until;
      if (isFunction === 'tag') this.#call = text;
    } else if (mark === 'mark') {
      this.#held = '';
      this.#atLineStart = true;
    } else if (shape === 'toolCall') {
      this.#held = '';
      this.#call = text;
      this.#json = new HiddenCall(text);
    } else if ([shape, mark, isFunction].includes('unclear') || tags.some((each) => each.startsWith(tag))) {
      this.#held = text;
    } else {
      this.#passFirst(text);
    }
  }

  #callShape(text: string): ToolCallShape {
    return this.#atLineStart && this.#tools.length > 0 ? offeredCallShape(text, this.#tools) : toolCallShape(text);
  }

  /** The first character is no start of anything; what was held with it is read again. */
  #passFirst(text: string): void {
    const first = text.charAt(0);
    this.#held = '';
    this.#passed += first;
    this.#atLineStart = first === '\n' || (this.#atLineStart && /[\s`*]/.test(first));
    for (let at = 1; at < text.length; at++) this.#readText(text.charAt(at));
  }

  #readHidden(until: string, ch: string): void {
    const tail = (this.#held + ch).toLowerCase().slice(-until.length);
    this.#held = tail;
    if (callTags.has(until)) this.#keepCall(ch);
    if (tail !== until) return;
    this.#held = '';
    if (callTags.has(until)) {
      this.#call = this.#call.slice(0, -until.length);
      this.#tellCall();
    }
    this.#until = undefined;
  }

  #readJson(json: HiddenCall, ch: string): void {
    if (json.take(ch)) {
      this.#keepCall(ch);
      return;
    }
    this.#json = undefined;
    this.#tellCall();
    this.#readText(ch);
  }
}
