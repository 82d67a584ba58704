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
