import { lexer, type Token, type Tokens } from 'marked';
import { type Block, type Document, type Link, type Prose, plainText, type Span } from './document.js';

/** Reads a Markdown document. */
export function readMarkdown(file: string, source: string): Document {
  const text = source.replaceAll('\r\n', '\n');
  return new MarkdownReader(text).read(file);
}

/**
 * The lexer tells what there is and not where. Everything is met in the order of the text, so a place is found by looking
 * for the first line of a token from where the one before ended.
 */
class MarkdownReader {
  readonly #source: string;
  readonly #blocks: Block[] = [];
  readonly #links: Link[] = [];
  readonly #anchors = new Map<string, number>();
  #offset = 0;

  constructor(source: string) {
    this.#source = source;
  }

  read(file: string): Document {
    for (const token of lexer(this.#source)) this.#block(token);
    return { file, blocks: this.#blocks, links: this.#links };
  }

  #block(token: Token): void {
    switch (token.type) {
      case 'code':
        this.#code(token as Tokens.Code);
        break;
      case 'table': {
        const { header, rows } = token as Tokens.Table;
        const head = header.map((cell) => this.#prose(cell.tokens));
        this.#blocks.push({
          kind: 'table',
          head,
          rows: rows.map((row) => row.map(({ tokens }) => this.#prose(tokens))),
        });
        break;
      }
      case 'heading': {
        const prose = this.#prose((token as Tokens.Heading).tokens);
        this.#blocks.push({ kind: 'heading', prose, anchor: this.#anchor(plainText(prose)) });
        break;
      }
      case 'list':
        for (const item of (token as Tokens.List).items) for (const inner of item.tokens) this.#block(inner);
        break;
      case 'blockquote':
        for (const inner of (token as Tokens.Blockquote).tokens) this.#block(inner);
        break;
      case 'html':
        this.#html(token.raw);
        break;
      case 'paragraph':
      case 'text':
        this.#blocks.push(this.#prose((token as Tokens.Paragraph).tokens ?? [token]));
    }
  }

  #code({ lang = '', text, raw }: Tokens.Code): void {
    const isFenced = /^ {0,3}(`|~)/.test(raw);
    const fence = this.#find(raw);
    const [first = ''] = text.split('\n').filter((line) => line.trim() !== '');
    const blankBefore = text.slice(0, text.indexOf(first)).split('\n').length - 1;
    const line = isFenced ? fence + 1 : first === '' ? fence : this.#lineAt() - blankBefore;
    this.#blocks.push({ kind: 'code', language: lang.split(/\s/)[0] ?? '', text, line });
    this.#offset = Math.min(this.#source.length, this.#endOf(raw));
  }

  /** Past a block of several lines, whatever it is indented by. */
  #endOf(raw: string): number {
    let end = this.#offset;
    for (let count = raw.trimEnd().split('\n').length - 1; count > 0; count -= 1) {
      const next = this.#source.indexOf('\n', end);
      if (next < 0) break;
      end = next + 1;
    }
    return end;
  }

  #prose(tokens: readonly Token[]): Prose {
    return { kind: 'prose', spans: [...this.#spans(tokens)] };
  }

  *#spans(tokens: readonly Token[]): Generator<Span> {
    for (const token of tokens) {
      if (token.type === 'link' || token.type === 'image') {
        this.#links.push({ target: (token as Tokens.Link).href, line: this.#find(token.raw, 0) });
      }
      if (token.type === 'codespan') {
        yield { text: (token as Tokens.Codespan).text, isCode: true, line: this.#find(token.raw) };
      } else if (token.type === 'html') {
        this.#html(token.raw);
      } else if ('tokens' in token && token.tokens) {
        yield* this.#spans(token.tokens);
      } else if ('text' in token) {
        yield { text: (token as Tokens.Text).text, isCode: false, line: this.#find(token.raw) };
      } else if (token.type === 'br') {
        yield { text: '\n', isCode: false, line: this.#lineAt() };
      }
    }
  }

  #html(raw: string): void {
    const line = this.#find(raw, 0);
    for (const { index, 1: target = '' } of raw.matchAll(/\b(?:src|href|srcset)="([^"]*)"/g)) {
      this.#links.push({ target, line: line + raw.slice(0, index).split('\n').length - 1 });
    }
    this.#offset += raw.length;
  }

  /** As GitHub makes them. */
  #anchor(heading: string): string {
    const plain = heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    const before = this.#anchors.get(plain) ?? 0;
    this.#anchors.set(plain, before + 1);
    return before === 0 ? plain : `${plain}-${before}`;
  }

  /** The line on which a token begins; what follows is looked for behind its first `past` characters. */
  #find(raw: string, past?: number): number {
    const [first = ''] = raw.trim().split('\n');
    const found = this.#source.indexOf(first, this.#offset);
    if (found >= 0) this.#offset = found;
    const line = this.#lineAt();
    if (found >= 0) this.#offset += past ?? first.length;
    return line;
  }

  #lineAt(): number {
    return this.#source.slice(0, this.#offset).split('\n').length;
  }
}
