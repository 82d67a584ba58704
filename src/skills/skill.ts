import type { SpeechRate } from '../speech/tts/speechRate.js';

/** The loudness of the speaker, which a skill may change. */
export interface Volume {
  /** 0 to 100, in steps that sound equal. */
  percent: number;
  /** Nothing is heard, and `percent` stays what it will be again. */
  isMuted: boolean;
}

/** What a skill may know of the world, and what it may change of the assistant's voice. */
export interface Surroundings {
  /** The moment of the question. */
  readonly now: Date;
  /** BCP 47 tag of the language that is spoken, e.g. "en-GB". */
  readonly language: string;
  /** IANA time zone, e.g. "Europe/Lisbon". */
  readonly timeZone: string;
  /** Whether the owner says "nineteen hours" or "seven in the evening". */
  readonly clock: '12h' | '24h';
  /** Absent where a change would not outlast the answer. */
  readonly volume?: Volume;
  /** Absent likewise. */
  readonly rate?: SpeechRate;
}

/** The last thing that was said, for a user who wants it again. */
export interface LastReply {
  /** As it was given to the voice, chunk by chunk; empty when nothing was said yet. */
  readonly chunks: readonly string[];
  /** Since it was heard last (ms). */
  readonly ageMs: number;
}

/** The world as a skill finds it, and what it can do there. */
export interface SkillContext extends Surroundings {
  /** What the named groups of the pattern matched. */
  readonly slots: Slots;
  readonly lastReply: LastReply;
  /** Forgets what was said, with the question that is being answered. Resolves to whether it is off the disk as well. */
  readonly forgetConversation: () => Promise<boolean>;
}

/** Parts of an utterance by name: `{ level: "forty" }` of "volume forty". */
export type Slots = Readonly<Record<string, string>>;

/** Words, or the chunks of the last reply to be spoken as they were; '' where silence is the answer. */
export type SkillAnswer = string | readonly string[];

/** Answers one kind of request without a language model. */
export interface Skill {
  /** Name in routes: "time" is routed as "intent:time". */
  readonly name: string;
  /** Utterances that it answers, reduced as `reads` says; each pattern covers the whole utterance. */
  readonly patterns: readonly RegExp[];
  /** A question loses its "can you tell me" and "again" (`plainWords`), a request does not (`requestWords`). Default: question. */
  readonly reads?: 'question' | 'request';
  /**
   * The request is about the last reply or its voice. Neither it nor the answer becomes part of the conversation: the model
   * would read the same reply twice, and a second "louder" would repeat the first one's "volume fifty percent".
   */
  readonly isAside?: true;
  /** The spoken answer. */
  run(context: SkillContext, signal: AbortSignal): Promise<SkillAnswer>;
}
