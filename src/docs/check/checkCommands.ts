import { didYouMean } from '../../config/nearestName.js';
import type { Checkout } from './checkout.js';
import type { CommandLine } from './commandLine.js';
import { codeBlocksOf, codeSpansOf, type Document } from './document.js';
import type { Finding } from './finding.js';
import { bareCommand, type ShellCommand, shellCommands } from './shellText.js';

/** Languages of blocks whose lines are typed; of a console only those behind a prompt. */
const SHELLS = ['', 'sh', 'bash', 'shell'];
const CONSOLES = ['console', 'shell-session'];

/** The program, as it is started from a checkout. */
const MAIN = 'dist/src/cli/main.js';
const NPM_RUNS = ['run', 'run-script', 'test', 't', 'start'];

/** Finds commands, flags and npm scripts that do not exist. */
export function checkCommands(document: Document, commandLine: CommandLine, checkout: Checkout): Finding[] {
  const { file } = document;
  const commands = typedCommands(document);
  if (commands.length === 0) return [];
  const others = otherFlags(commands, checkout);
  const findings: Finding[] = [];
  for (const { words, line, comment, isMention } of commands) {
    const complain = (what: string | undefined) => what !== undefined && findings.push({ file, line, what });
    const [first = ''] = words;
    if (first.startsWith('--') && isMention) complain(unknownFlag(first, commandLine, others));
    else complain(wrongCommand(words, isMention, commandLine, checkout));
    const told = isOurs(bareCommand(words), checkout) ? comment : '';
    for (const [flag] of told.matchAll(/(?<!\S)--[a-z][\w-]*/g)) complain(unknownFlag(flag, commandLine, others));
    const [, meant = ''] = /\bor: (.*)/.exec(comment) ?? [];
    for (const other of shellCommands(meant)) complain(wrongCommand(other.words, false, commandLine, checkout));
  }
  return findings;
}

interface TypedCommand extends ShellCommand {
  readonly isMention: boolean;
}

function typedCommands(document: Document): TypedCommand[] {
  const lines = codeBlocksOf(document, ...SHELLS).flatMap(({ text, line }) => shellCommands(text, line));
  const typed = codeBlocksOf(document, ...CONSOLES).flatMap(({ text, line }) =>
    shellCommands(text, line).filter(({ words }) => words[0] === '$'),
  );
  const mentions = codeSpansOf(document).flatMap(({ text, line }) => shellCommands(text, line));
  return [
    ...[...lines, ...typed].map((command) => ({ ...command, isMention: false })),
    ...mentions.map((command) => ({ ...command, isMention: true })),
  ];
}

function wrongCommand(
  words: readonly string[],
  isMention: boolean,
  commandLine: CommandLine,
  checkout: Checkout,
): string | undefined {
  const [program = '', ...rest] = bareCommand(words).filter((word) => !/^(…|\.\.\.)$/.test(word));
  if (program === 'pressel' || program.endsWith('/pressel')) return wrongArguments(rest, isMention, commandLine);
  if (program === 'node' && rest[0] === MAIN) return wrongArguments(rest.slice(1), isMention, commandLine);
  if (program === 'npm') return wrongScript(rest, isMention, commandLine, checkout);
  return program.includes('/') && checkout.isFile(program) ? flagNotIn(program, rest, checkout) : undefined;
}

function wrongArguments(args: readonly string[], isMention: boolean, commandLine: CommandLine): string | undefined {
  // The name of the program alone.
  if (args.length === 0) return undefined;
  const problem = commandLine.problem(args, isMention);
  return problem && `"pressel ${args.join(' ')}": ${problem}`;
}

function wrongScript(
  words: readonly string[],
  isMention: boolean,
  commandLine: CommandLine,
  checkout: Checkout,
): string | undefined {
  const [command = '', ...rest] = words.filter((word) => word !== '-s' && word !== '--silent');
  if (!NPM_RUNS.includes(command)) return undefined;
  const [name = '', ...more] = command.startsWith('run') ? rest : [command === 't' ? 'test' : command, ...rest];
  if (name === '') return undefined;
  const scripts = checkout.scripts();
  const script = scripts[name];
  if (script === undefined) return `there is no npm script "${name}"${didYouMean(name, Object.keys(scripts))}`;
  const args = more[0] === '--' ? more.slice(1) : [];
  for (const started of shellCommands(script)) {
    const [program, main, ...given] = started.words;
    if (program === 'node' && main === MAIN) return wrongArguments([...given, ...args], isMention, commandLine);
  }
  const known = scriptFiles(script).flatMap((file) => flagsIn(file, checkout));
  const unknown = args.map(flagOf).find((flag) => flag !== undefined && !known.includes(flag));
  return unknown && `npm script "${name}" knows no ${unknown}${didYouMean(unknown, known)}`;
}

/** The script of the tree that a command starts has a flag only if its text does. */
function flagNotIn(program: string, args: readonly string[], checkout: Checkout): string | undefined {
  const known = flagsIn(program, checkout);
  const unknown = args.map(flagOf).find((flag) => flag !== undefined && !known.includes(flag));
  return unknown && `${program} knows no ${unknown}${didYouMean(unknown, known)}`;
}

function unknownFlag(word: string, commandLine: CommandLine, others: ReadonlySet<string>): string | undefined {
  const flag = flagOf(word);
  if (flag === undefined || commandLine.flags.has(flag) || others.has(flag)) return undefined;
  return `no command has a flag ${flag}${didYouMean(flag, [...commandLine.flags, ...others])}`;
}

function isOurs([program = '']: readonly string[], checkout: Checkout): boolean {
  return /(^|\/)pressel$|^npm$/.test(program) || checkout.isFile(program);
}

function flagOf(word: string): string | undefined {
  return /^--[a-z][\w-]*/.exec(word)?.[0];
}

/** Flags that are not the program's: of scripts in the tree, and of other programs whose commands the document shows. */
function otherFlags(commands: readonly ShellCommand[], checkout: Checkout): Set<string> {
  const scripts = Object.values(checkout.scripts()).flatMap(scriptFiles);
  const deployed = checkout.names('deploy').filter((name) => name.endsWith('.sh'));
  const files = [...scripts, ...deployed.map((name) => `deploy/${name}`)];
  const shown = commands.flatMap(({ words }) => {
    const [program = '', ...args] = bareCommand(words);
    return program.startsWith('-') || isOurs([program], checkout) ? [] : args.flatMap((word) => flagOf(word) ?? []);
  });
  return new Set([...files.flatMap((file) => flagsIn(file, checkout)), ...shown]);
}

/** The sources of what a npm script starts. */
function scriptFiles(script: string): string[] {
  return script.split(/\s+/).flatMap((word) => {
    const [, compiled] = /^dist\/(.*)\.js$/.exec(word) ?? [];
    if (compiled !== undefined) return [`${compiled}.ts`];
    return word.endsWith('.sh') ? [word] : [];
  });
}

function flagsIn(file: string, checkout: Checkout): string[] {
  return checkout.isFile(file) ? [...checkout.read(file).matchAll(/--[a-z][\w-]*/g)].map(([flag]) => flag) : [];
}
