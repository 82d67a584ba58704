import { configurationReference, REFERENCE_FILE } from '../reference/configurationReference.js';
import { checkCommands } from './checkCommands.js';
import { checkDefaults } from './checkDefaults.js';
import { checkDrawings } from './checkDrawings.js';
import type { Checkout } from './checkout.js';
import { checkPaths } from './checkPaths.js';
import { checkToml, type TomlText } from './checkToml.js';
import { checkVariables } from './checkVariables.js';
import { CommandLine } from './commandLine.js';
import { readComments, readPlain } from './commentDocument.js';
import { codeBlocksOf, codeSpansOf, type Document } from './document.js';
import { type Finding, inOrder } from './finding.js';
import { readMarkdown } from './markdownDocument.js';
import { readProgram } from './programTexts.js';
import { SettingNames } from './settingNames.js';

/** Text by the name of its file, from the root of the checkout; the help of a command by `pressel ask --help`. */
export type Sources = ReadonlyMap<string, string>;

/** What somebody is told of the product: the documents of a checkout, the help of every command, and what the program says. */
export function documentSources(checkout: Checkout): Sources {
  const inFolder = (folder: string, ending: RegExp) =>
    checkout
      .names(folder)
      .filter((name) => ending.test(name))
      .map((name) => (folder === '.' ? name : `${folder}/${name}`));
  const files = [
    ...inFolder('.', /\.md$/),
    ...inFolder('docs', /\.md$/),
    ...inFolder('deploy', /\.(toml|service|rules|sysusers)$/),
    ...inFolder('deploy/skills.d', /\.toml$/),
  ];
  const program = ['src', 'hardware'].flatMap((folder) => checkout.files(folder)).filter(isProgram);
  const texts = [...files, ...program].map((file): [string, string] => [file, checkout.read(file)]);
  return new Map([...texts, ...new CommandLine().helpTexts()]);
}

/** What speaks to the owner; that of these checks, and of the tools for developers beside them, does not. */
function isProgram(file: string): boolean {
  return file.endsWith('.ts') && !file.startsWith('src/docs/');
}

/** Finds what documents say that is not so. */
export function checkDocuments(sources: Sources, checkout: Checkout): Finding[] {
  const commandLine = new CommandLine();
  const names = new SettingNames();
  const documents = [...sources].map(([file, source]) => readDocument(file, source));
  const anchors = new Map(documents.map((document) => [document.file, anchorsOf(document)]));
  const findings = documents.flatMap((document) => [
    ...checkCommands(document, commandLine, checkout),
    ...checkNames(document, names),
    ...checkDefaults(document, names),
    ...checkPaths(document, anchors, checkout),
    ...checkVariables(document, checkout),
    ...checkDrawings(document),
  ]);
  const tomls = [...sources].flatMap(([file, text]): TomlText[] =>
    file.endsWith('.toml') ? [{ file, text, line: 1, showsDefaults: true }] : [],
  );
  const blocks = documents.flatMap(({ file, ...rest }) =>
    codeBlocksOf({ file, ...rest }, 'toml').map(({ text, line }) => ({ file, text, line, showsDefaults: false })),
  );
  const inToml = [...tomls, ...blocks].flatMap((toml) => checkToml(toml, names));
  return inOrder([...findings, ...inToml, ...checkReference(sources)]);
}

function readDocument(file: string, source: string): Document {
  if (file.endsWith('.md')) return readMarkdown(file, source);
  if (file.endsWith('.ts')) return readProgram(file, source);
  return file.endsWith(' --help') ? readPlain(file, source) : readComments(file, source);
}

function anchorsOf({ blocks }: Document): ReadonlySet<string> {
  return new Set(blocks.flatMap((block) => (block.kind === 'heading' ? [block.anchor] : [])));
}

function checkNames(document: Document, names: SettingNames): Finding[] {
  return codeSpansOf(document).flatMap(({ text, line }) => {
    const what = names.problem(text);
    return what === undefined ? [] : [{ file: document.file, line, what }];
  });
}

function checkReference(sources: Sources): Finding[] {
  const source = sources.get(REFERENCE_FILE);
  if (source === undefined) return [];
  const [made, found] = [configurationReference().split('\n'), source.split('\n')];
  const at = found.findIndex((line, index) => line !== made[index]);
  if (at < 0 && found.length === made.length) return [];
  const line = at < 0 ? found.length : at + 1;
  return [{ file: REFERENCE_FILE, line, what: 'is not what the schema says: npm run docs:build' }];
}
