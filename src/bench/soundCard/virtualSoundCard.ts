import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as realTime } from 'node:timers/promises';
import type { PcmAudio } from '../../../hardware/audio/pcm.js';
import { type HeardSound, type PlayingSound, soundOf, startPlaying } from './microphoneSound.js';
import { moduleIndex, pulseCommands, sinkInputOf, streamIndexes } from './pulseCommands.js';
import { PulseServer } from './pulseServer.js';
import { Recorder } from './recorder.js';
import { SpeakerRecording } from './speakerRecording.js';

const SPEAKER_RATE_HZ = 48_000;

/** The microphone itself is a stream that reads the monitor of its sink. */
export const REMAP_STREAMS = 1;

/** Sound on its way from the speaker to the microphone: PulseAudio's loopback does it in no less. */
const ROOM_LATENCY_MS = 20;

/** A program's stream is there soon after the program is. */
const STREAM_TIMEOUT_MS = 3_000;

/** Full volume, as PulseAudio counts; its volumes are the cube roots of the factors on the samples. */
const FULL_VOLUME = 65_536;
const VOLUME_DB = 60;

/** ALSA programs find PulseAudio behind every device called `default`. */
const ALSA_CONFIG = `
</usr/share/alsa/alsa.conf>
pcm.!default { type pulse }
ctl.!default { type pulse }
`;

/** How the microphone hears the speaker. */
export interface Room {
  /** From the speaker to the microphone; a loopback adds up to about 20 ms. Default: as little as it can. */
  readonly latencyMs?: number;
  /** Loudness at the microphone, relative to the speaker's own. Default 0. */
  readonly gainDb?: number;
}

/**
 * A sound server of our own with a silent loudspeaker and a microphone into which sounds can be played, both in real time.
 * Times are on `performance.now()` of this process. Both devices are kept at a latency of 10 ms: an idle null sink would
 * add up to 2 s, which no sound card does.
 */
export class VirtualSoundCard {
  /** For the programs that are to use it, on top of their own environment. */
  readonly env: Readonly<Record<string, string>>;
  protected readonly server: PulseServer;
  /** Readers of the speaker's monitor. */
  protected readonly atSpeaker = new Set<Recorder>();
  protected readonly atMicrophone = new Set<Recorder>();
  readonly #toolEnv: NodeJS.ProcessEnv;

