/** What a skill may know of the world. */
export interface Surroundings {
  /** The moment of the question. */
  readonly now: Date;
  /** BCP 47 tag of the language that is spoken, e.g. "en-GB". */
  readonly language: string;
  /** IANA time zone, e.g. "Europe/Lisbon". */
  readonly timeZone: string;
  /** Whether the owner says "nineteen hours" or "seven in the evening". */
  readonly clock: '12h' | '24h';
}

/** The world as a skill finds it, and what it can do there. */
export interface SkillContext extends Surroundings {
  /** Forgets what was said, with the question that is being answered. Resolves to whether it is off the disk as well. */
  readonly forgetConversation: () => Promise<boolean>;
}

/** Answers one kind of request without a language model. */
export interface Skill {
  /** Name in routes: "time" is routed as "intent:time". */
  readonly name: string;
  /** Utterances that it answers, after `plainWords`; each pattern covers the whole utterance. */
  readonly patterns: readonly RegExp[];
  /** The spoken answer. */
  run(context: SkillContext, signal: AbortSignal): Promise<string>;
}
