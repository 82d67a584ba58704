import { type Block, type CodeBlock, type Document, type Span, unmarkedSpans } from './document.js';

/** What a line of a unit that starts a program begins with; the marks before the path are systemd's. */
const EXEC = /^Exec\w+=[-@:+!|]*(.*)$/;

/** Reads the comments of a file with "#", what they quote as code, and the commands of a systemd unit. */
export function readComments(file: string, source: string): Document {
  const blocks: Block[] = [];
  let spans: Span[] = [];
  const finish = () => {
    if (spans.length > 0) blocks.push({ kind: 'prose', spans });
    spans = [];
  };
  for (const [index, text] of source.split('\n').entries()) {
    const line = index + 1;
    const [, comment] = /^\s*#\s?(.*)$/.exec(text) ?? [];
    const [, command] = EXEC.exec(text) ?? [];
    if (comment === undefined) finish();
    else spans.push(...commentSpans(comment, line));
    if (command !== undefined) blocks.push(commandBlock(command, line));
  }
  finish();
  return { file, blocks, links: [] };
}

/** A help text, or another that has no marks but quotes. */
export function readPlain(file: string, source: string): Document {
  const lines = source.split('\n');
  const blocks = lines.map((text, index) => ({ kind: 'prose' as const, spans: unmarkedSpans(text, index + 1) }));
  return { file, blocks, links: [] };
}

/** `To change anything: sudo systemctl edit pressel`: what stands alone behind a colon may be a command, too. */
function commentSpans(comment: string, line: number): Span[] {
  const [, before = '', command = ''] = /^(.*: )((?:sudo |npx )?(?:pressel|npm) .*)$/.exec(comment) ?? [];
  if (command === '') return [...unmarkedSpans(comment, line), { text: '\n', isCode: false, line }];
  return [...unmarkedSpans(before, line), { text: command, isCode: true, line }, { text: '\n', isCode: false, line }];
}

function commandBlock(text: string, line: number): CodeBlock {
  return { kind: 'code', language: 'sh', text, line };
}