  /**
   * @param folder its own and empty; the caller removes it
   * @param searchPath where PulseAudio's programs are found, as in the environment variable `PATH`
   */
  constructor(folder: string, searchPath: string | undefined) {
    this.server = new PulseServer(folder, searchPath);
    const alsaConfig = path.join(folder, 'asound.conf');
    writeFileSync(alsaConfig, ALSA_CONFIG);
    this.env = {
      PULSE_SERVER: `unix:${this.server.socket}`,
      PULSE_SINK: 'spk',
      PULSE_SOURCE: 'mic',
      ALSA_CONFIG_PATH: alsaConfig,
      // PortAudio asks every sound system it knows; without this it starts a JACK server.
      JACK_NO_START_SERVER: '1',
    };
    this.#toolEnv = { PATH: searchPath, HOME: folder, ...this.env };
    const awake = (source: string) => new Recorder({ source, sampleRateHz: 16_000, env: this.#toolEnv, keeps: false });
    this.atSpeaker.add(awake('spk.monitor'));
    this.atMicrophone.add(awake('micsink.monitor'));
  }

  /** Starts the server. @throws when it does not start */
  async start(): Promise<void> {
    await this.server.start();
    await Promise.all([this.wake('spk', this.atSpeaker, 0), this.wake('micsink', this.atMicrophone, REMAP_STREAMS)]);
  }

  /** Records what the speaker plays, until it is ended or the server is. */
  async recordSpeaker(): Promise<SpeakerRecording> {
    const recorder = new Recorder({ source: 'spk.monitor', sampleRateHz: SPEAKER_RATE_HZ, env: this.#toolEnv });
    this.atSpeaker.add(recorder);
    await recorder.attach();
    return new SpeakerRecording(recorder, () => this.atSpeaker.delete(recorder));
  }

  /** Records all that the microphone hears, likewise. */
  async recordMicrophone(): Promise<SpeakerRecording> {
    const recorder = new Recorder({ source: 'micsink.monitor', sampleRateHz: 16_000, env: this.#toolEnv });
    this.atMicrophone.add(recorder);
    await recorder.attach();
    return new SpeakerRecording(recorder, () => this.atMicrophone.delete(recorder));
  }

  /**
   * Says something into the microphone, in real time.
   * @param source a WAV file or samples
   * @returns when it was heard, once it has been
   * @throws the signal's reason; the sound ends at once then
   */
  async playIntoMicrophone(source: string | PcmAudio, signal: AbortSignal): Promise<HeardSound> {
    return (await this.startIntoMicrophone(await soundOf(source), signal)).ended;
  }

  /** Likewise, without waiting for its end. Resolves when it is on its way. @throws the signal's reason */
  startIntoMicrophone(sound: PcmAudio, signal: AbortSignal): Promise<PlayingSound> {
    const find = (process: number) => this.#sinkInput({ process }, signal);
    return startPlaying('micsink', sound, { env: this.#toolEnv, signal, sinkInputOf: find });
  }

  /** From now on the microphone hears the speaker, as it does in a room. @returns how to end that */
  async standSpeakerBesideMicrophone({ latencyMs, gainDb = 0 }: Room = {}): Promise<() => Promise<void>> {
    const loopback = `source=spk.monitor sink=micsink latency_msec=${latencyMs ?? ROOM_LATENCY_MS}`;
    await this.load(`load-module module-loopback ${loopback}`);
    const socket = this.server.commandSocket;
    const module = moduleIndex(await pulseCommands(socket, 'list-modules'), loopback);
    if (module === undefined) throw new Error('PulseAudio does not let the microphone hear the speaker');
    const input = await this.#sinkInput({ module }, AbortSignal.timeout(STREAM_TIMEOUT_MS));
    const volume = Math.round(FULL_VOLUME * 10 ** (gainDb / VOLUME_DB));
    await this.load(`set-sink-input-volume ${input} ${volume}`);
    return () => this.load(`unload-module ${module}`);
  }

  /** Ends everything. */
  async close(): Promise<void> {
    for (const reader of [...this.atSpeaker, ...this.atMicrophone]) reader.detach();
    await this.server.kill();
  }

  /** Commands that have nothing to say when they succeed. */
  protected async load(...commands: readonly string[]): Promise<void> {
    const answer = await pulseCommands(this.server.commandSocket, ...commands);
    if (answer !== '') throw new Error(`PulseAudio says: ${answer}`);
  }

  /** Lets the readers read a sink's monitor. @param others streams that read it besides them */
  protected async wake(sink: string, readers: ReadonlySet<Recorder>, others: number): Promise<void> {
    const socket = this.server.commandSocket;
    const settled = new AbortController();
    const reading = Promise.all([...readers].map((reader) => reader.attach())).finally(() => settled.abort());
    const wake = async () => {
      const connected = async () =>
        streamIndexes(await pulseCommands(socket, 'list-source-outputs'), [`${sink}.monitor`]);
      while (!settled.signal.aborted && (await connected()).length < readers.size + others) await realTime(10);
      // A new null sink sleeps for 2 s, its longest latency, before it notices that a shorter one is wanted.
      await pulseCommands(socket, `suspend-sink ${sink} 1`, `suspend-sink ${sink} 0`);
    };
    await Promise.all([reading, wake()]);
  }

  /** The sink input of a program or a module, as soon as it is there. */
  async #sinkInput(owner: { readonly process: number } | { readonly module: number }, signal: AbortSignal) {
    const givenUpMs = performance.now() + STREAM_TIMEOUT_MS;
    for (;;) {
      signal.throwIfAborted();
      const input = sinkInputOf(await pulseCommands(this.server.commandSocket, 'list-sink-inputs'), owner);
      if (input !== undefined) return input;
      if (performance.now() > givenUpMs) throw new Error('a stream does not come to PulseAudio');
      await realTime(5);
    }
  }
}
