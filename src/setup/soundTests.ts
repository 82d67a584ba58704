import type { HeldDevice } from '../../hardware/audio/alsaCards.js';
import type { AudioDevice } from '../../hardware/audio/audioDevice.js';
import type { Config } from '../config/config.js';

/** The sound devices that there are. */
export interface SoundInventory {
  readonly devices: readonly AudioDevice[];
  /** Those that other programs have open. */
  readonly held: readonly HeldDevice[];
  /** Why nothing could be listed. */
  readonly problem?: string;
}

/** A word that was recorded. */
export interface WordRecording {
  /** 16 kHz, mono. */
  readonly samples: Int16Array;
  /** The device, as it calls itself. */
  readonly name: string;
}

/** What setup does with sound. Opens the configured device for each test and closes it again. */
export interface SoundTests {
  list(): Promise<SoundInventory>;
  /** Plays two short sounds. @returns the device's name @throws {AudioError} */
  playSample(config: Config, signal: AbortSignal): Promise<string>;
  /** @param onLevel told of the loudness, in dB of full scale, some ten times a second @throws {AudioError} */
  record(
    config: Config,
    durationMs: number,
    onLevel: (levelDb: number) => void,
    signal: AbortSignal,
  ): Promise<WordRecording>;
  /** @throws {AudioError} */
  playBack(config: Config, recording: WordRecording, signal: AbortSignal): Promise<void>;
}

/** Who has the devices: "Pressel runs as a service"; undefined: they are free for setup. */
export interface DevicesInUse {
  readonly by: string;
  /** The command that frees them. */
  readonly stop: string;
  /** Frees them until setup is over, where setup may. @throws {ServiceCommandError}; the signal's reason */
  readonly pause?: () => Promise<void>;
}

/** Tells whether the appliance runs; where it does not, it is kept from starting until setup is over. */
export type ClaimDevices = () => Promise<DevicesInUse | undefined>;
