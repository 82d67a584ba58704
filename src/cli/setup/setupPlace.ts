import { existsSync, readFileSync } from 'node:fs';
import { chown, lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { userConfigFile } from '../../config/configFile.js';
import type { Io } from '../io.js';

/** The user as which the service runs. */
export interface ServiceUser {
  readonly uid: number;
  readonly gid: number;
}

/** Its name, and where it keeps its state. */
const SERVICE_USER = 'pressel';
const SERVICE_STATE = '/var/lib/pressel';

/** Where settings, models and state go. */
export interface SetupPlace {
  readonly configFile: string;
  readonly env: Io['env'];
  readonly home: string;
  /** `models.folder` to be set; undefined: where it is anyway. */
  readonly modelsFolder?: string;
  /** To whom what root has made is given. */
  readonly owner?: ServiceUser;
}

export interface PlaceOptions {
  /** `--config`. */
  readonly explicit: string | undefined;
  readonly systemFile: string;
  readonly isRoot: boolean;
  readonly serviceUser: ServiceUser | undefined;
  /** Where the service keeps its state; for tests. */
  readonly serviceState?: string;
}

/**
 * The own settings and folders, or the system's file where there is one, as it counts for more. For root with the service
 * installed: the system's file and the service's own folders, so that what is fetched is found there. Without the service
 * root is a user like any other: a file for the system would count for everybody else, too.
 */
export function setupPlace({ env, home }: Pick<Io, 'env' | 'home'>, options: PlaceOptions): SetupPlace {
  const { explicit, systemFile, isRoot, serviceUser, serviceState = SERVICE_STATE } = options;
  const isForSystem = (isRoot && serviceUser !== undefined) || existsSync(systemFile);
  const configFile =
    explicit === undefined ? (isForSystem ? systemFile : userConfigFile(env, home)) : path.resolve(explicit);
  if (!isRoot || serviceUser === undefined || explicit !== undefined) return { configFile, env, home };
  const { XDG_DATA_HOME: _data, XDG_STATE_HOME: _state, ...rest } = env;
  return {
    configFile,
    env: { ...rest, STATE_DIRECTORY: serviceState },
    home: serviceState,
    modelsFolder: path.join(serviceState, 'models'),
    owner: serviceUser,
  };
}

/** The user of the service, where it is installed. @param passwd for tests */
export function readServiceUser(passwd = '/etc/passwd'): ServiceUser | undefined {
  let text: string;
  try {
    text = readFileSync(passwd, 'utf8');
  } catch {
    return undefined;
  }
  const [, uid, gid] = new RegExp(`^${SERVICE_USER}:[^:]*:(\\d+):(\\d+):`, 'm').exec(text) ?? [];
  return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** Gives the service what root has made in its folders. Follows no links, and leaves alone what belongs to others. */
export async function giveToService({ owner, home }: SetupPlace): Promise<void> {
  if (owner !== undefined) await give(home, owner);
}

async function give(entry: string, owner: ServiceUser): Promise<void> {
  const stats = await lstat(entry).catch(() => undefined);
  if (stats === undefined || stats.isSymbolicLink()) return;
  if (stats.uid === 0) await chown(entry, owner.uid, owner.gid);
  if (!stats.isDirectory()) return;
  for (const name of await readdir(entry)) await give(path.join(entry, name), owner);
}
