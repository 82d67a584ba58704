/** One command of a shell text: its words without quotes. */
export interface ShellCommand {
  readonly words: readonly string[];
  readonly line: number;
  /** What stands behind "#" on its line. */
  readonly comment: string;
}

/** Stands for the end of a line that goes on: of the private use area, so in no text. */
const CONTINUED = '\uE000';

/** Splits a shell text into its commands, as far as examples need it: words, quotes, operators, continued lines, comments. */
export function shellCommands(text: string, firstLine = 1): ShellCommand[] {
  const commands: ShellCommand[] = [];
  const joined = text.replaceAll('\\\n', CONTINUED);
  let line = firstLine;
  for (const source of joined.split('\n')) {
    const { groups, comment } = splitLine(source.replaceAll(CONTINUED, ' '));
    for (const words of groups) commands.push({ words, line, comment });
    line += source.split(CONTINUED).length;
  }
  return commands;
}

const TOKEN = /\s+|#.*|&&|\|\||[;|&]|\d?>>?|(?:"(?:\\.|[^"\\])*"?|'[^']*'?|\\.|[^\s"'\\;|&>])+/g;

function splitLine(source: string): { groups: string[][]; comment: string } {
  const groups: string[][] = [[]];
  let comment = '';
  let isRedirected = false;
  for (const [token] of source.matchAll(TOKEN)) {
    if (token.trim() === '') continue;
    if (token.startsWith('#')) comment = token.slice(1).trim();
    else if (/^\d?>>?$/.test(token)) isRedirected = true;
    else if (/^[;|&]/.test(token)) groups.push([]);
    else if (isRedirected) isRedirected = false;
    else groups.at(-1)?.push(unquoted(token));
  }
  return { groups: groups.filter((words) => words.length > 0), comment };
}

function unquoted(word: string): string {
  return word.replace(/"((?:\\.|[^"\\])*)"?|'([^']*)'?|\\(.)/g, (_found, double, single, escaped) =>
    String(double ?? single ?? escaped ?? ''),
  );
}

const ASSIGNMENT = /^[A-Za-z_]\w*=/;
/** Options of sudo that take a value of their own. */
const SUDO_VALUES = ['-u', '-g', '-h', '-p', '-C', '-D'];

/** A command without the prompt, the variables, sudo and npx before it. */
export function bareCommand(words: readonly string[]): readonly string[] {
  const [first = '', ...rest] = words;
  if (first === '$' || first === 'env' || first === 'time' || ASSIGNMENT.test(first)) return bareCommand(rest);
  if (first === 'npx') return bareCommand(rest.slice(rest.findIndex((word) => !word.startsWith('-'))));
  if (first !== 'sudo') return words;
  let at = 0;
  while (rest[at]?.startsWith('-')) at += SUDO_VALUES.includes(rest[at] ?? '') ? 2 : 1;
  return bareCommand(rest.slice(at));
}
