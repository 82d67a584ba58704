import { fromCallback, fromPromise } from 'xstate';
import { createAssistantMachine } from '../../machines/assistant.js';
import { type AssistantDelays, assistantDelayDefaults } from '../../machines/assistantDelays.js';
import type { AssistantCommand, TurnCommand, TurnInput, TurnReport } from '../../machines/assistantEvents.js';
import type { Job } from './assistantFakes.js';

/** How a turn hears of the chart, and the chart of it. */
export interface TurnChannel {
  readonly input: TurnInput;
  sendBack(report: TurnReport): void;
  receive(listener: (command: TurnCommand) => void): void;
}

/** Whoever plays all that the chart asks for. */
export interface Cast {
  readonly jobs: Readonly<Record<Job, { run(channel: { readonly signal: AbortSignal }): Promise<void> }>>;
  readonly wakeWatch: { run(channel: { sendBack(command: AssistantCommand): void }): () => void };
  runTurn(channel: TurnChannel): () => void;
  forget(): void;
  stopRinging(): void;
  becomeDeaf(): void;
  hearAgain(): void;
}

/**
 * The chart with all its parts given to a cast, and to the next cast after that. XState prepares each machine anew, and
 * the engine learns each anew: thousands of casts on one stage play twice as fast as on a stage each.
 */
export class AssistantStage {
  readonly delays: AssistantDelays;
  readonly machine: ReturnType<typeof createAssistantMachine>;
  #cast: Cast | undefined;

  constructor(delays: AssistantDelays = assistantDelayDefaults) {
    this.delays = delays;
    const job = (name: Job) => fromPromise<void>((channel) => this.#playing.jobs[name].run(channel));
    this.machine = createAssistantMachine(delays).provide({
      actors: {
        loadModels: job('loadModels'),
        warmUp: job('warmUp'),
        openMicrophone: job('openMicrophone'),
        openSpeaker: job('openSpeaker'),
        probeModel: job('probeModel'),
        warmModel: job('warmModel'),
        turn: fromCallback<TurnCommand, TurnInput>((channel) => this.#playing.runTurn(channel)),
        wakeWatch: fromCallback<{ readonly type: string }>((channel) => this.#playing.wakeWatch.run(channel)),
      },
      actions: {
        forgetConversation: () => this.#playing.forget(),
        stopBell: () => this.#playing.stopRinging(),
        deafen: () => this.#playing.becomeDeaf(),
        hearAgain: () => this.#playing.hearAgain(),
      },
    });
  }

  enter(cast: Cast): void {
    this.#cast = cast;
  }

  get #playing(): Cast {
    if (this.#cast === undefined) throw new Error('nobody plays');
    return this.#cast;
  }
}
