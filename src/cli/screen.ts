import type { Writable } from 'node:stream';
import type { TerminalInput } from '../../hardware/gpio/keyboard/rawTerminal.js';
import type { AssistantSnapshot } from '../appliance/appliance.js';
import type { BodyTerminal } from '../appliance/openBody.js';
import type { Io } from './io.js';
import { StatusLine } from './statusLine.js';

/** How often the level meter moves. */
const REFRESH_MS = 100;

/** How microphone and speaker are doing. */
export interface SoundStatus {
  /** At the microphone, dB of full scale; undefined where it is not open. */
  readonly levelDb: number | undefined;
  /** How often sound was lost since the start, on its way in or out. */
  readonly dropouts: number;
}

/** The terminal of an appliance that runs in one: its keys, and one line that shows what it does. */
export interface ApplianceScreen extends BodyTerminal {
  /** Whole lines that stay, above the status. */
  readonly log: Writable;
  follow(snapshot: AssistantSnapshot): void;
  /** What was understood last. */
  heard(transcript: string): void;
  /** Asks from now on how the sound is. */
  watch(sound: () => SoundStatus): void;
  close(): void;
}

/** What the owner is told of a fault in the status line. */
const TROUBLES = {
  microphoneLost: 'no microphone',
  speakerLost: 'no speaker',
  modelUnreachable: 'no language model',
} as const;

/** A screen where people sit at the terminal, else undefined: then there is the log. */
export function openScreen(io: Io, onQuit: () => void): ApplianceScreen | undefined {
  const input: TerminalInput = io.stdin as TerminalInput;
  const output = io.stderr as Io['stderr'] & { readonly isTTY?: boolean };
  if (input.isTTY !== true || output.isTTY !== true) return undefined;
  const line = new StatusLine(output);
  let sound: () => SoundStatus = () => ({ levelDb: undefined, dropouts: 0 });
  let status = { light: '○', state: 'starting', transcript: '', troubles: [] as readonly string[] };
  const show = (change: Partial<typeof status> = {}) => {
    status = { ...status, ...change };
    const { levelDb, dropouts } = sound();
    const lost = dropouts === 0 ? [] : [`${dropouts} dropouts`];
    line.show({ ...status, troubles: [...status.troubles, ...lost], levelDb });
  };
  const timer = setInterval(show, REFRESH_MS);
  timer.unref();
  return {
    keys: { input, output, onQuit },
    log: line.log,
    drawLight: (light) => show({ light }),
    follow: (snapshot) =>
      show({
        state: stateName(snapshot),
        troubles: Object.entries(TROUBLES).flatMap(([tag, text]) =>
          snapshot.hasTag(tag as keyof typeof TROUBLES) ? [text] : [],
        ),
      }),
    heard: (transcript) => {
      if (transcript !== '') show({ transcript });
    },
    watch: (asked) => {
      sound = asked;
    },
    close: () => {
      clearInterval(timer);
      line.close();
    },
  };
}

/** The turn's state with what is inside it where that says more: `listening`, `starting: warming`. */
function stateName({ value }: AssistantSnapshot): string {
  const { turn } = value;
  if (typeof turn === 'string') return turn;
  const [[outer, inner] = ['', '']] = Object.entries(turn);
  return outer === 'starting' || inner === 'failed' ? `${outer}: ${inner}` : outer;
}
