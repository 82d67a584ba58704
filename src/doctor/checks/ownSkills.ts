import path from 'node:path';
import type { OwnSkills } from '../../skills/own/openOwnSkills.js';
import { problemLine } from '../../skills/own/skillProblem.js';
import type { Check } from '../check.js';

/**
 * Whether the owner's skills can be loaded. Nothing of them is run but what a module does while it is imported.
 * @param folder where they are (`skills.folder`)
 * @param open loads them and starts no server
 */
export function ownSkillsCheck(folder: string, open: () => Promise<OwnSkills>): Check {
  return {
    group: 'skills',
    name: 'your own',
    run: async () => {
      const own = await open();
      try {
        const { problems } = own;
        const reason = `${countOf(own)} in ${folder}`;
        if (problems.length === 0) return { verdict: 'ok', reason };
        const wrong = problems.map((problem) =>
          problemLine({ ...problem, where: path.relative(folder, problem.where) || folder }),
        );
        return {
          verdict: 'degraded',
          reason: `${reason}; ${wrong.join(' ')}`,
          remedy: 'mend what is said there, then: pressel doctor',
          details: { problems },
        };
      } finally {
        await own.close();
      }
    },
  };
}

function countOf({ skills, tools, servers }: OwnSkills): string {
  const skillCount = new Set([...skills, ...tools].map(({ name }) => name)).size;
  const counted = [
    ...(skillCount === 0 ? [] : [`${skillCount} ${skillCount === 1 ? 'skill' : 'skills'}`]),
    ...(servers === 0 ? [] : [`${servers} ${servers === 1 ? 'server' : 'servers'} of tools (not started here)`]),
  ];
  return counted.length === 0 ? 'none' : counted.join(' and ');
}
