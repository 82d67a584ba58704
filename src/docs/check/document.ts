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

/** `words of a text` where "quotes" show what is code, as in comments and in help. */
export function quotedSpans(text: string, line: number): Span[] {
  return text.split('"').map((part, index) => ({ text: part, isCode: index % 2 === 1, line }));
}

/** The text of spans without their marks. */
export function plainText({ spans }: Prose): string {
  return spans.map(({ text }) => text).join('');
}
