import type { AudioDevice } from '../audioDevice.js';

/** A device as an audio library numbers it, which holds as long as the process. */
export interface LibraryDevice extends AudioDevice {
  readonly index: number;
}

/** A microphone that is open in this process. */
export interface InputDevice {
  readonly sampleRateHz: number;
  readonly channels: number;
  /** The next samples, interleaved. @throws when the device fails */
  read(): Promise<InputBlock>;
}

export interface InputBlock {
  readonly samples: Int16Array;
  /** When the last of them was captured, on the machine's monotonic clock (ms). */
  readonly capturedAtMs: number;
  /** Whether sound before these was lost. */
  readonly overflowed: boolean;
}

/** A speaker that is open in this process. */
export interface OutputDevice {
  readonly sampleRateHz: number;
  /** How many samples `write` wants at a time. */
  readonly blockSamples: number;
  /** Takes mono samples, and waits until there is room. @returns whether the device ran dry before. @throws when it fails */
  write(samples: Int16Array): Promise<boolean>;
  /** From the end of the last `write` until its last sample is heard. */
  delayMs(): number;
  /** Drops what it holds, where that is so much that waiting for its end takes too long. @returns whether it did */
  abort(): Promise<boolean>;
  /** Holds more or less sound from now on, where it can; what it holds now is lost. */
  holds(latencyMs: number): Promise<void>;
}

/** What an audio library can do, in the process of a host. */
export interface SoundLibrary {
  readonly name: string;
  devices(): Promise<LibraryDevice[]>;
  /** @param channels at least so many, if the device has them. @param sampleRateHz if the device has it, else its own */
  openInput(device: LibraryDevice, channels: number, sampleRateHz: number): Promise<InputDevice>;
  /** At the device's own rate. @param latencyMs how much sound it may hold */
  openOutput(device: LibraryDevice, latencyMs: number): Promise<OutputDevice>;
}
