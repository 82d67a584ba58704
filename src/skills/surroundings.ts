import type { SpeechRate } from '../speech/tts/speechRate.js';

/** The loudness of the speaker, which a skill may change. */
export interface Volume {
  /** 0 to 100, in steps that sound equal. */
  percent: number;
  /** Nothing is heard, and `percent` stays what it will be again. */
  isMuted: boolean;
}

/** The last thing that was said, for a user who wants it again. */
export interface LastReply {
  /** As it was given to the voice, chunk by chunk; empty when nothing was said yet. */
  readonly chunks: readonly string[];
  /** Since it was heard last (ms). */
  readonly ageMs: number;
}

/** What was said, as far as a skill may use it. */
export interface Talk {
  readonly lastReply: LastReply;
  /** Forgets what was said, with the question that is being answered. Resolves to whether it is off the disk as well. */
  forget(): Promise<boolean>;
}

/** What a skill may know of the world, and what it may change of the assistant. */
export interface Surroundings {
  /** The moment of the question. */
  readonly now: Date;
  /** BCP 47 tag of the language that is spoken, e.g. "en-GB". */
  readonly language: string;
  /** IANA time zone, e.g. "Europe/Lisbon". */
  readonly timeZone: string;
  /** Whether the owner says "nineteen hours" or "seven in the evening". */
  readonly clock: '12h' | '24h';
  /** Stands for the conversation: another one once what was said has been forgotten. Absent: each question stands alone. */
  readonly conversation?: symbol;
  /** Absent where a change would not outlast the answer. */
  readonly volume?: Volume;
  /** Absent likewise. */
  readonly rate?: SpeechRate;
  /** Absent where the user has asked for nothing themselves: the model calls a skill. */
  readonly talk?: Talk;
}
