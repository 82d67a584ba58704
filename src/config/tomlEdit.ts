import { isDeepStrictEqual } from 'node:util';
import { type AST, getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { type TomlValue, tomlComment, tomlKey, tomlLiteral } from './tomlText.js';

/** A value to set, by its section (empty: above all sections) and key, with what it means. */
export interface TomlChange {
  readonly section: string;
  readonly key: string;
  readonly value: TomlValue;
  /** Written as a comment above a key that is new; a key that is there keeps the comments that it has. */
  readonly meaning: string;
}

type Holder = AST.TOMLTopLevelTable | AST.TOMLTable | AST.TOMLInlineTable;

/** A key with its value, wherever it stands, under its full name. */
interface Entry {
  readonly name: readonly string[];
  readonly node: AST.TOMLKeyValue;
  readonly holder: Holder;
  /** The full name of what holds it. */
  readonly within: readonly string[];
}

/**
 * A TOML document with one value set: everything else, comments, order, blank lines and line endings, stays byte for byte.
 * @param source valid TOML
 */
export function editToml(source: string, change: TomlChange): string {
  const mark = source.startsWith('\uFEFF') ? '\uFEFF' : '';
  const text = source.slice(mark.length);
  return mark + edited(text, change);
}

function edited(text: string, change: TomlChange): string {
  const newline = /\r\n/.test(text) ? '\r\n' : '\n';
  const root = parseTOML(text).body[0];
  const entries = [...entriesOf(root, [])];
  const section = change.section === '' ? [] : change.section.split('.');
  const name = [...section, change.key];

  const same = entries.find((entry) => isSame(entry.name, name));
  if (same) {
    if (isDeepStrictEqual(getStaticTOMLValue(same.node.value), change.value)) return text;
    const [start, end] = same.node.value.range;
    return text.slice(0, start) + tomlLiteral(change.value) + text.slice(end);
  }
  if (section.length === 0) return withTopLevel(text, root, change, newline);

  const table = root.body.find((node): node is AST.TOMLTable => isTableOf(node, section));
  if (table) {
    const last = table.body.at(-1) ?? table.key;
    return insertedBelow(text, last.range[1], entryLines([change.key], change, newline), newline);
  }
  const inline = entries.find((entry) => isSame(entry.name, section) && entry.node.value.type === 'TOMLInlineTable');
  if (inline) return withinInlineTable(text, inline.node.value, change);
  // A section that dotted keys have made must not get a header of its own.
  const sibling = entries.findLast((entry) => isSame(entry.name.slice(0, -1), section));
  if (sibling) {
    const key = name.slice(sibling.within.length);
    if (sibling.holder.type === 'TOMLInlineTable')
      return withinInlineTable(text, sibling.holder, { ...change, key: tomlKey(key) });
    return insertedBelow(text, sibling.node.range[1], entryLines(key, change, newline), newline);
  }
  const gap = text === '' ? '' : text.endsWith('\n') ? newline : newline + newline;
  return `${text}${gap}[${tomlKey(section)}]${newline}${entryLines([change.key], change, newline)}`;
}

function* entriesOf(holder: Holder, within: readonly string[]): Generator<Entry> {
  for (const node of holder.body) {
    const name = [...within, ...getStaticTOMLValue(node.key)];
    if (node.type === 'TOMLTable') {
      if (node.kind === 'standard') yield* entriesOf(node, name);
      continue;
    }
    yield { name, node, holder, within };
    if (node.value.type === 'TOMLInlineTable') yield* entriesOf(node.value, name);
  }
}

function isTableOf(node: AST.TOMLTopLevelTable['body'][number], section: readonly string[]): node is AST.TOMLTable {
  return node.type === 'TOMLTable' && node.kind === 'standard' && isSame(getStaticTOMLValue(node.key), section);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

/** A key above all sections: below the last one there is, else below the remarks at the head of the file. */
function withTopLevel(text: string, root: AST.TOMLTopLevelTable, change: TomlChange, newline: string): string {
  const last = root.body.findLast((node) => node.type === 'TOMLKeyValue');
  const lines = entryLines([change.key], change, newline);
  if (last) return insertedBelow(text, last.range[1], lines, newline);
  // Remarks that stand apart from what follows, or have nothing below them, are about the file.
  const [head = ''] = /^(?:[ \t]*#[^\n]*\n)+[ \t]*(?:\r?\n|$)/.exec(text) ?? [];
  const rest = text.slice(head.length);
  const gap = head !== '' && rest === '' ? newline : '';
  return `${head}${gap}${lines}${rest === '' ? '' : newline}${rest}`;
}

/** On the next line after `offset`. */
function insertedBelow(text: string, offset: number, lines: string, newline: string): string {
  const lineEnd = text.indexOf('\n', offset);
  if (lineEnd < 0) return `${text}${newline}${lines}`;
  return text.slice(0, lineEnd + 1) + lines + text.slice(lineEnd + 1);
}

function withinInlineTable(text: string, table: AST.TOMLContentNode, { key, value }: TomlChange): string {
  if (table.type !== 'TOMLInlineTable') return text;
  const last = table.body.at(-1);
  const at = last ? last.range[1] : table.range[0] + 1;
  return `${text.slice(0, at)}${last ? ', ' : ' '}${key} = ${tomlLiteral(value)}${last ? '' : ' '}${text.slice(at)}`;
}

function entryLines(key: readonly string[], { value, meaning }: TomlChange, newline: string): string {
  const lines = [...tomlComment(meaning), `${tomlKey(key)} = ${tomlLiteral(value)}`];
  return lines.map((line) => line + newline).join('');
}
