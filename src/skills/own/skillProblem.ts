/** Something of the owner's skills that does not work as it should. The rest goes on. */
export interface SkillProblem {
  /** A file, with the line where there is one: `skills.d/plants.toml:3`. */
  readonly where: string;
  /** What is wrong, without a full stop. */
  readonly what: string;
  /** What the owner can do about it: a sentence. */
  readonly remedy: string;
  /** The skill is not there; else it is there and may fail. */
  readonly isSkipped: boolean;
}

/** For the log, and for `doctor`. */
export function problemLine({ where, what, remedy, isSkipped }: SkillProblem): string {
  return `${where}: ${what}${isSkipped ? ' (skipped)' : ''}. ${remedy}`;
}
