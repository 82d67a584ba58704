import type { SpokenWords } from './spokenWords.js';

/** Endings that make two words with a dot between them a web address, where "Node.js" and "notes.txt" are none. */
const domains = 'com|org|net|edu|gov|info|io|dev|app|ai|de|fr|es|eu|uk|ch|at|nl|pl|pt|se|br|jp|cn|ru';

const label = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,62}[\\p{L}\\p{N}])?';
const path = '(?:[:/?#][^\\s<>"”»`|]*[^\\s<>"”»`|.,;:!?)\\]}\'’*_])?/?';
const email = new RegExp(`([\\p{L}\\p{N}][\\p{L}\\p{N}._%+-]{0,63})@(${label}(?:\\.${label}){1,4})`, 'gu');
const withScheme = new RegExp(
  `(?:\\b(?:https?|ftp)://(?:www\\.)?|\\bwww\\.)((?:${label}\\.){0,4}${label})${path}`,
  'giu',
);
const bareHost = new RegExp(
  `(?<![\\p{L}\\p{N}.@/_-])((?:${label}\\.){1,4}(?:${domains}))(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])${path}`,
  'gu',
);

/** Says web addresses as their host and mail addresses in full: "ana dot silva at example dot com". */
export function sayAddresses(text: string, words: SpokenWords): string {
  const say = (address: string): string =>
    address
      .replaceAll('.', ` ${words.dot} `)
      .replaceAll('_', ` ${words.underscore} `)
      .replaceAll('-', ` ${words.dash} `);
  return text
    .replace(email, (_whole, user: string, host: string) => `${say(user)} ${words.at} ${say(host)}`)
    .replace(withScheme, (_whole, host: string) => say(host))
    .replace(bareHost, (_whole, host: string) => say(host));
}
