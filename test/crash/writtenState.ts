import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type KeptEcho, readKeptEcho } from '../../src/appliance/echoFile.js';
import { SPEED_FILE, SpeedFile } from '../../src/appliance/speedFile.js';
import { VoiceFile } from '../../src/appliance/voiceFile.js';
import { loadConfig } from '../../src/config/loadConfig.js';
import { TOKEN_FILE } from '../../src/inspector/http/accessToken.js';
import { listState } from '../../src/lists/listState.js';
import { ConversationFile, conversationFile } from '../../src/memory/conversationFile.js';
import { StateFile } from '../../src/state/stateFile.js';
import { timerState } from '../../src/timers/timerState.js';

export const WRITTEN = {
  conversation: 'conversation.jsonl',
  lists: 'lists.json',
  timers: 'timers.json',
  settings: 'config.toml',
  speeds: SPEED_FILE,
  voice: 'voice.json',
  echo: 'echo.json',
  token: TOKEN_FILE,
} as const;
export type Written = keyof typeof WRITTEN;

export const CONFIGURED_VOICE = { volumePercent: 200, lengthScale: undefined } as const;
export const MODEL_NAMES = { asr: 'a', llm: 'b', tts: 'c' } as const;

const OWNER_ONLY: readonly Written[] = ['conversation', 'lists', 'timers', 'token'];

export function writtenEcho(number: number): KeptEcho {
  return {
    measuredAt: new Date(number).toISOString(),
    setup: { microphone: 'hw:1', speaker: 'hw:1', volume: 1, inputGainDb: 0 },
    mode: 'aec',
    why: `number ${number} `.repeat(200),
    measurement: { outcome: 'notHeard', noiseDb: -60, detectableDb: -50, echo: undefined, readings: [] },
  };
}

/** The last number of each kind of which it was told that it is kept. */
export type Acknowledged = Partial<Record<Written, number>>;

/** What a program has told before it was killed. */
export function acknowledgedIn(stdout: string): Acknowledged {
  const all: Record<string, number> = {};
  // A line that is cut off was not told as a whole.
  for (const [, kind = '', number] of stdout.matchAll(/^kept (\w+) (\d+)\r?\n/gm)) all[kind] = Number(number);
  return all;
}

export interface CheckedState {
  readonly faults: readonly string[];
  readonly lost: number;
  readonly torn: number;
  /** The greatest number that is there. */
  readonly last: number;
}

/**
 * Reads all of it as the product does, and compares it with what was told to be kept.
 * @param first the number with which the last run began: from there on there may be no gap
 * @param ahead so many numbers more may be there: the one that was being written, and of which the word did not get through
 */
export async function checkState(
  folder: string,
  acknowledged: Acknowledged,
  { first = Number.POSITIVE_INFINITY, ahead = 1 } = {},
): Promise<CheckedState> {
  const faults: string[] = [];
  let [lost, torn, last] = [0, 0, 0];
  const file = (kind: Written) => path.join(folder, WRITTEN[kind]);
  const demand = (kind: Written, numbers: readonly number[]) => {
    const told = acknowledged[kind];
    last = Math.max(last, told ?? 0, ...numbers);
    if (told === undefined || numbers.some((number) => number >= told && number <= told + ahead)) return;
    lost++;
    faults.push(`${kind}: ${told} was kept, and ${numbers.slice(-3)} is there`);
  };

  const log = { warn: (...all: unknown[]) => faults.push(String(all.at(-1))), info: () => {} };
  const { exchanges, damagedLines } = await new ConversationFile(conversationFile(folder)).read();
  const asked = exchanges.map((exchange) => Number(exchange.asked));
  demand('conversation', asked.slice(-1 - ahead));
  const isGap = (number: number, before: number) => number <= before || (number > first && number !== before + 1);
  if (asked.some((number, i) => i > 0 && isGap(number, asked[i - 1] ?? 0))) faults.push(`conversation: ${asked}`);
  torn += damagedLines;
  if (damagedLines > 1) faults.push(`conversation: ${damagedLines} damaged lines`);

  const numbered = (names: readonly (string | undefined)[]) =>
    names.map((name) => Number(name?.replace('number ', '')));
  const lists = await new StateFile(file('lists'), listState, log).read();
  demand('lists', numbered(lists?.shopping ?? []).slice(-1 - ahead));
  const timers = await new StateFile(file('timers'), timerState, log).read();
  demand('timers', [...numbered(timers?.timers.map(({ name }) => name) ?? [])]);

  const names = readdirSync(folder);
  if (names.includes(WRITTEN.settings)) {
    const { config } = await loadConfig({ file: file('settings'), env: {}, home: folder });
    const number = Number(config.llm.model.replace('model-', ''));
    demand('settings', [number]);
    if (config.audio.volume !== number % 101) faults.push(`settings: ${config.audio.volume} beside ${number}`);
  }
  // Those that begin anew where a file is damaged would hide it.
  for (const kind of ['speeds', 'voice', 'echo', 'token'] as const) {
    if (!names.includes(WRITTEN[kind])) continue;
    try {
      JSON.parse(readFileSync(file(kind), 'utf8'));
    } catch (error) {
      faults.push(`${kind}: ${error}`);
    }
  }
  const same = (kind: Written, value: (number: number) => unknown, there: unknown) => {
    const told = acknowledged[kind];
    if (told === undefined) return;
    for (let number = told; number <= told + ahead; number++) if (there === value(number)) return;
    lost++;
    faults.push(`${kind}: ${told} was kept, and ${String(there)} is there`);
  };
  const speed = new SpeedFile(file('speeds'), MODEL_NAMES).known.ttsFirstPieceMs;
  same('speeds', (number) => 100 + (number % 800), speed);
  same('voice', (number) => number % 101, new VoiceFile(file('voice'), CONFIGURED_VOICE).percent);
  same('echo', (number) => new Date(number).toISOString(), readKeptEcho(file('echo'))?.measuredAt);

  for (const kind of OWNER_ONLY) {
    if (names.includes(WRITTEN[kind]) && (statSync(file(kind)).mode & 0o777) !== 0o600)
      faults.push(`${kind}: its mode`);
  }
  const known = Object.values(WRITTEN).flatMap((name) => [name, `${name}.new`]);
  const litter = names.filter((name) => !known.includes(name) && name !== 'lost+found');
  if (litter.length > 0) faults.push(`litter: ${litter}`);
  return { faults, lost, torn, last };
}
