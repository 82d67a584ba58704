import { AudioError } from '../../../hardware/audio/drivers.js';
import { chooseSoundDevice } from '../chooseSoundDevice.js';
import type { Dialogue } from '../dialogue.js';
import type { NoTest } from '../freeDevices.js';
import type { SetupContext, SetupStep, StepReport } from '../setupStep.js';
import type { SoundInventory, SoundTests } from '../soundTests.js';
import { tellOverridden } from '../tellOverridden.js';

/** Chooses the speaker and plays a sound on it. */
export function speakerStep(sound: SoundTests, mayTest: (dialogue: Dialogue) => Promise<NoTest>): SetupStep {
  return {
    name: 'speaker',
    title: 'Speaker',
    run: async (context) => {
      const { dialogue, settings } = context;
      for (;;) {
        // Each time: another one may have been plugged in.
        const inventory = await sound.list();
        if (inventory.problem !== undefined) dialogue.tell(inventory.problem, 'warning');
        const found = {
          devices: inventory.devices.filter(({ outputChannels }) => outputChannels > 0).map(({ name }) => name),
        };
        const noTest = await mayTest(dialogue);
        const output = await chooseSoundDevice(dialogue, inventory, 'output', settings.current.config.audio.output);
        tellOverridden(dialogue, await settings.keep({ 'audio.output': output }));
        if (noTest !== undefined) return { outcome: 'skipped', found, chosen: { output }, ...noTest };
        const verdict = await tried(context, sound, inventory);
        if (verdict !== 'another') return { found, chosen: { output }, ...verdict };
      }
    },
  };
}

/** Plays until it is heard, or until another is wanted. */
async function tried(
  { dialogue, settings, signal }: SetupContext,
  sound: SoundTests,
  { held }: SoundInventory,
): Promise<'another' | Pick<StepReport, 'outcome' | 'left'>> {
  for (;;) {
    let problem: string;
    const live = dialogue.live();
    live.show('playing two rising notes ...');
    try {
      const name = await sound.playSample(settings.current.config, signal);
      live.end();
      dialogue.tell(`Played two rising notes on ${name}.`, 'good');
      if (!dialogue.isAttended || (await dialogue.confirm('Did you hear them?', true))) return { outcome: 'done' };
      problem = 'Nothing was heard from the speaker';
      dialogue.note('What usually helps', [
        'alsamixer          F6 chooses the card, M unmutes, the arrow keys make it louder',
        'Is it plugged in and switched on? Of two jacks on a board, is it the right one?',
        ...(held.length > 0 ? ['Another program holds a device: close it, see above.'] : []),
      ]);
    } catch (error) {
      live.end();
      if (!(error instanceof AudioError)) throw error;
      dialogue.tell(error.message, 'warning');
      problem = error.message;
    }
    const next = await dialogue.choose(
      'What now?',
      [
        { value: 'again', label: 'Play it once more' },
        { value: 'another', label: 'Choose another speaker' },
        { value: 'leave', label: 'Go on without' },
      ],
      dialogue.isAttended ? 'again' : 'leave',
    );
    if (next === 'another') return next;
    if (next === 'leave') return { outcome: 'left', left: [`${problem.replace(/\.$/, '')}. See: pressel devices`] };
  }
}
