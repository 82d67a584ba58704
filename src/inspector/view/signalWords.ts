import type { LedPattern } from '../../../hardware/leds/pattern.js';
import type { LedSignal, LedSignals } from '../../../hardware/leds/signals.js';

const MEANINGS: Readonly<Record<LedSignal, string>> = {
  idle: 'waits',
  listening: 'listens',
  hearing: 'hears you',
  thinking: 'thinks',
  speaking: 'speaks',
  followUp: 'listens for more',
  muted: 'is muted',
  warmingUp: 'warms up',
  counting: 'hold on to mute',
  ringing: 'rings',
  microphoneLost: 'has no microphone',
  speakerLost: 'has no speaker',
  modelUnreachable: 'reaches no language model',
  error: 'has met a problem',
  shuttingDown: 'shuts down',
};

const MOVEMENTS: Readonly<Record<LedPattern['kind'], string>> = {
  off: 'dark',
  solid: 'steady',
  breathe: 'breathing',
  blink: 'blinking',
  spin: 'circling',
  pulse: 'flashing',
};

/** What LEDs say, in words, and how they say it: "listens (steady); is muted (flashing)". */
export function signalsInWords(
  { base, muted, faults }: LedSignals,
  patterns: Readonly<Record<LedSignal, LedPattern>>,
): string {
  const signals: LedSignal[] = [base, ...(muted && base !== 'muted' ? (['muted'] as const) : []), ...faults];
  return signals.map((signal) => `${MEANINGS[signal]} (${MOVEMENTS[patterns[signal].kind]})`).join('; ');
}
