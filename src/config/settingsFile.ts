import { constants, existsSync } from 'node:fs';
import { access, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { replaceFile } from '../appliance/replaceFile.js';
import { systemErrorCode } from '../models/modelError.js';
import { BOARD_KEY } from './boardSetting.js';
import { ConfigError } from './configError.js';
import type { Layer } from './givenSetting.js';
import { checkedConfig } from './loadConfig.js';
import { settingMeaning } from './settingMeaning.js';
import { editToml } from './tomlEdit.js';
import { readToml } from './tomlFile.js';
import type { TomlValue } from './tomlText.js';

/** Values by the name of their setting: `audio.input`, `skills.mqtt.url`, `board`. */
export type SettingChanges = Readonly<Record<string, TomlValue>>;

/** What stands above everything in a file that is new. */
const FIRST_LINE =
  '# The configuration of Pressel, begun by "pressel setup". Change what you like: setup keeps what you write.';
const HEAD = `${FIRST_LINE}
# Every setting, and where its value comes from: pressel config
`;

/** The file cannot be written, or not without losing something. */
export class SettingsFileError extends Error {
  override readonly name = 'SettingsFileError';
}

/**
 * A configuration file that is changed value by value. What a person has written in it, comments, order and all, stays
 * byte for byte; a power cut leaves the old file or the new.
 */
export class SettingsFile {
  constructor(readonly path: string) {}

  /** What the file gives, not yet checked; undefined while there is none. @throws {ConfigError} when it cannot be read */
  async layer(): Promise<Layer | undefined> {
    const source = await this.#source();
    return source === undefined ? undefined : readToml(this.path, source);
  }

  /** Whether setup has begun it, or will. @throws {ConfigError} when it cannot be read */
  async isBegunBySetup(): Promise<boolean> {
    return (await this.#source())?.startsWith(FIRST_LINE) ?? true;
  }

  /** Finds out before anything else is done whether it could be written. @throws {SettingsFileError} */
  async demandWritable(): Promise<void> {
    try {
      const file = await realpath(this.path).catch(() => this.path);
      let folder = path.dirname(file);
      while (!existsSync(folder) && folder !== path.dirname(folder)) folder = path.dirname(folder);
      // The folder counts: the file is replaced and not written over.
      await access(folder, constants.W_OK);
    } catch (error) {
      throw unwritable(this.path, error);
    }
  }

  /**
   * Sets values; reads the file anew before, as somebody may have edited it meanwhile.
   * @returns whether anything had to be changed
   * @throws {ConfigError} when the file has an error, or would have one: it is left as it is
   * @throws {SettingsFileError} when it cannot be written
   */
  async set(changes: SettingChanges): Promise<boolean> {
    const before = await this.#source();
    if (before !== undefined) checkedConfig(this.path, readToml(this.path, before));
    let after = before ?? HEAD;
    for (const [name, value] of Object.entries(changes)) {
      const dot = name.lastIndexOf('.');
      const [section, key] = [name.slice(0, Math.max(0, dot)), name.slice(dot + 1)];
      after = editToml(after, { section, key, value, meaning: settingMeaning(section, key) });
    }
    if (after === (before ?? HEAD)) return false;
    const layer = readToml(this.path, after);
    checkedConfig(this.path, layer);
    this.#demandExact(before === undefined ? [] : readToml(this.path, before), layer, changes);
    await this.#write(after);
    return true;
  }

  /** An edit that does more or less than was asked never reaches the disk. */
  #demandExact(before: Layer, after: Layer, changes: SettingChanges): void {
    const expected = { ...valuesOf(before), ...changes };
    if (isDeepStrictEqual(valuesOf(after), expected)) return;
    const wanted = Object.entries(changes).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
    throw new SettingsFileError(
      `${this.path} is written in a way that cannot be changed safely. Set yourself: ${wanted.join(', ')}`,
    );
  }

  async #source(): Promise<string | undefined> {
    try {
      return await readFile(this.path, 'utf8');
    } catch (error) {
      const code = systemErrorCode(error);
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      throw new ConfigError([`${this.path}: cannot be read (${code ?? String(error)}); change its owner or its mode`]);
    }
  }

  async #write(text: string): Promise<void> {
    try {
      // A link, as people have who keep their settings elsewhere, stays one.
      const file = await realpath(this.path).catch(() => this.path);
      await replaceFile(file, text, existsSync(file) ? undefined : 0o644);
    } catch (error) {
      throw unwritable(this.path, error);
    }
  }
}

function unwritable(file: string, error: unknown): SettingsFileError {
  return new SettingsFileError(`${file} cannot be written: ${remedyFor(error)}`, { cause: error });
}

function valuesOf(layer: Layer): Record<string, unknown> {
  return Object.fromEntries(
    layer.flatMap((given): [string, unknown][] => {
      if ('problem' in given) return [];
      return 'board' in given ? [[BOARD_KEY, given.board]] : [[`${given.section}.${given.key}`, given.value]];
    }),
  );
}

function remedyFor(error: unknown): string {
  const code = systemErrorCode(error);
  switch (code) {
    case 'EROFS':
      return 'this file system is read-only (EROFS). On a Raspberry Pi: sudo raspi-config, Performance, Overlay File System, off; then restart.';
    case 'ENOSPC':
    case 'EDQUOT':
      return `the disk is full (${code}). Free some space, then: pressel setup`;
    case 'EACCES':
    case 'EPERM':
      return `this user may not (${code}). Run "sudo pressel setup", or choose another file with --config.`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
