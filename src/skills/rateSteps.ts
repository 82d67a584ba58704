import { SPEECH_RATE_LIMITS, type SpeechRate } from '../speech/tts/speechRate.js';
import { stepsOf } from './requestPhrases.js';
import type { Slots } from './skill.js';

/** A listener notices it, and two of them are not too much. */
const STEP = 1.15;

/**
 * Changes how fast the voice speaks, as far as it goes.
 * @param slots `faster` or `slower`, with `bit` or `much`; `normal`: as configured
 * @returns undefined when it is changed, else why it cannot be
 */
export function stepRate(rate: SpeechRate, slots: Slots): string | undefined {
  if (slots['normal'] !== undefined) {
    rate.factor = 1;
    return undefined;
  }
  const from = rate.factor;
  const faster = slots['faster'] !== undefined;
  const wanted = from * STEP ** (faster ? stepsOf(slots) : -stepsOf(slots));
  const { min, max } = SPEECH_RATE_LIMITS;
  // To two digits, so that as many steps back lead to where it was.
  rate.factor = Math.min(max, Math.max(min, Math.round(wanted * 100) / 100));
  if (rate.factor !== from) return undefined;
  return faster ? 'I cannot speak any faster.' : 'I cannot speak any slower.';
}
