import type { HeldDevice } from '../../../hardware/audio/alsaCards.js';
import type { Check } from '../check.js';
import type { Computer } from '../computer.js';
import { soundCardsOf } from '../soundCardList.js';

/** What brings a sound card to a computer that has none. */
export const CONNECT =
  'connect a USB speakerphone and look for it with: lsusb; of a HAT, add its dtoverlay to /boot/firmware/config.txt and: sudo reboot';

/** Which sound cards the kernel knows, whether this user may use them, and who has one that is busy. */
export function soundCardsCheck(computer: Computer, held: () => Promise<readonly HeldDevice[]>): Check {
  return {
    group: 'audio',
    name: 'sound cards',
    run: async () => {
      const cards = soundCardsOf((await computer.text('/proc/asound/cards')) ?? '');
      if (cards.length === 0) {
        return {
          verdict: 'skipped',
          reason: 'the kernel knows none; a sound server may still offer some of its own',
          remedy: CONNECT,
        };
      }
      const names = cards.map(({ id, name }) => `${name} (hw:CARD=${id})`).join(', ');
      const devices = (await computer.names('/dev/snd')).filter((name) => name.startsWith('pcm'));
      const usable = await Promise.all(devices.map((name) => computer.usable(`/dev/snd/${name}`)));
      const busy = (await held()).map(
        ({ alsaId, direction, holder }) =>
          `${direction === 'input' ? 'microphone' : 'speaker'} of ${alsaId} in use by ${holder.command} (process ${holder.pid})`,
      );
      const details = { cards, busy };
      if (usable.includes('denied')) {
        return {
          verdict: 'broken',
          reason: `this user may not use ${names}`,
          remedy: 'sudo usermod -aG audio $USER, then log in again; of the service: SupplementaryGroups=audio',
          details,
        };
      }
      return { verdict: 'ok', reason: [names, ...busy].join('; '), details };
    },
  };
}
