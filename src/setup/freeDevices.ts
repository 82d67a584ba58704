import type { Dialogue } from './dialogue.js';
import type { StepReport } from './setupStep.js';
import type { ClaimDevices } from './soundTests.js';

/** Why a test is not made, which has been told; undefined: it may be made. */
export type NoTest = (Pick<StepReport, 'left'> & { readonly why: string }) | undefined;

/**
 * Asks, once, what to do about an appliance that has the devices: stop it, or go on without tests.
 * @param isWanted false: the owner wants no tests at all
 */
export function freeDevices(claim: ClaimDevices, isWanted: boolean): (dialogue: Dialogue) => Promise<NoTest> {
  let answer: Promise<NoTest> | undefined;
  const ask = async (dialogue: Dialogue): Promise<NoTest> => {
    if (!isWanted) return { why: 'Not tried (--no-sound).', left: [] };
    for (;;) {
      const inUse = claim();
      if (inUse === undefined) return undefined;
      const { by, stop } = inUse;
      dialogue.tell(`${by} and has the sound devices, the button and the LEDs.`, 'warning');
      const again = await dialogue.choose(
        `Stop it in another terminal (${stop}), or go on without the tests?`,
        [
          { value: true, label: 'I have stopped it: look again' },
          { value: false, label: 'Go on without testing sound, button and LEDs' },
        ],
        false,
      );
      if (!again) {
        const left = `Sound, button and LEDs were not tested, as ${by}: ${stop}; then: pressel setup`;
        return { why: `Not tried: ${by}.`, left: [left] };
      }
    }
  };
  return async (dialogue) => {
    answer ??= ask(dialogue);
    const noTest = await answer;
    if (noTest !== undefined) dialogue.tell(noTest.why);
    return noTest;
  };
}
