import { writeSync } from 'node:fs';
import path from 'node:path';
import { keepEcho } from '../../src/appliance/echoFile.js';
import { openTimers } from '../../src/appliance/openTimers.js';
import { SPEED_FILE, SpeedFile } from '../../src/appliance/speedFile.js';
import { VoiceFile } from '../../src/appliance/voiceFile.js';
import { DEFAULT_CONFIG } from '../../src/config/config.js';
import { SettingsFile } from '../../src/config/settingsFile.js';
import { newAccessToken, TOKEN_FILE } from '../../src/inspector/http/accessToken.js';
import { ListBook } from '../../src/lists/listBook.js';
import { listState } from '../../src/lists/listState.js';
import { ConversationFile, conversationFile } from '../../src/memory/conversationFile.js';
import { ConversationMemory } from '../../src/memory/conversationMemory.js';
import { openLog } from '../../src/observability/log.js';
import { NOTHING_MEASURED } from '../../src/observability/measuredSpeeds.js';
import { StateFile } from '../../src/state/stateFile.js';
import { Conversation } from '../../src/turn/conversation.js';
import { CONFIGURED_VOICE, MODEL_NAMES, type Written, writtenEcho } from './writtenState.js';

/**
 * Takes up the state in `folder` and writes all kinds of it side by side, each as fast as the disk allows, and tells of each
 * number on the standard output when it is kept.
 * @param first the first number
 * @param pauseMs after each write: others have to get a turn on one slow processor
 */
export async function writeForever(folder: string, first: number, pauseMs = 0): Promise<never> {
  const file = (name: string) => path.join(folder, name);
  const log = openLog(DEFAULT_CONFIG, process.stderr);

  const journal = new ConversationFile(conversationFile(folder));
  const { exchanges, isSound } = await journal.read();
  const memory = new ConversationMemory(journal, isSound ? exchanges : undefined, { onErased: () => {}, log });
  let keeping: Promise<boolean> = Promise.resolve(true);
  const conversation = new Conversation(16, {
    before: exchanges,
    keep: (all) => {
      keeping = memory.keep(all);
      return keeping;
    },
  });
  await memory.keep(conversation.exchanges);
  const lists = await ListBook.open(new StateFile(file('lists.json'), listState, log));
  const { book } = await openTimers(folder, log);
  const voice = new VoiceFile(file('voice.json'), CONFIGURED_VOICE);
  const speeds = new SpeedFile(file(SPEED_FILE), MODEL_NAMES);
  const settings = new SettingsFile(file('config.toml'));

  return Promise.race([
    forever('conversation', async (number) => {
      conversation.add(String(number), `${number} `.repeat(1 + (number % 300)), false);
      demandKept(await keeping);
    }),
    forever('lists', async (number) => {
      const before = lists.items('shopping');
      if (before.length > 100) await lists.remove('shopping', before.slice(0, 50));
      const { isKept } = await lists.add('shopping', [`number ${number}`]);
      demandKept(isKept);
    }),
    forever('timers', async (number) => {
      const { isKept } = await book.startTimer(3_600_000 + number, `number ${number}`);
      const [oldest, ...others] = book.list('timer');
      if (oldest && others.length > 10) await book.cancel(oldest.id);
      demandKept(isKept);
    }),
    forever('settings', async (number) => {
      await settings.set({ 'audio.volume': number % 101, 'llm.model': `model-${number}` });
    }),
    forever('speeds', async (number) => {
      speeds.learn({ ...NOTHING_MEASURED, ttsFirstPieceMs: 100 + (number % 800) });
      await speeds.save();
    }),
    forever('voice', async (number) => {
      voice.percent = number % 101;
      await voice.save();
    }),
    forever('echo', async (number) => {
      await keepEcho(file('echo.json'), writtenEcho(number));
    }),
    forever('token', async () => newAccessToken(file(TOKEN_FILE), new Date())),
  ]);

  async function forever(kind: Written, write: (number: number) => Promise<unknown>): Promise<never> {
    for (let number = first; ; number++) {
      await write(number);
      writeSync(1, `kept ${kind} ${number}\n`);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

function demandKept(isKept: boolean): void {
  if (!isKept) throw new Error('the disk does not take it');
}
