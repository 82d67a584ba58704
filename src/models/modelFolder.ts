import path from 'node:path';

/**
 * Where models are kept: `PRESSEL_MODELS`, else `$XDG_DATA_HOME/pressel/models`, else `~/.local/share/pressel/models`.
 * A relative `XDG_DATA_HOME` is ignored, as the XDG base directory specification asks.
 */
export function modelFolder(env: Readonly<Record<string, string | undefined>>, home: string): string {
  const chosen = env['PRESSEL_MODELS'];
  if (chosen) return path.resolve(chosen);
  const dataHome = env['XDG_DATA_HOME'];
  const data = dataHome && path.isAbsolute(dataHome) ? dataHome : path.join(home, '.local', 'share');
  return path.join(data, 'pressel', 'models');
}
