import { Command } from 'commander';
import type { Chunker } from '../../speech/text/chunker.js';
import { ClauseChunker } from '../../speech/text/clauseChunker.js';
import { SentenceChunker } from '../../speech/text/sentenceChunker.js';
import type { Io } from '../io.js';
import { linesOf, textOf, writeLine } from '../linesOf.js';
import { UsageError } from '../usageError.js';

/** `pressel chunk`: a token stream on stdin, each sentence as it is released on stdout. */
export function chunkCommand(io: Io): Command {
  return new Command('chunk')
    .description('split a token stream from stdin into sentences as early as is safe')
    .option('--json', 'each input line is one token, as a JSON string (else: text, a word is a token)')
    .option('--clauses', 'as spoken: with the small first chunk')
    .action(async (options: { json?: boolean; clauses?: boolean }) => {
      const sentences = new SentenceChunker();
      const chunker: Chunker = options.clauses ? new ClauseChunker(sentences) : sentences;
      await chunk(io, options.json ? jsonTokens(io) : words(io), chunker);
    });
}

async function chunk(io: Io, tokens: AsyncIterable<string>, chunker: Chunker): Promise<void> {
  let afterToken = -1;
  const release = async (texts: readonly string[]) => {
    for (const text of texts) {
      if (text.trim() !== '') await writeLine(io.stdout, JSON.stringify({ text, afterToken }), io.signal);
    }
  };
  for await (const token of tokens) {
    afterToken += 1;
    await release(chunker.push(token));
  }
  await release(chunker.flush());
}

async function* jsonTokens({ stdin, signal }: Io): AsyncGenerator<string> {
  let line = 0;
  for await (const text of linesOf(stdin, signal)) {
    line += 1;
    if (text.trim() === '') continue;
    yield parseToken(text, line);
  }
}

function parseToken(text: string, line: number): string {
  let token: unknown;
  try {
    token = JSON.parse(text);
  } catch {
    token = undefined;
  }
  if (typeof token !== 'string') throw new UsageError(`stdin:${line}: expected one JSON string, such as " word".`);
  return token;
}

/** Words with the white space before them, as language models cut text. */
async function* words({ stdin, signal }: Io): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of textOf(stdin, signal)) {
    rest += piece;
    const whole = rest.match(/\s*\S+(?=\s)/g) ?? [];
    for (const word of whole) yield word;
    rest = rest.slice(whole.join('').length);
  }
  if (rest !== '') yield rest;
}
