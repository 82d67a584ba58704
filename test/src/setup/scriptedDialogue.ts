import assert from 'node:assert/strict';
import { type Choice, type Dialogue, SetupStopped } from '../../../src/setup/dialogue.js';

/** What the owner answers: a label's beginning, yes or no, a text, or Ctrl-C. */
export type Answer = string | boolean | typeof CTRL_C;

export const CTRL_C = Symbol('Ctrl-C');

/** An owner who answers as was written down before; whoever has no answer left takes what is recommended. */
export class ScriptedDialogue implements Dialogue {
  readonly isAttended = true;
  /** All that was said and asked, as lines. */
  readonly said: string[] = [];

  constructor(answers: Readonly<Record<string, readonly Answer[]>> = {}) {
    this.#left = Object.fromEntries(Object.entries(answers).map(([question, given]) => [question, [...given]]));
  }

  readonly #left: Record<string, Answer[]>;

  title(text: string): void {
    this.said.push(text);
  }

  tell(text: string): void {
    this.said.push(text);
  }

  note(title: string, lines: readonly string[]): void {
    this.said.push(title, ...lines);
  }

  picture(lines: readonly string[]): boolean {
    this.said.push(...lines);
    return true;
  }

  live() {
    return {
      room: 76,
      show: (text: string) => this.said.push(text),
      end: (text?: string) => {
        if (text !== undefined) this.said.push(text);
      },
    };
  }

  async choose<Value>(question: string, choices: readonly Choice<Value>[], recommended: Value): Promise<Value> {
    const answer = this.#answer(question);
    if (answer === undefined) return recommended;
    const choice = choices.find(({ label }) => label.startsWith(String(answer)));
    assert.ok(choice, `"${String(answer)}" is none of: ${choices.map(({ label }) => label).join(' | ')}`);
    return choice.value;
  }

  async confirm(question: string, recommended: boolean): Promise<boolean> {
    const answer = this.#answer(question);
    return answer === undefined ? recommended : answer === true;
  }

  async ready(text: string): Promise<void> {
    this.#answer(text);
  }

  async text(question: string, recommended: string): Promise<string> {
    return String(this.#answer(question) ?? recommended);
  }

  /** Whether something like this was said. */
  heard(pattern: RegExp): boolean {
    return this.said.some((line) => pattern.test(line));
  }

  #answer(question: string): Answer | undefined {
    this.said.push(question);
    const key = Object.keys(this.#left).find((beginning) => question.startsWith(beginning));
    const answer = key === undefined ? undefined : this.#left[key]?.shift();
    if (answer === CTRL_C) throw new SetupStopped();
    return answer;
  }
}
