import { BOARD_NAMES, BOARD_PROFILES, type BoardName } from '../../boards/boardProfiles.js';
import type { SettingChanges } from '../../config/settingsFile.js';
import type { SetupSettings, SetupStep } from '../setupStep.js';
import { type BoardTraces, boardFor, deviceHere } from '../tables/boardFor.js';
import { tellOverridden } from '../tellOverridden.js';

/** Which board is plugged on: its profile is the default of the button, the LEDs and the sound devices. */
export function boardStep(traces: () => Promise<BoardTraces>): SetupStep {
  return {
    name: 'board',
    title: 'Board',
    run: async ({ dialogue, settings }) => {
      const seen = await traces();
      const detected = boardFor(seen);
      const { name: current, origin } = settings.current.board;
      if (detected !== undefined) {
        dialogue.tell(`Found: ${BOARD_PROFILES[detected.board].description} (${detected.why})`, 'good');
      } else if (seen.hatProduct !== undefined) {
        dialogue.tell(
          `A board "${seen.hatProduct}" is plugged on; there is no profile for it, so set its parts one by one.`,
        );
      }
      // What somebody has chosen before counts for more than a guess.
      const recommended = origin === 'default' ? (detected?.board ?? 'none') : current;
      const board = await dialogue.choose<BoardName>(
        'What is plugged onto the computer?',
        BOARD_NAMES.map((name) => ({
          value: name,
          label: labelOf(name),
          ...(name === detected?.board ? { hint: 'found' } : {}),
        })),
        recommended,
      );
      tellOverridden(dialogue, await settings.keep({ board }));
      // The profile has the name that most drivers give the card.
      tellOverridden(dialogue, await settings.keep(renamedDevices(settings, board, seen.cards)));
      return {
        outcome: 'done',
        found: { ...seen, hatProduct: seen.hatProduct ?? null, detected: detected?.board ?? null },
        chosen: { board },
      };
    },
  };
}

/** Sound devices that are here under another name than the one that is set. */
function renamedDevices({ current }: SetupSettings, board: BoardName, cards: BoardTraces['cards']): SettingChanges {
  const { input, output } = current.config.audio;
  const [inputHere, outputHere] = [deviceHere(board, cards, input), deviceHere(board, cards, output)];
  return {
    ...(inputHere === input ? {} : { 'audio.input': inputHere }),
    ...(outputHere === output ? {} : { 'audio.output': outputHere }),
  };
}

function labelOf(name: BoardName): string {
  const { description } = BOARD_PROFILES[name];
  return description.charAt(0).toUpperCase() + description.slice(1);
}
