import { ConfigError } from '../config/configError.js';
import { SettingsFileError } from '../config/settingsFile.js';
import { SetupStopped } from './dialogue.js';
import { SetupRefusal } from './setupRefusal.js';
import type { SetupContext, SetupStep, StepReport } from './setupStep.js';

/** All that setup did, for `--json`. */
export interface SetupReport {
  readonly steps: readonly (StepReport & Pick<SetupStep, 'name'>)[];
  /** What is left to do, of all steps. */
  readonly left: readonly string[];
  /** The owner ended it early. */
  readonly stopped: boolean;
}

/**
 * Runs the steps one behind the other. A step that fails is left undone, and the others are taken all the same.
 * @throws {SetupRefusal | ConfigError | SettingsFileError} when nothing of it makes sense or nothing can be kept; the
 *   signal's reason
 */
export async function runSetup(steps: readonly SetupStep[], context: SetupContext): Promise<SetupReport> {
  const done: (StepReport & Pick<SetupStep, 'name'>)[] = [];
  let stopped = false;
  for (const [index, step] of steps.entries()) {
    context.dialogue.title(`${index + 1} of ${steps.length}  ${step.title}`);
    try {
      done.push({ name: step.name, ...(await reportOf(step, context)) });
    } catch (error) {
      if (!(error instanceof SetupStopped)) throw error;
      stopped = true;
      break;
    }
  }
  // Several steps may wait for one and the same thing.
  return { steps: done, left: [...new Set(done.flatMap(({ left = [] }) => left))], stopped };
}

async function reportOf(step: SetupStep, context: SetupContext): Promise<StepReport> {
  context.signal.throwIfAborted();
  try {
    return await step.run(context);
  } catch (error) {
    context.signal.throwIfAborted();
    const endsAll = [SetupStopped, SetupRefusal, ConfigError, SettingsFileError].some((kind) => error instanceof kind);
    if (endsAll) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    context.dialogue.tell(reason, 'warning');
    return { outcome: 'left', left: [`${step.title}: ${reason}`] };
  }
}
