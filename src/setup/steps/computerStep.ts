import { formatBytes } from '../../models/freeSpace.js';
import { SetupStopped } from '../dialogue.js';
import { SetupRefusal } from '../setupRefusal.js';
import type { SetupStep } from '../setupStep.js';
import { type ComputerFacts, requirementsOf } from '../tables/computerRequirements.js';

/** What the computer is, and whether it can do the work. Refuses where it cannot. */
export function computerStep(facts: ComputerFacts): SetupStep {
  return {
    name: 'computer',
    title: 'This computer',
    run: async ({ dialogue }) => {
      const requirements = requirementsOf(facts);
      const refused = requirements.filter(({ weight }) => weight === 'refused');
      if (refused.length > 0) throw new SetupRefusal(refused.map(({ text }) => text).join('\n'));
      const { model, arch, memoryBytes, nodeVersion } = facts;
      dialogue.tell(
        `${model ?? `A computer (${arch}) that is no Raspberry Pi`}, ${formatBytes(memoryBytes)} of memory, Node ${nodeVersion}`,
        'good',
      );
      const warnings = requirements.map(({ text }) => text);
      for (const text of warnings) dialogue.tell(text, 'warning');
      if (warnings.length > 0 && !(await dialogue.confirm('Go on all the same?', true))) throw new SetupStopped();
      const found = { model: model ?? null, arch, memoryBytes, nodeVersion, freeBytes: facts.freeBytes ?? null };
      return { outcome: warnings.length > 0 ? 'left' : 'done', found, left: warnings };
    },
  };
}
