/** One of several things to choose from. */
export interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
  /** A few words on what speaks for it or against it. */
  readonly hint?: string;
}

/** What a line of text is: a plain remark, something that works, or something that needs the owner. */
export type Tone = 'plain' | 'good' | 'warning';

/** A line that changes while something goes on. */
export interface LiveLine {
  /** How many characters can be seen of it. */
  readonly room: number;
  show(text: string): void;
  /** What stays of it; nothing stays without a text. */
  end(text?: string, tone?: Tone): void;
}

/** How setup speaks with its owner: a terminal, a script that takes what is recommended, or a test. */
export interface Dialogue {
  /** Whether somebody is there who hears, sees and presses. */
  readonly isAttended: boolean;
  /** The beginning of a step. */
  title(text: string): void;
  tell(text: string, tone?: Tone): void;
  /** Lines that belong together and may be copied, such as commands. */
  note(title: string, lines: readonly string[]): void;
  /**
   * Lines that stay as they are, for a camera.
   * @returns false: left out, as nobody sees them or they would be broken
   */
  picture(lines: readonly string[]): boolean;
  live(): LiveLine;
  /** @throws {SetupStopped} */
  choose<Value>(question: string, choices: readonly Choice<Value>[], recommended: Value): Promise<Value>;
  /** @throws {SetupStopped} */
  confirm(question: string, recommended: boolean): Promise<boolean>;
  /** Waits until the owner is ready; nobody is waited for where nobody is there. @throws {SetupStopped} */
  ready(text: string): Promise<void>;
  /**
   * A line of text.
   * @param problem what is wrong with a text; undefined where nothing is
   * @throws {SetupStopped}
   */
  text(question: string, recommended: string, problem?: (text: string) => string | undefined): Promise<string>;
}

/** The owner has ended setup. What was confirmed before is kept. */
export class SetupStopped extends Error {
  override readonly name = 'SetupStopped';
  constructor(message = 'Stopped.') {
    super(message);
  }
}
