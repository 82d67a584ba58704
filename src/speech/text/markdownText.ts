import { spokenMath } from './spokenMath.js';
import type { SpokenWords } from './spokenWords.js';

/** Code that one would say: words, perhaps with a dot or dash between them ("npm install", "config.json", "--help"). */
const sayableCode = /^-{0,2}\p{L}[\p{L}\p{M}\p{N} '’,-]*(?:[._/]\p{L}[\p{L}\p{M}\p{N} '’,-]*)*$/u;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  deg: '°',
  euro: '€',
  pound: '£',
  copy: '',
  reg: '',
  trade: '',
};

/** The text of markdown and HTML without their marks. Code blocks and rules are gone, table rows are lists of cells. */
export function markdownText(text: string, words: SpokenWords): string {
  return inlineText(withoutCodeBlocks(text).split('\n').map(lineText).join('\n'), words);
}

function withoutCodeBlocks(text: string): string {
  return text
    .replace(/^[ \t>]*(~{3,})[\s\S]*?(?:^[ \t>]*\1~*[ \t]*$|(?![\s\S]))/gm, '')
    .replace(
      /(?<!`)(`{3,})(?!`)(?:([^`\n]+)\1(?!`)|[^`\n]*\n[\s\S]*?(?:\1`*|(?![\s\S]))|[^\n`]*$)/g,
      (_whole, _ticks, code?: string) => codeText((code ?? '').trim()),
    )
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1>|$)/gi, '');
}

function lineText(line: string): string {
  if (/^[ \t>]*(?:(?:[-*_=][ \t]*){3,}|\[[^\]]+\]:[ \t]*\S+.*)$/.test(line)) return '';
  const text = line
    .replace(/^(?:[ \t]*>)+[ \t]?/, '')
    .replace(/^[ \t]*(?:[-*+•‣◦▪–][ \t]+)+/, '')
    .replace(/^[ \t]*#{1,6}(?:[ \t]+|$)/, '')
    .replace(/[ \t]+#+[ \t]*$/, '')
    .replace(/^((?:\d{1,3}[.)][ \t]+)?)\[[ xX]\][ \t]+/, '$1');
  return /^[ \t]*\||\|[ \t]*$|[^|]\|[^|]/.test(text) ? rowText(text) : text;
}

/** A table row: its cells with commas between them. The row that only rules lines off says nothing. */
function rowText(row: string): string {
  if (/^[\s|:-]*$/.test(row)) return '';
  const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
  return cells.filter((cell) => cell !== '').join(', ');
}

function inlineText(text: string, words: SpokenWords): string {
  return spokenMath(
    text
      .replace(/(?<!`)(`{1,3})(?!`)([\s\S]{1,400}?)(?<!`)\1(?!`)/g, (_whole, _ticks, code: string) =>
        codeText(code.trim()),
      )
      .replace(/!\[([^\]]{0,300})\](?:\([^)\s]*(?:\s+"[^"]*")?\)|\[[^\]]*\])/g, '$1')
      .replace(/\[\^?\d{1,3}\](?!\()/g, '')
      .replace(/\[\^[^\]]{0,100}\]/g, '')
      .replace(/\[([^\][]+)\](?:\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)|\[[^\]]*\])/g, '$1')
      .replace(/<((?:https?:\/\/|mailto:)?[^\s<>@]{0,200}[@.:][^\s<>]{0,200})>/g, '$1')
      .replace(/<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>/gi, (tag) =>
        /^<(?:br|p|li|tr|td|div|hr)\b/i.test(tag) ? ' ' : '',
      )
      .replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,8});/gi, entityText),
    words,
  ).replace(/\\([\\`*_{}[\]()#+\-.!|~>])/g, '$1');
}

const codeText = (code: string): string => (sayableCode.test(code) ? code.replace(/^-+/, '').replaceAll('_', ' ') : '');

function entityText(whole: string, name: string): string {
  if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 31 && code < 0x110000 && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : '';
}
