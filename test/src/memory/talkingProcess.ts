import { ConversationFile } from '../../../src/memory/conversationFile.js';
import { ConversationMemory } from '../../../src/memory/conversationMemory.js';
import type { Log } from '../../../src/observability/log.js';
import { Conversation } from '../../../src/turn/conversation.js';

/**
 * A program that is only good for being killed: takes up the conversation in the file that it is given, goes on counting
 * in it as fast as the disk allows, and prints each number when it is kept.
 */
const [, , file = ''] = process.argv;
const tell = (_details: unknown, message?: string) => process.stderr.write(`${message}\n`);
const log = { info: tell, warn: tell, debug: tell } as unknown as Log;

const journal = new ConversationFile(file);
const { exchanges, isSound } = await journal.read();
const memory = new ConversationMemory(journal, isSound ? exchanges : undefined, { onErased: () => {}, log });
const kept: Promise<boolean>[] = [];
const conversation = new Conversation(16, {
  before: exchanges,
  keep: (all) => {
    const keeping = memory.keep(all);
    kept.push(keeping);
    return keeping;
  },
});
await memory.keep(conversation.exchanges);
for (let number = Number(exchanges.at(-1)?.asked ?? 0) + 1; ; number++) {
  conversation.add(String(number), `${number} `.repeat(1 + (number % 300)), false);
  if (!(await kept.pop())) throw new Error('the disk does not take it');
  process.stdout.write(`${number}\n`);
}
