import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { systemClock } from '../../hardware/clock.js';
import { SimulatedButton } from '../../hardware/gpio/simulatedButton.js';
import type { Config } from '../config/config.js';
import type { Log } from '../observability/log.js';
import type { TurnRecord } from '../turn/turnRecord.js';
import type { Closing } from './closing.js';
import { ensureConfiguredModels } from './ensureModels.js';
import type { Io } from './io.js';
import { type OpenedAppliance, openAppliance } from './openAppliance.js';
import { newConversation } from './openConversation.js';
import { packageFile } from './packageFile.js';

export interface SoakedOptions {
  /** Whether it may be watched in a browser. Default: no. */
  readonly hasInspector?: boolean;
  readonly io: Io;
  readonly config: Config;
  readonly log: Log;
  readonly closing: Closing;
  /** A PulseAudio sink whose sound the microphone hears; undefined when every question is typed. */
  readonly questionSink: string | undefined;
}

const QUESTION = 'What is on?';

/** A tap, as a finger does it. */
const TAP_MS = 60;

/** The whole way from a tap to the end of the reply, many times over: whoever takes longer hangs. */
const TURN_LIMIT_MS = 60_000;

/** The whole appliance, with a simulated button, led from one turn to the next. */
export class SoakedAppliance {
  readonly #button = new SimulatedButton(systemClock);
  #appliance: OpenedAppliance | undefined;
  #record: TurnRecord | undefined;
  #inspectorUrl: string | undefined;
  readonly #watchers = new Set<() => void>();

  private constructor(private readonly options: SoakedOptions) {}

  /** Resolves when it is ready to be asked. @throws the signal's reason */
  static async start(options: SoakedOptions): Promise<SoakedAppliance> {
    const soaked = new SoakedAppliance(options);
    soaked.#appliance = await openAppliance({
      ...options,
      store: await ensureConfiguredModels(options.io, options.config, { quiet: true }),
      screen: undefined,
      conversation: newConversation(options.config), // the owner's is not a benchmark's
      button: soaked.#button,
      onSnapshot: () => soaked.#wake(),
      onRecord: (record) => {
        soaked.#record = record;
        soaked.#wake();
      },
      onInspector: ([address]) => {
        soaked.#inspectorUrl = address;
        soaked.#wake();
      },
      onShutdown: () => {},
    });
    await soaked.#until(
      () => soaked.#isIn('idle') && !soaked.#isIn('microphoneLost') && !soaked.#isIn('speakerLost'),
      options.io.signal,
    );
    return soaked;
  }

  get xruns(): number {
    const { microphone, speaker } = this.#appliance ?? {};
    return (microphone?.status.xruns ?? 0) + (speaker?.xruns ?? 0);
  }

  /** Asks one question and waits until the reply has been heard. @throws when something of it failed */
  async turn(index: number, signal: AbortSignal): Promise<TurnRecord> {
    const { questionSink } = this.options;
    this.#record = undefined;
    if (questionSink !== undefined && index % 2 === 1) await this.#speak(questionSink, signal);
    else this.#appliance?.send({ type: 'ask', question: QUESTION });
    await this.#until(() => this.#record !== undefined && this.#isIn('idle'), signal);
    const record = this.#record as TurnRecord | undefined;
    if (record === undefined) throw new Error('the turn has left no record');
    if (record.problem) throw new Error(record.problem.message);
    return record;
  }

  /** Where its inspector listens. @throws the signal's reason */
  async inspector(signal: AbortSignal): Promise<string> {
    await this.#until(() => this.#inspectorUrl !== undefined, signal);
    return this.#inspectorUrl ?? '';
  }

  async stop(): Promise<void> {
    await this.#appliance?.stop();
  }

  #isIn(tag: Parameters<OpenedAppliance['snapshot']['hasTag']>[0]): boolean {
    return this.#appliance?.snapshot.hasTag(tag) === true;
  }

  /** Taps the button and says the bundled question. */
  async #speak(sink: string, signal: AbortSignal): Promise<void> {
    this.#button.press();
    await new Promise((resolve) => setTimeout(resolve, TAP_MS));
    this.#button.release();
    await this.#until(() => this.#isIn('listening'), signal);
    const file = packageFile('assets/question.wav');
    const child = spawn('pacat', ['--playback', '-d', sink, '--file-format=wav', file], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: this.options.io.env,
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    // Rejects when it could not be started.
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`pacat cannot play into ${sink}: ${said.trim()}`);
  }

  #until(condition: () => boolean, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: () => void) => {
        clearTimeout(limit);
        signal.removeEventListener('abort', onAbort);
        this.#watchers.delete(look);
        outcome();
      };
      const look = () => {
        if (condition()) settle(resolve);
      };
      const onAbort = () => settle(() => reject(signal.reason));
      const hangs = () =>
        reject(new Error(`the appliance hangs in ${JSON.stringify(this.#appliance?.snapshot.value)}`));
      const limit = setTimeout(() => settle(hangs), TURN_LIMIT_MS);
      this.#watchers.add(look);
      signal.addEventListener('abort', onAbort);
      if (signal.aborted) onAbort();
      else look();
    });
  }

  #wake(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }
}
