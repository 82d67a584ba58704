import { PassThrough } from 'node:stream';
import { setImmediate as nextTick } from 'node:timers/promises';

/** A terminal: keys go in, control sequences come out. */
export class FakeTerminal extends PassThrough {
  readonly isTTY: boolean;
  isRaw = false;
  /** Everything that was written to it. */
  written = '';
  readonly output = {
    write: (text: string) => {
      this.written += text;
    },
  };

  constructor({ isTTY = true }: { readonly isTTY?: boolean } = {}) {
    super();
    this.isTTY = isTTY;
  }

  setRawMode(raw: boolean): this {
    this.isRaw = raw;
    return this;
  }

  /** Sends what a key sends, and lets it arrive. */
  async key(characters: string): Promise<void> {
    this.write(characters);
    await nextTick();
  }
}
