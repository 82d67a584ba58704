import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';

/** Why a program cannot be started. */
export type ProgramTrouble = 'missing' | 'notExecutable';

/**
 * Whether a program could be started.
 * @param program a path, or a name that is looked for in the folders of `searchPath`
 * @param folder where it would run, and where a relative path begins
 */
export async function programTrouble(
  program: string,
  searchPath: string,
  folder: string,
): Promise<ProgramTrouble | undefined> {
  const candidates = program.includes('/')
    ? [path.resolve(folder, program)]
    : searchPath.split(path.delimiter).flatMap((folder) => (folder === '' ? [] : [path.join(folder, program)]));
  let trouble: ProgramTrouble = 'missing';
  for (const candidate of candidates) {
    const isFile = await stat(candidate).then(
      (found) => found.isFile(),
      () => false,
    );
    if (!isFile) continue;
    try {
      await access(candidate, constants.X_OK);
      return undefined;
    } catch {
      trouble = 'notExecutable';
    }
  }
  return trouble;
}
