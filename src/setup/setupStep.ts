import type { LoadedConfig } from '../config/loadConfig.js';
import type { SettingChanges } from '../config/settingsFile.js';
import type { Dialogue } from './dialogue.js';

export const STEP_NAMES = [
  'computer',
  'board',
  'speaker',
  'microphone',
  'button',
  'leds',
  'chatModel',
  'speechModels',
  'inspector',
  'firstQuestion',
] as const;

export type StepName = (typeof STEP_NAMES)[number];

/** What a step works with. */
export interface SetupContext {
  readonly dialogue: Dialogue;
  readonly settings: SetupSettings;
  /** How the owner calls a subcommand for what is set up here: `setup` is "sudo pressel setup" for the service. */
  readonly command: (subcommand: string) => string;
  readonly signal: AbortSignal;
}

/** The settings as they are and as they become. */
export interface SetupSettings {
  /** With what was kept so far. */
  readonly current: LoadedConfig;
  /**
   * Writes values at once, so that whoever stops now finds them next time. Into a file that a person has begun goes only
   * what is not as it should be; one that setup has begun holds every choice.
   * @returns the settings that an environment variable overrides: there what was written has no effect
   * @throws {ConfigError | SettingsFileError}
   */
  keep(changes: SettingChanges): Promise<readonly string[]>;
}

/** What became of a step. */
export interface StepReport {
  /** "left": the owner has something to do. */
  readonly outcome: 'done' | 'skipped' | 'left';
  /** Why it was skipped, where that is not plain from what was found. */
  readonly why?: string;
  /** What is there. */
  readonly found?: Readonly<Record<string, unknown>>;
  /** What was chosen. */
  readonly chosen?: Readonly<Record<string, unknown>>;
  /** What is left to do, each with its exact command where there is one. */
  readonly left?: readonly string[];
}

/** One part of setup. */
export interface SetupStep {
  readonly name: StepName;
  /** For people. */
  readonly title: string;
  /** @throws {SetupStopped}; the signal's reason; any other error leaves the step undone and setup goes on */
  run(context: SetupContext): Promise<StepReport>;
}
