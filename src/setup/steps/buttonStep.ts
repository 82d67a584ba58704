import { GpioError } from '../../../hardware/gpio/drivers.js';
import type { BodyTests } from '../bodyTests.js';
import type { Dialogue } from '../dialogue.js';
import type { NoTest } from '../freeDevices.js';
import type { SetupStep } from '../setupStep.js';
import { tellOverridden } from '../tellOverridden.js';

const PATIENCE_MS = 15_000;

type Next = 'again' | 'turn' | 'leave';

/** Has the owner press the button. */
export function buttonStep(body: BodyTests, mayTest: (dialogue: Dialogue) => Promise<NoTest>): SetupStep {
  return {
    name: 'button',
    title: 'Button',
    run: async ({ dialogue, settings, signal }) => {
      const which = await body.button(settings.current.config);
      if (which === undefined) {
        const { driver } = settings.current.config.button;
        const why =
          driver === 'none' || driver === 'keyboard' ? `button.driver is "${driver}"` : 'This computer has no GPIO';
        const instead = driver === 'none' ? '' : ': in a terminal, the space bar is the button ("pressel run")';
        dialogue.tell(`${why}${instead}.`);
        return { outcome: 'skipped', found: { button: null } };
      }
      const found = { button: which };
      const noTest = await mayTest(dialogue);
      if (noTest !== undefined) return { outcome: 'skipped', found, ...noTest };
      dialogue.tell(which);
      if (!dialogue.isAttended || !(await dialogue.confirm('Try the button now?', true)))
        return { outcome: 'skipped', found };
      for (;;) {
        const { config } = settings.current;
        const live = dialogue.live();
        live.show(`Press the button now (${PATIENCE_MS / 1000} s) ...`);
        let trouble: string;
        let canTurn = false;
        try {
          const { seen } = await body.waitForPress(config, PATIENCE_MS, signal);
          live.end();
          if (seen === 'pressed') {
            dialogue.tell('Pressed: it works.', 'good');
            return { outcome: 'done', found };
          }
          canTurn = seen === 'downAtOnce';
          trouble = canTurn
            ? `${config.button.line} reads as pressed while nobody presses: it is stuck, or the other way round (button.active_low).`
            : `Nothing came from ${config.button.line}: is the button between this line and ground? See the wiring table of your board.`;
        } catch (error) {
          live.end();
          if (!(error instanceof GpioError)) throw error;
          trouble = error.message;
        }
        dialogue.tell(trouble, 'warning');
        const next = await dialogue.choose<Next>(
          'What now?',
          [
            { value: 'again', label: 'Try again' },
            ...(canTurn ? [{ value: 'turn' as const, label: 'Take it the other way round, and try again' }] : []),
            { value: 'leave', label: 'Go on without' },
          ],
          'again',
        );
        if (next === 'turn')
          tellOverridden(dialogue, await settings.keep({ 'button.active_low': !config.button.activeLow }));
        if (next === 'leave') return { outcome: 'left', found, left: [`The button: ${trouble}`] };
      }
    },
  };
}
