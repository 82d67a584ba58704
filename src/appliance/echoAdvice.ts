import type { EchoMeasurement } from '../../hardware/audio/echoProbe/echoMeasurement.js';
import type { EchoMode } from '../turn/interruption/interruptions.js';

export type { EchoMode };

/** A mode and, for people, the reason. */
export interface EchoAdvice {
  readonly mode: EchoMode;
  readonly why: string;
}

/** What is known beside the measurement. */
export interface EchoCircumstances {
  /** Whether somebody says that the chirps were heard in the room. */
  readonly chirpsHeard: boolean;
}

/** The voice at full volume: the bundled ones have 19.7 dB below full scale, RMS of the frames that sound. */
const OWN_SPEECH_DB = -20;

/**
 * A user at arm's length to a metre. Normal vocal effort has about 60 dB SPL at one metre (ANSI S3.5), which a MEMS
 * microphone (-26 dB of full scale at 94 dB SPL, as their data sheets have it) turns into -60 dB; USB microphones and
 * arrays raise that by about 30 dB, so that speech can be used at all. A guess for any one microphone: hence the margin.
 */
const USER_SPEECH_DB = -30;

/** How far the user must stand out for the recogniser to get the words: at 10 dB most survive another talker. */
const MARGIN_DB = 10;

/** The coupling up to which words are understood over the assistant's own. */
export const GUARDED_UP_TO_DB = USER_SPEECH_DB - MARGIN_DB - OWN_SPEECH_DB;

/** The text guard looks for a word no later than this after the playback said that it is heard (ms). */
const LATEST_ECHO_MS = 400;

/** Which mode fits devices with this echo; the safe one in doubt. */
export function recommendEcho(measured: EchoMeasurement, { chirpsHeard }: EchoCircumstances): EchoAdvice {
  const { outcome, echo, detectableDb } = measured;
  if (outcome === 'noSignal')
    return halfDuplex('the microphone gives digital silence, so nothing is known of the echo');
  if (outcome === 'unsteady') {
    return halfDuplex(
      'another echo was heard each time: somebody spoke, or a gain or an echo canceller keeps changing it',
    );
  }
  if (echo === undefined) {
    if (detectableDb > GUARDED_UP_TO_DB) {
      return halfDuplex(`the room is so loud that an echo below ${decibels(detectableDb)} would not be noticed`);
    }
    const nothing = `no echo above ${decibels(detectableDb)}`;
    return chirpsHeard
      ? {
          mode: 'aec',
          why: `the chirps sounded and the microphone heard ${nothing}: it is cancelled, or in headphones`,
        }
      : halfDuplex(`${nothing}, which a silent speaker has as well`);
  }
  const { levelDb, delayMs } = echo;
  if (levelDb > GUARDED_UP_TO_DB) {
    return halfDuplex(
      `the echo of ${decibels(levelDb)} would cover a user's voice: over ${decibels(GUARDED_UP_TO_DB)} words get lost`,
    );
  }
  if (delayMs > LATEST_ECHO_MS) {
    return halfDuplex(`the echo comes ${Math.round(delayMs)} ms late, more than the ${LATEST_ECHO_MS} ms that it may`);
  }
  return {
    mode: 'text-guard',
    why: `the echo of ${decibels(levelDb)} leaves a user's voice on top: up to ${decibels(GUARDED_UP_TO_DB)} words survive`,
  };
}

function halfDuplex(why: string): EchoAdvice {
  return { mode: 'half-duplex', why };
}

/** "-25 dB" */
export function decibels(value: number): string {
  return `${Math.round(value)} dB`;
}
