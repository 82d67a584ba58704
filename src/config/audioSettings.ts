import { z } from 'zod';
import { decimal, flag, oneOf, text, whole } from './fieldKinds.js';

/** Microphone and speaker. */
export const audioSettings = z
  .strictObject({
    driver: oneOf(['auto', 'portaudio', 'naudiodon', 'alsa-utils', 'wav', 'null'])
      .default('auto')
      .describe(
        '"auto": PortAudio where its library is installed, else arecord and aplay. "wav": input and output are files; "null": silence.',
      ),
    input: text('"auto" or the name of a device ("pressel devices")')
      .default('auto')
      .describe('The microphone: part of its name, or its ALSA id; "auto": the system\'s default.'),
    output: text('"auto" or the name of a device ("pressel devices")')
      .default('auto')
      .describe('The speaker: part of its name, or its ALSA id; "auto": the system\'s default.'),
    input_channel: whole({ min: 1, max: 32 })
      .optional()
      .describe('Which channel of a microphone array is heard; unset: the first.'),
    input_gain_db: decimal({ min: -20, max: 40, unit: 'dB' })
      .default(0)
      .describe('Makes a quiet microphone louder; a limiter keeps it from clipping.'),
    volume: whole({ min: 0, max: 100, unit: 'percent' })
      .default(80)
      .describe('Loudness of the speaker, in steps that sound equal.'),
    echo: oneOf(['auto', 'half-duplex', 'text-guard', 'aec'])
      .default('auto')
      .describe(
        'How it avoids hearing itself. "half-duplex": while it speaks only the button interrupts it; "text-guard": you may talk into a reply, and what the microphone hears of the reply is known by its words and its loudness; "aec": likewise, where the device or the sound server cancels the echo; "auto": as "pressel doctor" has measured, else "aec" for a device that is known to cancel it, else "half-duplex".',
      ),
    earcons: flag().default(true).describe('Short sounds that say: listening, still thinking, done, error, muted.'),
  })
  .superRefine(({ driver, input, output }, context) => {
    if (driver !== 'wav') return;
    for (const [key, value] of Object.entries({ input, output })) {
      if (value === 'auto')
        context.addIssue({ code: 'custom', path: [key], message: 'a WAV file for audio.driver = "wav"' });
    }
  })
  .describe('Microphone and speaker.');
