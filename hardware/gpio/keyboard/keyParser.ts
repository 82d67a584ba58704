/** What a terminal says about the keys that matter here. */
export type KeyReport =
  /** The space bar as a character: no terminal tells more unless asked, and a held key repeats it. */
  | { readonly kind: 'spaceTyped' }
  /** The space bar, from a terminal that speaks the kitty keyboard protocol. */
  | { readonly kind: 'spaceDown' | 'spaceHeld' | 'spaceUp' }
  | { readonly kind: 'quit' }
  /** The answer to `QUERY_ENHANCEMENTS`. */
  | { readonly kind: 'enhancements'; readonly flags: number };

/**
 * The kitty keyboard protocol's progressive enhancements (https://sw.kovidgoyal.net/kitty/keyboard-protocol/): no
 * ambiguous sequences (1), repeats and releases are reported (2), with the key of the base layout (4), also of keys
 * that make text (8). Terminals that do not know the protocol ignore these sequences.
 */
export const REPORTS_RELEASES = 2;
export const PUSH_ENHANCEMENTS = `\x1b[>${1 | REPORTS_RELEASES | 4 | 8}u`;
export const POP_ENHANCEMENTS = '\x1b[<u';
export const QUERY_ENHANCEMENTS = '\x1b[?u';

const SPACE = 32;
const Q = 113;
const C = 99;
const CTRL = 4;
const RELEASE = 3;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences begin with the escape character
const SEQUENCE = /^\x1b(?:\[([0-9:;<=>?]*)([@-~])|O[!-~])/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const BEGUN_SEQUENCE = /^\x1b(?:\[[0-9:;<=>?]{0,64}|O)?$/;

/** Finds the keys in what a terminal sends, wherever the system has cut it. */
export class KeyParser {
  #rest = '';

  feed(text: string): KeyReport[] {
    const reports: KeyReport[] = [];
    let rest = this.#rest + text;
    while (rest !== '' && !BEGUN_SEQUENCE.test(rest)) {
      const sequence = SEQUENCE.exec(rest);
      const report = sequence === null ? ofCharacter(rest) : ofSequence(sequence[1] ?? '', sequence[2] ?? '');
      if (report !== undefined) reports.push(report);
      rest = rest.slice(sequence?.[0].length ?? 1);
    }
    this.#rest = rest;
    return reports;
  }
}

function ofCharacter(text: string): KeyReport | undefined {
  if (text.startsWith(' ')) return { kind: 'spaceTyped' };
  if (text.startsWith('q') || text.startsWith('\x03')) return { kind: 'quit' };
  return undefined;
}

/** `CSI code:shifted:base ; modifiers:event ; text u`, of which only the first number must be there. */
function ofSequence(parameters: string, final: string): KeyReport | undefined {
  if (final !== 'u') return undefined;
  if (parameters.startsWith('?')) return { kind: 'enhancements', flags: Number(parameters.slice(1)) };
  const [codes = '', state = ''] = parameters.split(';');
  const keys = codes.split(':').map(Number);
  const [modifiers = 1, event = 1] = state.split(':').map((field) => Number(field === '' ? 1 : field));
  if (keys[0] === SPACE) return { kind: event === RELEASE ? 'spaceUp' : event === 1 ? 'spaceDown' : 'spaceHeld' };
  const quits = keys.includes(Q) || (keys.includes(C) && ((modifiers - 1) & CTRL) !== 0);
  return quits && event === 1 ? { kind: 'quit' } : undefined;
}
