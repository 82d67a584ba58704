import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../failures/messageOf.js';
import { systemErrorCode } from '../failures/systemErrorCode.js';
import { ConfigError } from './configError.js';

/** Where the installed service keeps its configuration. */
export const SYSTEM_CONFIG_FILE = '/etc/pressel/config.toml';

/** `$XDG_CONFIG_HOME/pressel/config.toml`, else `~/.config/pressel/config.toml`. */
export function userConfigFile(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const configHome = env['XDG_CONFIG_HOME'];
  const folder = configHome && path.isAbsolute(configHome) ? configHome : path.join(home, '.config');
  return path.join(folder, 'pressel', 'config.toml');
}

/**
 * Finds and reads the configuration file.
 * @param explicit the one that was asked for with `--config`: it must exist
 * @param candidates else the first of these that exists
 * @returns null when there is none
 * @throws {ConfigError} when the file is missing, a folder, or cannot be read
 */
export async function findConfigFile(
  explicit: string | undefined,
  candidates: readonly string[],
): Promise<{ file: string; source: string } | null> {
  for (const file of explicit === undefined ? candidates : [explicit]) {
    try {
      return { file, source: await readFile(file, 'utf8') };
    } catch (error) {
      const code = systemErrorCode(error);
      const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
      if (isMissing && explicit === undefined) continue;
      throw new ConfigError([`${file}: ${isMissing ? 'there is no such file' : unreadable(code, error)}`]);
    }
  }
  return null;
}

function unreadable(code: string | undefined, error: unknown): string {
  if (code === 'EISDIR') return 'is a folder; a configuration is one file, such as config.toml';
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not read it; change its owner or its mode';
  return `cannot be read: ${messageOf(error)}`;
}
