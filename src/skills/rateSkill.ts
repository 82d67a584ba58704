import { isRecent, onceMore } from './onceMore.js';
import { stepRate } from './rateSteps.js';
import { AMOUNT, AMOUNT_BEHIND, ASKED } from './requestPhrases.js';
import type { Skill, Slots } from './skill.js';

export const NO_RATE = 'I cannot change how fast I speak here.';

const SPEAK = '(?:speak|talk|read|go)';
const SLOWER = '(?<slower>slower|more slowly|less fast|less quickly)';
const FASTER = '(?<faster>faster|quicker|more quickly|less slowly)';
const YOU_SPEAK =
  "(?:(?:you(?:'?re| are) (?:(?:speaking|talking|reading|going) )?|you (?:speak|talk|read) |that(?:'?s| is| was) |it(?:'?s| is| was) ))";
const NORMAL = '(?:your |the |a )?(?:normal|usual|regular|default|original) (?:speed|pace|rate|tempo|voice)';

/** "Slower", "speak a bit faster", "normal speed". Right after a reply, that is said again as it should have been. */
export const rateSkill: Skill = {
  name: 'rate',
  isAside: true,
  reads: 'request',
  patterns: [
    new RegExp(`^${ASKED}(?:${SPEAK} )?${AMOUNT}(?:${SLOWER}|${FASTER})$`),
    new RegExp(`^${ASKED}${SPEAK} (?:(?<slower>slowly)|(?<faster>quickly|fast))$`),
    new RegExp(`^${ASKED}(?:(?<slower>slow down)|(?<faster>speed up))${AMOUNT_BEHIND}$`),
    new RegExp(`^(?:${YOU_SPEAK})?${AMOUNT}too (?:(?<slower>fast|quick|quickly)|(?<faster>slow|slowly))(?: for me)?$`),
    /^not (?:so|that|quite so) (?:(?<slower>fast|quick|quickly)|(?<faster>slow|slowly))$/,
    new RegExp(`^${ASKED}(?:(?:${SPEAK}|go back|return|back) )?(?:at |to |with |in )?(?<normal>${NORMAL})(?: again)?$`),
    new RegExp(`^${ASKED}(?:speak|talk) (?<normal>normally)(?: again)?$`),
  ],
  run: async ({ rate, lastReply, slots }) => {
    if (!rate) return NO_RATE;
    const trouble = stepRate(rate, slots);
    if (trouble) return trouble;
    return isRecent(lastReply) ? onceMore(lastReply.chunks) : told(slots);
  },
};

function told({ normal, faster }: Slots): string {
  if (normal !== undefined) return 'I speak at my normal speed now.';
  return faster === undefined ? 'I speak slower now.' : 'I speak faster now.';
}
