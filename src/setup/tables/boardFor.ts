import type { BoardName } from '../../boards/boardProfiles.js';

/** What tells which board is plugged on. */
export interface BoardTraces {
  /** `/proc/device-tree/hat/product`, from the board's EEPROM; undefined for the many boards that have none. */
  readonly hatProduct: string | undefined;
  /** Names of the sound cards (`/proc/asound/card?/id`). */
  readonly cards: readonly string[];
}

/**
 * Boards by their traces. The ReSpeaker 2-Mics HAT and the Whisplay HAT have no EEPROM; their overlays name the sound
 * card, and the ones in the wild write it in several ways.
 */
const TRACES: readonly (readonly [BoardName, RegExp])[] = [
  ['whisplay', /whisplay|^wm8960-?sound-?card$/i],
  ['respeaker-2mic', /respeaker.*2.?mic|^seeed-?2mic/i],
];

/** The card that a setting names: "plughw:CARD=seeed2micvoicec". */
const NAMED_CARD = /^(?:plug)?hw:CARD=([^,]+)/;

/**
 * A device as it is set, with the name that the board's card has here: drivers have named the same card in several ways.
 * What is there under its name stays, and so does what is no card of this board.
 */
export function deviceHere(board: BoardName, cards: readonly string[], device: string): string {
  const [, pattern] = TRACES.find(([name]) => name === board) ?? [];
  const [, named] = NAMED_CARD.exec(device) ?? [];
  if (pattern === undefined || named === undefined || cards.includes(named) || !pattern.test(named)) return device;
  const here = cards.find((card) => pattern.test(card));
  return here === undefined ? device : device.replace(named, here);
}

/** The board that was found, and by what; undefined: none is known. */
export function boardFor({
  hatProduct,
  cards,
}: BoardTraces): { readonly board: BoardName; readonly why: string } | undefined {
  const traces = [
    ...(hatProduct === undefined ? [] : [{ text: hatProduct, why: `its EEPROM says "${hatProduct}"` }]),
    ...cards.map((card) => ({ text: card, why: `there is a sound card "${card}"` })),
  ];
  for (const { text, why } of traces) {
    const [board] = TRACES.find(([, pattern]) => pattern.test(text)) ?? [];
    if (board !== undefined) return { board, why };
  }
  return undefined;
}
