import { z } from 'zod';
import type { IntentSkill, SkillAnswer } from './intent.js';
import { isRecent, onceMore } from './onceMore.js';
import { amount, amountIn, stepsOf } from './requestPhrases.js';
import { percentOf } from './spokenPercent.js';
import type { Surroundings, Volume } from './surroundings.js';
import { type Slots, understanding } from './understanding.js';
import { VOLUME_PATTERNS } from './volumePhrases.js';
import { QUIETEST_PERCENT, STEP_PERCENT, stepVolume } from './volumeSteps.js';

export const NO_VOLUME = 'I cannot change how loud I am here.';

const args = z.object({
  action: z.enum(['louder', 'quieter', 'set', 'mute', 'unmute', 'tell']),
  amount,
  percent: z.number().min(0).max(100).optional().describe('set: the volume; louder, quieter: by how much'),
  again: z.boolean().optional().describe('the last reply is to be said again, as loud as it should have been'),
});
export type VolumeArgs = z.infer<typeof args>;

/**
 * "Louder", "turn it down a bit", "volume fifty". Who says right after a reply that it was not loud enough hears it again;
 * who sets the volume hears what it is.
 */
export const volumeSkill: IntentSkill<VolumeArgs> = {
  name: 'volume',
  description: 'Changes how loud you are, mutes and unmutes your voice, tells the volume.',
  args,
  isAside: true,
  reads: 'request',
  understand: understanding(VOLUME_PATTERNS, 'is about how loud the voice is', argsOf),
  run: async (asked, context) => (context.volume ? changed(context.volume, asked, context) : NO_VOLUME),
};

function argsOf(slots: Slots): VolumeArgs {
  const { by, level } = slots;
  if (slots['asks'] !== undefined) return { action: 'tell' };
  if (slots['mute'] !== undefined) return { action: 'mute' };
  if (slots['unmute'] !== undefined) return { action: 'unmute' };
  if (slots['loudest'] !== undefined) return { action: 'set', percent: 100 };
  if (slots['quietest'] !== undefined) return { action: 'set', percent: QUIETEST_PERCENT };
  if (level !== undefined) return { action: 'set', percent: percentOf(level) };
  return {
    action: slots['louder'] === undefined ? 'quieter' : 'louder',
    ...amountIn(slots),
    ...(by !== undefined && { percent: percentOf(by) }),
    ...(slots['again'] !== undefined && { again: true }),
  };
}

function changed(volume: Volume, { action, amount, percent, again }: VolumeArgs, { talk }: Surroundings): SkillAnswer {
  switch (action) {
    case 'tell':
      return told(volume);
    case 'mute':
      volume.isMuted = true;
      return '';
    case 'unmute':
      volume.isMuted = false;
      return told(volume);
    case 'set':
      if (percent === undefined) return 'Say how loud, as in: volume fifty.';
      volume.percent = Math.max(QUIETEST_PERCENT, percent);
      volume.isMuted = false;
      return percent < QUIETEST_PERCENT ? `${told(volume)} Below that I cannot be heard.` : told(volume);
    default: {
      const trouble = stepVolume(volume, action, percent ?? STEP_PERCENT * stepsOf(amount));
      if (trouble) return trouble;
      return again && talk && isRecent(talk.lastReply) ? onceMore(talk.lastReply.chunks) : told(volume);
    }
  }
}

function told({ percent, isMuted }: Volume): string {
  return `Volume ${Math.round(percent)} percent${isMuted ? ', muted' : ''}.`;
}
