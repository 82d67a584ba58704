/** The frame at the left takes so much of a line. */
const FRAME_COLUMNS = 5;
/** Longer lines are hard to read. */
const MOST_COLUMNS = 110;

/**
 * Text broken between words, so that the frame at the left goes on: clack leaves this to the terminal.
 * @param columns of the terminal
 * @param indent what the second line of each line begins with
 */
export function wrappedText(said: string, columns: number, indent = ''): string {
  const width = Math.max(30, Math.min(columns, MOST_COLUMNS) - FRAME_COLUMNS);
  return said
    .split('\n')
    .flatMap((line) => wrappedLine(line, width, indent))
    .join('\n');
}

function wrappedLine(line: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const first = /^ */.exec(rest)?.[0].length ?? 0;
    let space = rest.lastIndexOf(' ', width);
    // A link or a path is not cut: the terminal wraps it, and it can still be copied.
    if (space <= first) space = rest.indexOf(' ', first);
    if (space === -1) break;
    lines.push(rest.slice(0, space).trimEnd());
    rest = indent + rest.slice(space + 1).trimStart();
  }
  return [...lines, rest];
}
