import { Command } from 'commander';
import { stateFolder } from '../../appliance/pauseMemoryFile.js';
import { loadConfig } from '../../config/loadConfig.js';
import { questionOf } from '../../llm/voicePrompt.js';
import { ConversationFile, conversationFile } from '../../memory/conversationFile.js';
import type { Exchange } from '../../turn/conversation.js';
import type { Io } from '../io.js';

interface HistoryOptions {
  readonly json?: boolean;
  readonly config?: string;
  readonly folder?: string;
}

/** `pressel history`, `pressel history clear`: what the disk holds of the conversation, and its end. */
export function historyCommand(io: Io): Command {
  const command = new Command('history');
  withCommonOptions(command)
    .description('show what is kept of the conversation')
    .action((_options, self: Command) => show(io, self.optsWithGlobals()));
  withCommonOptions(command.command('clear'))
    .description('erase it, also while the appliance runs')
    .action((_options, self: Command) => clear(io, self.optsWithGlobals()));
  return command;
}

function withCommonOptions(command: Command): Command {
  return command
    .option('--json', 'print one JSON document')
    .option('--config <file>', 'read this file instead of the usual ones')
    .option('--folder <folder>', "where the appliance keeps its state; default: the user's own, as for pressel run");
}

async function show(io: Io, options: HistoryOptions): Promise<void> {
  const { config } = await loadConfig({ file: options.config, env: io.env, home: io.home });
  const file = fileOf(io, options);
  const { exchanges, damagedLines } = await file.read();
  if (damagedLines > 0) io.stderr.write(`${damagedLines} damaged lines in ${file.file} are left out.\n`);
  if (options.json) {
    const told = exchanges.map(({ atMs, asked, heard, interrupted }) => ({
      at: new Date(atMs).toISOString(),
      asked,
      heard,
      interrupted,
    }));
    const document = { file: file.file, remember: config.conversation.remember, exchanges: told };
    io.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    return;
  }
  if (exchanges.length === 0) io.stdout.write(`Nothing is kept in ${file.file}.\n`);
  else io.stdout.write(exchanges.map((exchange) => asText(exchange, config.assistant.name)).join('\n'));
}

async function clear(io: Io, options: HistoryOptions): Promise<void> {
  const file = fileOf(io, options);
  const erased = await file.erase();
  if (options.json) io.stdout.write(`${JSON.stringify({ file: file.file, erased })}\n`);
  else io.stdout.write(erased ? `The conversation is erased (${file.file}).\n` : `Nothing is kept in ${file.file}.\n`);
}

function fileOf(io: Io, { folder }: HistoryOptions): ConversationFile {
  return new ConversationFile(conversationFile(folder ?? stateFolder(io.env, io.home)));
}

function asText({ atMs, asked, heard, interrupted }: Exchange, name: string): string {
  const width = Math.max('You'.length, name.length) + 2;
  const said = (who: string, words: string) => `${`${who}:`.padEnd(width)}${words}\n`;
  const time = new Date(atMs).toLocaleString('sv-SE');
  return `${time}\n${said('You', questionOf(asked))}${said(name, interrupted ? `${heard} (interrupted)` : heard)}`;
}
