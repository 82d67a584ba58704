import { BOARD_NAMES, BOARD_PROFILES, type BoardName } from '../boards/boardProfiles.js';
import type { Complaint, GivenBoard, GivenSetting, Layer, Origin } from './givenSetting.js';
import { didYouMean } from './nearestName.js';

/** The top-level key of the file that chooses a board. */
export const BOARD_KEY = 'board';

/** The board that holds, and where its choice came from. */
export interface ChosenBoard {
  readonly name: BoardName;
  readonly origin: Origin;
}

/** The last board that was given, as it is known here. Without any: `none`. */
export function chooseBoard(layers: Layer): { readonly board: ChosenBoard; readonly problems: readonly string[] } {
  let board: ChosenBoard = { name: 'none', origin: 'default' };
  const problems: string[] = [];
  for (const given of layers) {
    if (!isBoard(given)) continue;
    const name = BOARD_NAMES.find((known) => known === given.board);
    if (name !== undefined) board = { name, origin: given.origin };
    else problems.push(unknownBoard(given));
  }
  return { board, problems };
}

/** The defaults that a board stands for, as a layer of its own. */
export function boardLayer(name: BoardName): readonly GivenSetting[] {
  const origin = `board ${name}` as const;
  return Object.entries(BOARD_PROFILES[name].settings).flatMap(([section, values]) =>
    Object.entries(values).map(([key, value]) => ({ section, key, value, origin, where: origin, isText: false })),
  );
}

export function isBoard(given: GivenSetting | GivenBoard | Complaint): given is GivenBoard {
  return 'board' in given;
}

function unknownBoard({ board, where }: GivenBoard): string {
  const expected = BOARD_NAMES.map((known) => `"${known}"`).join(', ');
  const meant = typeof board === 'string' ? didYouMean(board, BOARD_NAMES) : '';
  return `${where}: ${BOARD_KEY}: expected one of ${expected}, found ${JSON.stringify(board) ?? String(board)}${meant}`;
}
