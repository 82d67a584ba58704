import { z } from 'zod';
import type { IntentSkill } from './intent.js';
import { isRecent, onceMore } from './onceMore.js';
import { stepRate } from './rateSteps.js';
import { AMOUNT, AMOUNT_BEHIND, amount, amountIn } from './requestPhrases.js';
import { ASKED } from './slots/requestFrame.js';
import { type Slots, understanding } from './understanding.js';

const args = z.object({ pace: z.enum(['slower', 'faster', 'normal']), amount });
export type RateArgs = z.infer<typeof args>;

export const NO_RATE = 'I cannot change how fast I speak here.';

const SPEAK = '(?:(?:speak|talk|read)(?:ing)?|go)';
const SLOWER = '(?<slower>slower|more slowly|less fast|less quickly)';
const FASTER = '(?<faster>faster|quicker|more quickly|less slowly)';
const YOU_SPEAK =
  "(?:(?:you(?:'?re| are) (?:(?:speaking|talking|reading|going) )?|you (?:speak|talk|read) |that(?:'?s| is| was) |it(?:'?s| is| was) ))";
const NORMAL = '(?:your |the |a )?(?:normal|usual|regular|default|original) (?:speed|pace|rate|tempo|voice)';

const PATTERNS = [
  new RegExp(`^${ASKED}(?:${SPEAK} )?${AMOUNT}(?:${SLOWER}|${FASTER})$`),
  new RegExp(`^${ASKED}${SPEAK} (?:(?<slower>slowly)|(?<faster>quickly|fast))$`),
  new RegExp(`^${ASKED}(?:(?<slower>slow down)|(?<faster>speed up))${AMOUNT_BEHIND}$`),
  new RegExp(`^(?:${YOU_SPEAK})?${AMOUNT}too (?:(?<slower>fast|quick|quickly)|(?<faster>slow|slowly))(?: for me)?$`),
  /^not (?:so|that|quite so) (?:(?<slower>fast|quick|quickly)|(?<faster>slow|slowly))$/,
  new RegExp(`^${ASKED}(?:(?:${SPEAK}|go back|return|back) )?(?:at |to |with |in )?(?<normal>${NORMAL})(?: again)?$`),
  new RegExp(`^${ASKED}(?:speak|talk) (?<normal>normally)(?: again)?$`),
];

const NOW = {
  slower: 'I speak slower now.',
  faster: 'I speak faster now.',
  normal: 'I speak at my normal speed now.',
} as const satisfies Record<RateArgs['pace'], string>;

/** "Slower", "speak a bit faster", "normal speed". Right after a reply, that is said again as it should have been. */
export const rateSkill: IntentSkill<RateArgs> = {
  name: 'rate',
  description: 'Changes how fast you speak.',
  args,
  isAside: true,
  reads: 'request',
  understand: understanding(PATTERNS, 'is about how fast the voice speaks', (slots) => ({
    pace: paceIn(slots),
    ...amountIn(slots),
  })),
  run: async ({ pace, amount }, { rate, talk }) => {
    if (!rate) return NO_RATE;
    const trouble = stepRate(rate, pace, amount);
    if (trouble) return trouble;
    return talk && isRecent(talk.lastReply) ? onceMore(talk.lastReply.chunks) : NOW[pace];
  },
};

function paceIn({ slower, normal }: Slots): RateArgs['pace'] {
  if (normal !== undefined) return 'normal';
  return slower === undefined ? 'faster' : 'slower';
}
