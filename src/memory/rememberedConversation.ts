import type { Log } from '../observability/log.js';
import { Conversation, type Exchange } from '../turn/conversation.js';
import { ConversationFile } from './conversationFile.js';
import { ConversationMemory } from './conversationMemory.js';

export interface RememberOptions {
  /** The journal; see `conversationFile`. */
  readonly file: string;
  readonly maxMessages: number;
  readonly maxTokens: number;
  /** A conversation whose last exchange is older is not taken up again (ms). */
  readonly forgetAfterMs: number;
  readonly log: Log;
  /** The time of day (ms since 1970). Default: this computer's. */
  readonly now?: () => number;
}

export interface RememberedConversation {
  readonly conversation: Conversation;
  /** Resolves when the disk holds it. */
  close(): Promise<void>;
}

/**
 * Takes up the conversation that the last start has left on the disk, unless it has gone stale, and keeps it there. Never
 * throws: what cannot be read or written is told once, and the conversation ends with the program.
 */
export async function rememberedConversation(options: RememberOptions): Promise<RememberedConversation> {
  const { log, maxMessages, maxTokens, now = Date.now } = options;
  const file = new ConversationFile(options.file);
  const { exchanges, isSound } = await read(file, log);
  const memory: ConversationMemory = new ConversationMemory(file, isSound ? exchanges : undefined, {
    onErased: (erased) => conversation.forgetThese(erased),
    log,
  });
  const before = isStale(exchanges, options.forgetAfterMs, now()) ? [] : exchanges;
  const conversation: Conversation = new Conversation(maxMessages, {
    maxTokens,
    before,
    keep: (all) => memory.keep(all),
    now,
  });
  // What has gone stale, was damaged or no longer fits leaves the disk too.
  await memory.keep(conversation.exchanges);
  await memory.watch();
  if (conversation.exchanges.length > 0) {
    log.info({ exchanges: conversation.exchanges.length }, 'the conversation goes on where it was');
  }
  return { conversation, close: () => memory.close() };
}

/** Leaves nothing of a conversation on the disk that is not to be remembered. Never throws. */
export async function forgottenConversation(file: string, log: Log): Promise<void> {
  try {
    if (await new ConversationFile(file).erase()) log.info('the conversation of before was erased');
  } catch (error) {
    log.warn({ error }, 'the conversation of before cannot be erased from the disk');
  }
}

async function read(file: ConversationFile, log: Log): Promise<{ exchanges: readonly Exchange[]; isSound: boolean }> {
  try {
    const journal = await file.read();
    const { exchanges, damagedLines, isSound } = journal;
    if (damagedLines > 0) {
      log.warn({ damagedLines, kept: exchanges.length, file: file.file }, 'a part of the kept conversation is damaged');
    }
    return { exchanges, isSound };
  } catch (error) {
    log.warn({ error }, 'the kept conversation cannot be read: a new one begins');
    return { exchanges: [], isSound: false };
  }
}

/**
 * By its newest exchange: as long as it went on, no pause in it was too long. One of the future comes from a clock that
 * was not set yet, then or now; the quiet time since this start decides about it.
 */
function isStale(exchanges: readonly Exchange[], forgetAfterMs: number, nowMs: number): boolean {
  const newest = exchanges.at(-1);
  return newest !== undefined && Math.max(0, nowMs - newest.atMs) >= forgetAfterMs;
}
