import { SPEECH_RATE_LIMITS, type SpeechRate } from '../speech/tts/speechRate.js';
import { type Amount, stepsOf } from './requestPhrases.js';

/** A listener notices it, and two of them are not too much. */
const STEP = 1.15;

/**
 * Changes how fast the voice speaks, as far as it goes.
 * @param pace `normal`: as configured
 * @returns undefined when it is changed, else why it cannot be
 */
export function stepRate(rate: SpeechRate, pace: 'slower' | 'faster' | 'normal', amount?: Amount): string | undefined {
  if (pace === 'normal') {
    rate.factor = 1;
    return undefined;
  }
  const from = rate.factor;
  const wanted = from * STEP ** (pace === 'faster' ? stepsOf(amount) : -stepsOf(amount));
  const { min, max } = SPEECH_RATE_LIMITS;
  // To two digits, so that as many steps back lead to where it was.
  rate.factor = Math.min(max, Math.max(min, Math.round(wanted * 100) / 100));
  return rate.factor === from ? `I cannot speak any ${pace}.` : undefined;
}
