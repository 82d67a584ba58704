import { access, constants, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemErrorCode } from '../../failures/systemErrorCode.js';
import type { SkillProblem } from './skillProblem.js';

/** Far more than anybody writes by hand; reading it would hold up the start. */
const MAX_FILE_BYTES = 1_000_000;

/** Modules and tables. What begins with a dot is hidden, such as an editor's copy. */
const OWN_SKILL_FILE = /^[^.].*\.(?:[mc]?js|toml)$/;

/** The files of `skills.d` that may be loaded, in the order of their names; each other one is a problem. */
export async function ownSkillFiles(folder: string, problems: SkillProblem[]): Promise<readonly string[]> {
  try {
    if (!(await isSafe(folder, problems))) return [];
    const names = (await readdir(folder)).filter((name) => OWN_SKILL_FILE.test(name)).sort();
    const files: string[] = [];
    for (const name of names) {
      const file = path.join(folder, name);
      if (await isLoadable(file, problems)) files.push(file);
    }
    return files;
  } catch (error) {
    const code = systemErrorCode(error);
    const remedy = 'It has to be a folder that this user may read (skills.folder).';
    if (code !== 'ENOENT')
      problems.push({ where: folder, what: `cannot be read (${code ?? error})`, remedy, isSkipped: true });
    return [];
  }
}

async function isLoadable(file: string, problems: SkillProblem[]): Promise<boolean> {
  const skip = (what: string, remedy: string) => {
    problems.push({ where: file, what, remedy, isSkipped: true });
    return false;
  };
  try {
    const found = await stat(file);
    // A pipe would be read for ever.
    if (!found.isFile()) return skip('is no file', 'Move it out of this folder, or give it another name.');
    if (found.size > MAX_FILE_BYTES) {
      return skip(`has ${found.size} bytes, more than ${MAX_FILE_BYTES}`, 'Keep its data in a file beside it.');
    }
    await access(file, constants.R_OK);
    return await isSafe(file, problems);
  } catch (error) {
    return skip(`cannot be read (${systemErrorCode(error) ?? error})`, 'Make it a file that this user may read.');
  }
}

/** What anyone may write is not run: on a shared computer it would be anyone's program. */
async function isSafe(place: string, problems: SkillProblem[]): Promise<boolean> {
  if (((await stat(place)).mode & 0o002) === 0) return true;
  problems.push({
    where: place,
    what: 'may be written by every user of this computer',
    remedy: `Run: chmod o-w ${place}`,
    isSkipped: true,
  });
  return false;
}
