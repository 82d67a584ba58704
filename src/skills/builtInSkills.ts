import type { ListBook } from '../lists/listBook.js';
import type { MathLibrary } from '../reckoning/openMath.js';
import type { TimerBook } from '../timers/timerBook.js';
import { alarmSkill } from './alarmSkill.js';
import { chanceSkill, systemRandom } from './chanceSkill.js';
import { dateSkill } from './dateSkill.js';
import { forgetSkill } from './forgetSkill.js';
import { goodbyeSkill } from './goodbyeSkill.js';
import type { IntentSkill } from './intent.js';
import { listSkill } from './listSkill.js';
import { mathSkill } from './mathSkill.js';
import { rateSkill } from './rateSkill.js';
import { repeatSkill } from './repeatSkill.js';
import { type StatusSource, statusSkill } from './statusSkill.js';
import { stopSkill } from './stopSkill.js';
import { timerSkill } from './timerSkill.js';
import { timeSkill } from './timeSkill.js';
import { unitsSkill } from './unitsSkill.js';
import { volumeSkill } from './volumeSkill.js';

/** What the skills know and change. */
export interface SkillSources {
  /** Undefined where the program ends before a timer rings. */
  readonly timers: TimerBook | undefined;
  readonly lists: ListBook;
  readonly math: MathLibrary;
  readonly status: StatusSource;
}

/**
 * The skills that need nothing but this computer, in the order in which they are asked: those that may ring come before
 * "stop", which means them when they do.
 */
export function builtInSkills({ timers, lists, math, status }: SkillSources): readonly IntentSkill<unknown>[] {
  return [
    timerSkill(timers),
    alarmSkill(timers),
    timeSkill,
    dateSkill,
    forgetSkill,
    repeatSkill,
    volumeSkill,
    rateSkill,
    stopSkill,
    goodbyeSkill,
    listSkill(lists),
    chanceSkill(systemRandom),
    unitsSkill(math),
    mathSkill(math),
    statusSkill(status),
  ];
}
