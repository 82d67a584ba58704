import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const PROGRAMS = ['pulseaudio', 'parec', 'pacat', 'arecord', 'aplay'];

/** ALSA's plugin that leads to PulseAudio. It lies in a folder that is named after the processor. */
const PLUGIN = 'alsa-lib/libasound_module_pcm_pulse.so';

const PACKAGES = 'sudo apt install pulseaudio pulseaudio-utils libasound2-plugins alsa-utils';

/**
 * What a virtual sound card lacks on this computer, and how to install it, as the end of a sentence; false when nothing.
 * @param searchPath as in the environment variable `PATH`
 */
export function soundCardMissing(searchPath: string | undefined): string | false {
  const folders = (searchPath ?? '').split(path.delimiter);
  const missing = PROGRAMS.filter((program) => !folders.some((folder) => isExecutable(path.join(folder, program))));
  if (!libraryFolders().some((folder) => existsSync(path.join(folder, PLUGIN)))) missing.push(PLUGIN);
  return missing.length > 0 ? `needs ${missing.join(', ')}: ${PACKAGES}` : false;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function libraryFolders(): string[] {
  const root = '/usr/lib';
  return existsSync(root) ? [root, ...readdirSync(root).map((name) => path.join(root, name))] : [];
}
