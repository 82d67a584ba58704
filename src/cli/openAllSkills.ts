import { systemClock } from '../../hardware/clock.js';
import type { Config } from '../config/config.js';
import type { LoadedConfig } from '../config/loadConfig.js';
import type { Log } from '../observability/log.js';
import { homeSkill } from '../skills/homeSkill.js';
import type { IntentSkill } from '../skills/intent.js';
import type { Io } from './io.js';
import { openConfiguredSkills } from './openConfiguredSkills.js';
import { openHome } from './openHome.js';
import { openSkills, type SkillOpening } from './openSkills.js';

/** Everything that can be asked for, by an utterance or by the chat model. */
export interface AllSkills {
  /** In the order in which they are asked: the owner's come last, so that "stop" stays ours. */
  readonly skills: readonly IntentSkill<unknown>[];
  /** Of the skills that come with the program. */
  readonly builtInNames: readonly string[];
  /** What the chat model may call at this moment: servers come and go. */
  readonly tools: readonly IntentSkill<unknown>[];
  /** Resolves when the owner's servers have offered their tools, as far as they can. */
  readonly settled: Promise<void>;
  /** Ends what the owner's skills have started. */
  close(): Promise<void>;
}

/**
 * The skills that come with the program, Home Assistant's where it is configured, and the owner's. The caller closes them.
 * @param loaded where `file` is undefined, nobody has asked for the owner's: a benchmark
 */
export async function openAllSkills(
  { config, file }: { readonly config: Config; readonly file: LoadedConfig['file'] | undefined },
  io: Io,
  log: Log,
  opening: SkillOpening,
): Promise<AllSkills> {
  const home = openHome(config, io.env, systemClock);
  const builtIn = [...(await openSkills(opening)), ...(home ? [homeSkill(home, log)] : [])];
  const own = file === undefined ? undefined : await openConfiguredSkills({ config, file }, io, log, builtIn);
  return {
    skills: [...builtIn, ...(own?.skills ?? [])],
    builtInNames: builtIn.map(({ name }) => name),
    get tools() {
      return [...builtIn.filter(({ isAside }) => !isAside), ...(own?.tools ?? [])];
    },
    settled: own?.settled ?? Promise.resolve(),
    close: async () => own?.close(),
  };
}
