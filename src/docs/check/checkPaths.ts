import path from 'node:path';
import { didYouMean } from '../../config/nearestName.js';
import type { Checkout } from './checkout.js';
import { codeBlocksOf, codeSpansOf, type Document } from './document.js';
import type { Finding } from './finding.js';
import { shellCommands } from './shellText.js';

/** A path from the root of the checkout. */
const PATH = /^(?:\.\/)?((?:assets|deploy|dist|docs|hardware|machines|src|test|\.ci)\/[\w./@*-]*)/;

/** Finds links and paths that lead nowhere. @param anchors of every document that is checked, by its file */
export function checkPaths(
  document: Document,
  anchors: ReadonlyMap<string, ReadonlySet<string>>,
  checkout: Checkout,
): Finding[] {
  const { file } = document;
  const links = document.links.flatMap(({ target, line }) => {
    const what = wrongLink(file, target, anchors, checkout);
    return what === undefined ? [] : [{ file, line, what }];
  });
  const blocks = codeBlocksOf(document, '', 'sh', 'bash', 'shell', 'console', 'shell-session', 'text');
  const commands = [...blocks, ...codeSpansOf(document)].flatMap(({ text, line }) => shellCommands(text, line));
  const paths = commands.flatMap(({ words, line }) =>
    words.flatMap((word) => {
      const what = wrongPath(word, checkout);
      return what === undefined ? [] : [{ file, line, what }];
    }),
  );
  return [...links, ...paths];
}

function wrongLink(
  file: string,
  target: string,
  anchors: ReadonlyMap<string, ReadonlySet<string>>,
  checkout: Checkout,
): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return undefined;
  const [relative = '', anchor] = decodeURI(target).split('#');
  const linked = relative === '' ? file : path.join(path.dirname(file), relative);
  if (!anchors.has(linked) && !checkout.has(linked)) return `there is no file ${linked}${checkout.nearestFile(linked)}`;
  const known = anchors.get(linked);
  if (!anchor || known === undefined || known.has(anchor)) return undefined;
  return `${linked} has no heading #${anchor}${didYouMean(anchor, [...known])}`;
}

function wrongPath(word: string, checkout: Checkout): string | undefined {
  const [, named = ''] = PATH.exec(word) ?? [];
  // Of "src/skills/*.ts" the folder; a full stop may end a sentence.
  const plain = named.replace(/[^/]*\*.*$/, '').replace(/[./]+$/, '');
  if (plain === '' || checkout.has(sourceOf(plain))) return undefined;
  return `there is no file ${plain}${checkout.nearestFile(sourceOf(plain))}`;
}

/** What is compiled is there after a build only: its source has to be. */
function sourceOf(file: string): string {
  return file.replace(/^dist\/(.*)\.js$/, '$1.ts').replace(/^dist(\/.*)?$/, 'package.json');
}
