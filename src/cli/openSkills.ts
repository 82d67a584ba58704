import path from 'node:path';
import { systemStatus } from '../appliance/systemStatus.js';
import { ListBook } from '../lists/listBook.js';
import { listState } from '../lists/listState.js';
import type { ChatModel } from '../llm/chatModel.js';
import type { Log } from '../observability/log.js';
import { openMath } from '../reckoning/openMath.js';
import { builtInSkills } from '../skills/builtInSkills.js';
import type { IntentSkill } from '../skills/intent.js';
import { noStore } from '../state/noStore.js';
import { StateFile } from '../state/stateFile.js';
import type { TimerBook } from '../timers/timerBook.js';

export interface SkillOpening {
  /** Undefined: nobody is asked, and nothing is kept on the disk. */
  readonly kept?: { readonly stateFolder: string; readonly model: ChatModel; readonly log: Log };
  /** Undefined where the program ends before anything rings. */
  readonly timers?: TimerBook;
}

/** All skills that come with the program. Loading the arithmetic blocks the thread: done before anybody is listened to. */
export async function openSkills({ kept, timers }: SkillOpening = {}): Promise<readonly IntentSkill<unknown>[]> {
  const lists = kept ? new StateFile(path.join(kept.stateFolder, 'lists.json'), listState, kept.log) : noStore;
  return builtInSkills({
    timers,
    lists: await ListBook.open(lists),
    math: openMath(),
    status: systemStatus(kept?.model, kept?.stateFolder ?? path.sep),
  });
}
