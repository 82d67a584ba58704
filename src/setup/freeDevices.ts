import type { Dialogue } from './dialogue.js';
import { ServiceCommandError } from './pausedService.js';
import type { StepReport } from './setupStep.js';
import type { ClaimDevices, DevicesInUse } from './soundTests.js';

/** Why a test is not made, which has been told; undefined: it may be made. */
export type NoTest = (Pick<StepReport, 'left'> & { readonly why: string }) | undefined;

/**
 * Asks, once, what to do about an appliance that has the devices: stop it, or go on without tests. What setup itself may
 * stop it offers to stop, and once: who starts it again has a reason.
 * @param isWanted false: the owner wants no tests at all
 */
export function freeDevices(claim: ClaimDevices, isWanted: boolean): (dialogue: Dialogue) => Promise<NoTest> {
  let answer: Promise<NoTest> | undefined;
  const ask = async (dialogue: Dialogue): Promise<NoTest> => {
    if (!isWanted) return { why: 'Not tried (--no-sound).', left: [] };
    for (let mayPause = true; ; ) {
      const inUse = await claim();
      if (inUse === undefined) return undefined;
      const { by, stop, pause } = inUse;
      if (pause !== undefined && mayPause) {
        mayPause = false;
        if (await paused(dialogue, { by, pause })) continue;
        const left = `Sound, button and LEDs were not tested, as ${by}: sudo pressel setup, and have it stopped`;
        return { why: `Not tried: ${by}.`, left: [left] };
      }
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

/** @returns whether it was wanted; where it has failed, that is told */
async function paused(
  dialogue: Dialogue,
  { by, pause }: Required<Pick<DevicesInUse, 'by' | 'pause'>>,
): Promise<boolean> {
  const question = `${by} and has the devices. Stop it while you set up? It is started again at the end.`;
  if (!(await dialogue.confirm(question, true))) return false;
  const live = dialogue.live();
  live.show('stopping it ...');
  try {
    await pause();
    live.end('The service is stopped for now.');
  } catch (error) {
    live.end();
    if (!(error instanceof ServiceCommandError)) throw error;
    dialogue.tell(`It could not be stopped: ${error.message}`, 'warning');
  }
  return true;
}
