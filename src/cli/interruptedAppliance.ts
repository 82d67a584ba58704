import { systemClock } from '../../hardware/clock.js';
import { SimulatedButton } from '../../hardware/gpio/simulatedButton.js';
import type { SpeakingAppliance } from '../bench/bargeIn/stage.js';
import { TurnMoments } from '../bench/bargeIn/turnMoments.js';
import type { Config } from '../config/config.js';
import type { ModelStore } from '../models/modelStore.js';
import type { Log } from '../observability/log.js';
import type { TurnRecord } from '../turn/turnRecord.js';
import type { Closing } from './closing.js';
import type { Io } from './io.js';
import { type OpenedAppliance, openAppliance } from './openAppliance.js';
import { newConversation } from './openConversation.js';

export interface InterruptedOptions {
  readonly io: Io;
  readonly config: Config;
  readonly store: ModelStore;
  readonly log: Log;
  /** Stops it, and closes what it was made of. */
  readonly closing: Closing;
  /** Told what the model is to answer to the next question. */
  readonly script: (reply: string) => void;
}

/** No skill answers it. */
const QUESTION = 'Tell me more, please.';

/** Models load and warm up, devices open: whoever takes longer hangs. */
const READY_LIMIT_MS = 60_000;

/** The whole appliance, made to speak so that it can be interrupted. */
export class InterruptedAppliance implements SpeakingAppliance {
  readonly moments = new TurnMoments();
  readonly records: TurnRecord[] = [];
  #appliance: OpenedAppliance | undefined;

  private constructor(private readonly options: InterruptedOptions) {}

  /** Resolves when it is ready to be asked. @throws the signal's reason */
  static async start(options: InterruptedOptions): Promise<InterruptedAppliance> {
    const { io, config } = options;
    const interrupted = new InterruptedAppliance(options);
    const { moments, records } = interrupted;
    const appliance = await openAppliance({
      ...options,
      screen: undefined,
      conversation: newConversation(config), // the owner's is not a benchmark's
      button: new SimulatedButton(systemClock),
      onSnapshot: ({ value }) => moments.push(performance.now(), value.turn),
      onRecord: (record) => {
        records.push(record);
        moments.changed();
      },
      onShutdown: () => {},
    });
    interrupted.#appliance = appliance;
    options.closing.push(() => appliance.stop());
    const isReady = () => {
      const { snapshot } = appliance;
      return snapshot.hasTag('idle') && !snapshot.hasTag('microphoneLost') && !snapshot.hasTag('speakerLost');
    };
    if (!(await moments.within(READY_LIMIT_MS, isReady, io.signal))) {
      throw new Error(`the appliance does not become ready: it is in ${JSON.stringify(appliance.snapshot.value)}`);
    }
    return interrupted;
  }

  ask(reply: string): void {
    this.options.script(reply);
    this.#appliance?.send({ type: 'ask', question: QUESTION });
  }

  cancel(): void {
    this.#appliance?.send({ type: 'cancel' });
  }
}
