import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Clock } from '../../../hardware/clock.js';
import { messageOf } from '../../failures/messageOf.js';
import { runCommand } from '../../processes/runCommand.js';
import { type CheckedSkill, checkOwnSkill, OwnSkillError } from './checkOwnSkill.js';
import { isPlainObject } from './jsonSchemaArgs.js';
import type { SkillProblem } from './skillProblem.js';

/** What a file does while it is imported (top-level await) may take so long; the program starts only after it. */
export const IMPORT_TIMEOUT_MS = 2000;

/** Imports one file of `skills.d`. A file that does not give a skill in time is a problem, and never an exception. */
export async function importSkill(file: string, clock: Clock): Promise<CheckedSkill | SkillProblem> {
  const problem = (what: string, remedy: string): SkillProblem => ({ where: file, what, remedy, isSkipped: true });
  let timer: unknown;
  const late = new Promise<'late'>((resolve) => {
    timer = clock.setTimeout(() => resolve('late'), IMPORT_TIMEOUT_MS);
  });
  try {
    const imported: unknown = await Promise.race([import(pathToFileURL(file).href), late]);
    if (imported === 'late') {
      return problem(
        `its import has not ended after ${IMPORT_TIMEOUT_MS / 1000} s`,
        'Do what takes long in run(), or without waiting for it.',
      );
    }
    return checkOwnSkill(exportOf(imported));
  } catch (error) {
    if (error instanceof OwnSkillError) return problem(error.message, 'Correct it and start again.');
    const message = messageOf(error);
    if (error instanceof SyntaxError) {
      const isCommonJs = file.endsWith('.js') && /\b(?:import|export)\b/.test(message);
      return {
        ...problem(`is no valid JavaScript module: ${message}`, 'Correct it and start again.'),
        where: await placeIn(file, clock),
        ...(isCommonJs && { remedy: 'Call it .mjs: this version of Node takes .js for CommonJS.' }),
      };
    }
    return problem(`threw while it was imported: ${message}`, 'Correct it and start again.');
  } finally {
    clock.clearTimeout(timer);
  }
}

/** The default export; that of what was compiled to CommonJS is one of its exports. */
function exportOf(imported: unknown): unknown {
  const exported = defaultOf(imported);
  const isCompiled = isPlainObject(exported) && exported['__esModule'] === true;
  return isCompiled ? defaultOf(exported) : exported;
}

function defaultOf(exports: unknown): unknown {
  return typeof exports === 'object' && exports !== null ? Reflect.get(exports, 'default') : undefined;
}

/** Where a syntax error is: an imported module's does not say so itself on every Node, `node --check` does. */
async function placeIn(file: string, clock: Clock): Promise<string> {
  const options = { env: {}, cwd: '/', timeoutMs: IMPORT_TIMEOUT_MS, clock };
  const check = await runCommand([process.execPath, '--check', file], options, new AbortController().signal);
  const [first = ''] = check.ended === 'exited' ? check.stderr.split('\n', 1) : [];
  const line = first.includes(path.basename(file)) ? /:(\d+)$/.exec(first)?.[1] : undefined;
  return line === undefined ? file : `${file}:${line}`;
}
