/** A piece of running text: words, or what is set as code. */
export interface Span {
  readonly text: string;
  readonly isCode: boolean;
  /** On which it begins, from 1. */
  readonly line: number;
}

/** Text that belongs together: a paragraph, an item of a list, a cell, a run of comment lines. */
export interface Prose {
  readonly kind: 'prose';
  readonly spans: readonly Span[];
}

export interface Table {
  readonly kind: 'table';
  readonly head: readonly Prose[];
  readonly rows: readonly (readonly Prose[])[];
}

export interface CodeBlock {
  readonly kind: 'code';
  /** `toml`, `sh`; empty where none is given. */
  readonly language: string;
  readonly text: string;
  /** Of the first line of `text`. */
  readonly line: number;
}

export interface Heading {
  readonly kind: 'heading';
  readonly prose: Prose;
  /** What `#anchor` leads to it. */
  readonly anchor: string;
}

export type Block = Prose | Table | CodeBlock | Heading;

export interface Link {
  readonly target: string;
  readonly line: number;
}

/** A document as far as it can be checked. */
export interface Document {
  readonly file: string;
  readonly blocks: readonly Block[];
  readonly links: readonly Link[];
}

/** All running text of a document, with the text of its tables and headings. */
export function proseOf(document: Document): Prose[] {
  return document.blocks.flatMap((block) => {
    if (block.kind === 'prose') return [block];
    if (block.kind === 'heading') return [block.prose];
    return block.kind === 'table' ? [...block.head, ...block.rows.flat()] : [];
  });
}

/** What is set as code within running text. */
export function codeSpansOf(document: Document): Span[] {
  return proseOf(document).flatMap(({ spans }) => spans.filter(({ isCode }) => isCode));
}

/** Blocks of code in one of these languages. */
export function codeBlocksOf(document: Document, ...languages: readonly string[]): CodeBlock[] {
  return document.blocks.filter(
    (block): block is CodeBlock => block.kind === 'code' && languages.includes(block.language),
  );
}

/** In a text without marks, what is in quotes is code, and so is what has the form of a setting. */
const UNMARKED_CODE = /"([^"]*)"|(?<![\w./-])([a-z_]+(?:\.[a-z_]+)+(?: = (?:"[^"]*"|[\w.-]+))?)(?![\w/-])/g;

/** A text without marks, as comments and help are. */
export function unmarkedSpans(text: string, line: number): Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const { 0: found, 1: quoted, 2: setting = '', index } of text.matchAll(UNMARKED_CODE)) {
    spans.push({ text: text.slice(end, index), isCode: false, line });
    spans.push({ text: quoted ?? setting, isCode: true, line });
    end = index + found.length;
  }
  return [...spans, { text: text.slice(end), isCode: false, line }];
}

/** The text of spans without their marks. */
export function plainText({ spans }: Prose): string {
  return spans.map(({ text }) => text).join('');
}
