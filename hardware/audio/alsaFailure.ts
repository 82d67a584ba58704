import { AudioError } from './drivers.js';

/** One of the two programs of the Debian package alsa-utils, in the words for its owner. */
export interface AlsaRole {
  /** As it names itself in its messages. */
  readonly program: 'aplay' | 'arecord';
  readonly device: 'speaker' | 'microphone';
  /** "to ... sound with". */
  readonly verb: 'play' | 'record';
}

export const SPEAKER: AlsaRole = { program: 'aplay', device: 'speaker', verb: 'play' };
export const MICROPHONE: AlsaRole = { program: 'arecord', device: 'microphone', verb: 'record' };

/** Why the program could not be started. */
export function spawnFailure({ verb }: AlsaRole, command: string, cause: NodeJS.ErrnoException): AudioError {
  const message =
    cause.code === 'ENOENT'
      ? `There is no program ${command} to ${verb} sound with. Install it: sudo apt install alsa-utils`
      : `${command} does not start: ${cause.message}.`;
  return new AudioError('deviceMissing', message, { cause });
}

/** Why the program has ended, from what it said in English. @param name of the device, as ALSA knows it */
export function deviceFailure({ program, device, verb }: AlsaRole, name: string, stderr: string): AudioError {
  // ALSA's library may say a dozen lines before; the cause is in the program's own.
  const lines = stderr.split('\n').filter((line) => line.startsWith(`${program}:`));
  const said = lines.at(-1) ?? stderr.trim().split('\n').at(-1) ?? '';
  const what = `${device} "${name}"`;
  if (/busy/i.test(stderr)) {
    return new AudioError('deviceBusy', `The ${what} is in use by another program (${said}). Close that one.`);
  }
  // The second: a sound server is there, the device behind it is not.
  if (/audio open error|Unable to install hw params/.test(said)) {
    const remedy = `Connect one, or choose another: ${program} -L lists them.`;
    return new AudioError('deviceMissing', `There is no ${what} (${said}). ${remedy}`);
  }
  if (/set_params/.test(said)) return formatFailure(device, name, said);
  return new AudioError('deviceLost', `The ${what} no longer ${verb}s (${said}). Check that it is connected.`);
}

/** Why sound of this format cannot be had from the device itself. @param said by the program */
export function formatFailure(device: AlsaRole['device'], name: string, said: string): AudioError {
  const remedy = 'Choose its "plughw:" device, which converts.';
  return new AudioError('unsupported', `The ${device} "${name}" does not know such sound (${said}). ${remedy}`);
}
