import { FRAME_SAMPLES } from '../../../hardware/audio/pcm.js';
import { levelDb, SILENCE_DB } from '../../../hardware/audio/soundLevel.js';

/** What a recording of a spoken word tells. */
export interface RecordedWord {
  /** RMS of the loudest frames, where the word is (dB of full scale). */
  readonly speechDb: number;
  /** RMS of the quietest frames: the room (dB of full scale). */
  readonly roomDb: number;
  /** Share of the samples that reach full scale: their tops are cut off. */
  readonly clippedShare: number;
}

export type MicrophoneTrouble = 'noSignal' | 'clipping' | 'nothingSaid' | 'tooSoft' | 'noisy';

export interface MicrophoneRemark {
  readonly trouble: MicrophoneTrouble;
  readonly text: string;
  readonly remedy: string;
  /** What would bring the word to the usual level (dB), where that mends it. */
  readonly gainDb?: number;
}

const FULL_SCALE = 32_767;

/** The usual level of speech on telephone lines and in tests of speech systems (ITU-T P.830: -26 dB below overload). */
const USUAL_SPEECH_DB = -26;
/** Twenty dB less: a tenth of the amplitude, where the noise of cheap microphones begins to count. */
const SOFT_SPEECH_DB = USUAL_SPEECH_DB - 20;
/** Speech stands out of its room by more than this in any usable recording. */
const LEAST_SPEECH_OVER_ROOM_DB = 8;
/** Below this the VAD and the recogniser were measured without loss (90 % of frames and more at 10 dB, fewer at 5). */
const GOOD_SPEECH_OVER_ROOM_DB = 12;
/** One sample in a thousand: a knock on the table may clip once. */
const CLIPPED_SHARE = 0.001;
/** What the setting allows. */
const MOST_GAIN_DB = 40;

/** @param samples 16 kHz, mono */
export function measureWord(samples: Int16Array): RecordedWord {
  const levels: number[] = [];
  for (let at = 0; at + FRAME_SAMPLES <= samples.length; at += FRAME_SAMPLES) {
    levels.push(levelDb(samples.subarray(at, at + FRAME_SAMPLES)));
  }
  levels.sort((a, b) => a - b);
  const share = (part: number) => levels[Math.min(levels.length - 1, Math.floor(levels.length * part))] ?? SILENCE_DB;
  let clipped = 0;
  for (const x of samples) if (Math.abs(x) >= FULL_SCALE) clipped++;
  // A short word of 250 ms is the loudest tenth of three seconds; the room is heard in the quietest tenth.
  return { speechDb: share(0.95), roomDb: share(0.1), clippedShare: clipped / Math.max(1, samples.length) };
}

/** What is wrong with it, the first thing to mend; undefined: nothing. */
export function microphoneRemark({ speechDb, roomDb, clippedShare }: RecordedWord): MicrophoneRemark | undefined {
  const overRoomDb = speechDb - roomDb;
  if (speechDb <= SILENCE_DB) {
    return {
      trouble: 'noSignal',
      text: 'It gives digital silence: it is muted, or nothing is connected to this input.',
      remedy:
        'Look for a mute button on the device; then: alsamixer, F6 (choose the card), F4, unmute and raise "Capture" or "Mic".',
    };
  }
  if (clippedShare >= CLIPPED_SHARE) {
    return {
      trouble: 'clipping',
      text: 'It is too loud: the tops of the wave are cut off, and words are lost with them.',
      remedy: 'Lower the capture (alsamixer, F6, F4), or speak from farther away.',
    };
  }
  if (overRoomDb < LEAST_SPEECH_OVER_ROOM_DB) {
    return {
      trouble: 'nothingSaid',
      text: `No word stands out of the room (${decibels(speechDb)} against ${decibels(roomDb)}).`,
      remedy:
        'Speak up and near the microphone; if you did, this is another microphone than you think: choose another.',
    };
  }
  if (speechDb < SOFT_SPEECH_DB) {
    const gainDb = Math.min(MOST_GAIN_DB, Math.round(USUAL_SPEECH_DB - speechDb));
    return {
      trouble: 'tooSoft',
      text: `It is soft: ${decibels(speechDb)}, where ${decibels(USUAL_SPEECH_DB)} is usual.`,
      remedy: `Raise the capture (alsamixer, F6, F4), which is better, or let Pressel add ${gainDb} dB (audio.input_gain_db).`,
      gainDb,
    };
  }
  if (overRoomDb < GOOD_SPEECH_OVER_ROOM_DB) {
    return {
      trouble: 'noisy',
      text: `The room is loud: your voice stands only ${Math.round(overRoomDb)} dB out of it.`,
      remedy: 'Move the microphone nearer to you, or away from fans, music and the loudspeaker.',
    };
  }
  return undefined;
}

export function decibels(db: number): string {
  return `${Math.round(db)} dB`;
}

const LONGEST_BAR = 30;

/** A level as a bar, from -70 dB (nothing) to 0 dB. @param room how many characters it may have */
export function levelBar(db: number, room: number): string {
  const width = Math.max(0, Math.min(LONGEST_BAR, room));
  const filled = Math.max(0, Math.min(width, Math.round(((db + 70) / 70) * width)));
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
}
