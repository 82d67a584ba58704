/**
 * The part of the npm package naudiodon that is used here. Its own types are not asked: the package is optional, and
 * where it could not be compiled they are not there either.
 */
export interface Naudiodon {
  getHostAPIs(): { readonly defaultHostAPI: number; readonly HostAPIs: readonly Defaults[] };
  getDevices(): readonly Device[];
  AudioIO(options: { readonly inOptions: StreamOptions }): NodeJS.ReadableStream & Started;
  AudioIO(options: { readonly outOptions: StreamOptions }): NodeJS.WritableStream & Started;
}

interface Defaults {
  readonly defaultInput: number;
  readonly defaultOutput: number;
}

interface Device {
  readonly id: number;
  readonly name: string;
  readonly maxInputChannels: number;
  readonly maxOutputChannels: number;
  readonly defaultSampleRate: number;
  readonly hostAPIName: string;
}

interface StreamOptions {
  readonly deviceId: number;
  readonly sampleRate: number;
  readonly channelCount: number;
  /** Bits of a sample. */
  readonly sampleFormat: 16;
  readonly framesPerBuffer: number;
  /** Bytes. */
  readonly highwaterMark?: number;
  /** Blocks. */
  readonly maxQueue: number;
  readonly closeOnError: boolean;
}

interface Started {
  start(): void;
}
