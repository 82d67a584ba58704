import type { Check } from '../check.js';
import type { Computer } from '../computer.js';
import { soundCardsOf } from '../soundCardList.js';

/** "hw:1,0", "plughw:1": a card by its number, which is given anew at each start and with each plug. */
const BY_NUMBER = /^((?:plug)?hw):(\d+)(?:,(\d+))?$/;

/** Whether the configured devices are named by what outlives a restart. @param settings as configured, by their names */
export function deviceNamesCheck(computer: Computer, settings: Readonly<Record<string, string>>): Check {
  return {
    group: 'audio',
    name: 'device names',
    run: async () => {
      const cards = soundCardsOf((await computer.text('/proc/asound/cards')) ?? '');
      const wrong = Object.entries(settings).flatMap(([setting, value]) => {
        const [, form, number, device = '0'] = BY_NUMBER.exec(value) ?? [];
        const id = cards.find((card) => card.number === Number(number))?.id ?? 'NAME';
        return form === undefined ? [] : [{ setting, value, better: `${form}:CARD=${id},DEV=${device}` }];
      });
      if (wrong.length === 0) return { verdict: 'ok', reason: 'none goes by the number of a card' };
      return {
        verdict: 'degraded',
        reason: `${wrong.map(({ setting, value }) => `${setting} = "${value}"`).join(' and ')}: cards are numbered anew at each start`,
        remedy: `set ${wrong.map(({ setting, better }) => `${setting} = "${better}"`).join(' and ')}`,
      };
    },
  };
}
