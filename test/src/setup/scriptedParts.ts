import { AudioError } from '../../../hardware/audio/drivers.js';
import { CAPTURE_RATE_HZ } from '../../../hardware/audio/pcm.js';
import type { Config } from '../../../src/config/config.js';
import type { BodyTests, PressReport } from '../../../src/setup/bodyTests.js';
import type { ChatServer, FoundServer } from '../../../src/setup/chatServer.js';
import type { SoundInventory, SoundTests } from '../../../src/setup/soundTests.js';
import type { FirstQuestion, FirstTurn } from '../../../src/setup/steps/firstQuestionStep.js';
import type { SpeechModels } from '../../../src/setup/steps/speechModelsStep.js';

const DEVICES: SoundInventory = {
  devices: ['Speakerphone', 'Other'].map((name, card) => ({
    name: `${name}: USB Audio (hw:${card},0)`,
    hostApi: 'ALSA',
    inputChannels: 1,
    outputChannels: 2,
    defaultRateHz: 48_000,
    isDefaultInput: false,
    isDefaultOutput: false,
    alsaId: `hw:CARD=${name},DEV=0`,
  })),
  held: [],
};

/** Sound devices that play, and that hear words of these loudnesses one after the other. */
export class ScriptedSound implements SoundTests {
  readonly playedOn: string[] = [];
  readonly gains: number[] = [];
  /** Devices that cannot be opened. */
  readonly broken = new Set<string>();

  constructor(private readonly loudnesses: readonly number[] = [0.1]) {}

  async list(): Promise<SoundInventory> {
    return DEVICES;
  }

  async playSample({ audio }: Config): Promise<string> {
    if (this.broken.has(audio.output)) throw new AudioError('deviceBusy', `"${audio.output}" is in use by mpd.`);
    this.playedOn.push(audio.output);
    return audio.output;
  }

  async record({ audio }: Config, _durationMs: number, onLevel: (db: number) => void) {
    const loudness = this.loudnesses[Math.min(this.gains.length, this.loudnesses.length - 1)] ?? 0;
    this.gains.push(audio.inputGainDb);
    onLevel(-30);
    const samples = Int16Array.from({ length: 3 * CAPTURE_RATE_HZ }, (_, at) => {
      const isWord = at > CAPTURE_RATE_HZ && at < 1.5 * CAPTURE_RATE_HZ;
      return Math.round(Math.sin(at / 5) * 32_767 * (isWord ? loudness : loudness / 50));
    });
    return { name: audio.input, samples };
  }

  async playBack(): Promise<void> {}
}

export function scriptedBody(
  ...presses: readonly PressReport['seen'][]
): BodyTests & { readonly activeLow: boolean[] } {
  const left = [...presses];
  const activeLow: boolean[] = [];
  return {
    activeLow,
    button: async () => (presses.length === 0 ? undefined : 'GPIO17 is a line of pinctrl-rp1.'),
    waitForPress: async (config) => {
      activeLow.push(config.button.activeLow);
      return { seen: left.shift() ?? 'nothing' };
    },
    leds: () => (presses.length === 0 ? undefined : { name: 'GPIO27', isColoured: false }),
    showColours: (_config, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
  };
}

/** A model server that is not there the first times it is looked for, and whose pulls fail so often. */
export class ScriptedServer implements ChatServer {
  readonly pulled: string[] = [];
  readonly asked: string[] = [];

  constructor(
    private readonly options: {
      missing?: number;
      failures?: number;
      models?: readonly string[];
      version?: string;
    } = {},
  ) {}

  async find(url: string): Promise<FoundServer> {
    this.asked.push(url);
    if (this.asked.length <= (this.options.missing ?? 0)) return { found: false, message: `Nobody answers at ${url}.` };
    return {
      found: true,
      version: this.options.version ?? '0.30.0',
      models: [...(this.options.models ?? []), ...this.pulled],
    };
  }

  async pull(_url: string, model: string, onProgress: Parameters<ChatServer['pull']>[2]): Promise<void> {
    onProgress({ status: 'pulling', doneBytes: 1e6, totalBytes: 2e6 });
    if (this.#failures++ < (this.options.failures ?? 0)) throw new Error('the line is dead');
    this.pulled.push(model);
  }

  #failures = 0;
}

/** Models on disk; those that are missing come at once, or never. */
export function scriptedModels(present: readonly string[], unreachable: readonly string[] = [], from?: string) {
  const here = new Set(present);
  const models: SpeechModels = {
    folder: '/models',
    from,
    isOffered: async (id) => from === undefined || !unreachable.includes(id),
    needed: () => ['silero-vad-v6', 'moonshine-tiny-en'],
    isPresent: async (id) => here.has(id),
    fetch: async (id, onProgress) => {
      onProgress({ id, file: id, source: 'npm', doneBytes: 0, totalBytes: null });
      if (unreachable.includes(id)) throw new Error('No network. Check the cable.');
      here.add(id);
    },
  };
  return { models, here };
}

export function scriptedQuestion(turn: Partial<FirstTurn> = {}): FirstQuestion {
  const answer = async () => ({ transcript: 'What time is it?', reply: "It's noon.", firstAudioMs: 800, ...turn });
  return { typed: answer, spoken: answer };
}
