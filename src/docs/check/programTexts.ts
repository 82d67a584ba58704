import { parseSync, Visitor } from 'vite';
import { type Block, type Document, type Span, unmarkedSpans } from './document.js';

/** Stands for a value that a text gets when it is said. */
const VALUE = '…';

/**
 * A command in running text: what begins as one, up to what cannot be part of it. Where "pressel" is another command's
 * (`journalctl -u pressel --since -1d`), it begins none.
 */
const COMMAND =
  /(?<![\w./-]|-\w )(?:sudo (?:-u \w+ )?|npx )?(?:pressel (?=[a-z-])|npm (?=run|test|start)|(?:\.\/)?deploy\/[\w/-]+\.sh)(?:(?!\.(?:\s|$))[^;,:()"&|<\n])*/g;

/** A setting whose value is not known before it is said. */
const OPEN_ASSIGNMENT = new RegExp(` = .*${VALUE}.*$`);

/** Reads what a source of the program says: its strings, with what they quote or name as code. */
export function readProgram(file: string, source: string): Document {
  const blocks = stringsIn(file, source).map(({ text, start }): Block => {
    const line = source.slice(0, start).split('\n').length;
    return { kind: 'prose', spans: unmarkedSpans(text, line).flatMap(withCommands) };
  });
  return { file, blocks, links: [] };
}

function withCommands({ text, isCode, line }: Span): Span[] {
  if (isCode) return [{ text: text.replace(OPEN_ASSIGNMENT, ''), isCode, line }];
  const spans: Span[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(COMMAND)) {
    // `setup${flags}` is `setup` with or without more.
    const command = found.replaceAll(VALUE, ` ${VALUE} `);
    spans.push({ text: text.slice(end, index), isCode: false, line }, { text: command, isCode: true, line });
    end = index + found.length;
  }
  return [...spans, { text: text.slice(end), isCode: false, line }];
}

/** More than one word, or a name with a dot in it, but for that of a module. */
const SAYS_SOMETHING = /\s|^[^.]+\../;

interface Said {
  readonly text: string;
  readonly start: number;
}

/** The strings of a source, each with its place; of a template its own words. */
function stringsIn(file: string, source: string): Said[] {
  const said: Said[] = [];
  const add = (text: unknown, start: number) => {
    if (typeof text === 'string' && SAYS_SOMETHING.test(text)) said.push({ text, start });
  };
  const visitor = new Visitor({
    Literal: ({ value, start }) => add(value, start),
    TemplateLiteral: ({ quasis, start }) => add(quasis.map(({ value }) => value.cooked).join(VALUE), start),
  });
  visitor.visit(parseSync(file, source).program);
  return said;
}
