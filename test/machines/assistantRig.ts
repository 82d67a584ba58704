import { setImmediate as settle } from 'node:timers/promises';
import { type ActorRefFrom, createActor, type InspectionEvent, type StateValue } from 'xstate';
import type { createAssistantMachine } from '../../machines/assistant.js';
import { type AssistantDelays, backoffMs, deviceBackoffMs } from '../../machines/assistantDelays.js';
import {
  type AssistantCommand,
  type AssistantNotice,
  StartError,
  type TurnReport,
} from '../../machines/assistantEvents.js';
import { FakeJob, FakeTurn, FakeWakeWatch, type Job } from './assistantFakes.js';
import { AssistantStage, type Cast, type TurnChannel } from './assistantStage.js';
import { CountedClock } from './countedClock.js';

/** Who decides what the fakes do; without them the test does, thing by thing. */
export interface Services {
  jobStarted(name: Job, job: FakeJob): void;
  turnStarted(turn: FakeTurn): void;
  wakeWatchStarted(): void;
}

/** The assistant on a simulated clock, its actors in the test's hands, and a log of what it did in what order. */
export class AssistantRig implements Cast {
  readonly clock: CountedClock;
  readonly turns: FakeTurn[] = [];
  runningTurn: FakeTurn | undefined;
  readonly jobs: Readonly<Record<Job, FakeJob>>;
  readonly wakeWatch: FakeWakeWatch;
  isDeaf = false;
  /** What no chart may do, whatever happens. */
  readonly mistakes: string[] = [];
  /** Notices, and what reached the turns. */
  log: string[] = [];
  readonly actor: ActorRefFrom<ReturnType<typeof createAssistantMachine>>;
  rootError: unknown;
  /** Makes the next turns throw when they start. */
  turnThrows = false;

  readonly delays: AssistantDelays;
  readonly #services: Services | undefined;

  /**
   * @param stage where it plays, in the place of whichever rig played there before
   * @param inspect sees all that happens; default: nobody does
   */
  constructor(
    stage: AssistantStage = new AssistantStage(),
    services?: Services,
    clock = new CountedClock(),
    inspect?: (event: InspectionEvent) => void,
  ) {
    this.clock = clock;
    this.delays = stage.delays;
    this.#services = services;
    const job = (name: Job) => new FakeJob((started) => services?.jobStarted(name, started));
    this.jobs = {
      loadModels: job('loadModels'),
      warmUp: job('warmUp'),
      openMicrophone: job('openMicrophone'),
      openSpeaker: job('openSpeaker'),
      probeModel: job('probeModel'),
      warmModel: job('warmModel'),
    };
    this.wakeWatch = new FakeWakeWatch(() => services?.wakeWatchStarted());
    stage.enter(this);
    const actor = createActor(stage.machine, { clock: this.clock, ...(inspect && { inspect }) });
    actor.on('*', (notice) => this.log.push(inWords(notice)));
    actor.subscribe({
      error: (error) => {
        this.rootError = error;
      },
    });
    this.actor = actor.start();
  }

  /** @returns what stops it */
  runTurn({ input, sendBack, receive }: TurnChannel): () => void {
    if (this.turnThrows) throw new Error('the turn threw');
    const turn = new FakeTurn(input, { sendBack, now: () => this.clock.now(), mistakes: this.mistakes });
    if (this.runningTurn !== undefined) this.mistakes.push(`${turn.id} starts while ${this.runningTurn.id} runs`);
    this.turns.push(turn);
    this.runningTurn = turn;
    this.log.push(`${input.turnId} runs (${input.source.kind})`);
    receive((command) => {
      this.log.push(`${input.turnId} is told to ${command.type}`);
      turn.obey(command);
    });
    this.#services?.turnStarted(turn);
    return () => {
      turn.running = false;
      if (this.runningTurn === turn) this.runningTurn = undefined;
      this.log.push(`${input.turnId} is stopped`);
    };
  }

  forget(): void {
    this.log.push('forgets the conversation');
  }

  stopRinging(): void {
    this.log.push('what rings is stopped');
  }

  becomeDeaf(): void {
    if (this.isDeaf) this.mistakes.push('is deaf twice');
    this.isDeaf = true;
    this.log.push('is deaf');
  }

  hearAgain(): void {
    if (!this.isDeaf) this.mistakes.push('hears again twice');
    this.isDeaf = false;
    this.log.push('hears again');
  }

  /** The active states without substates, one of each region. */
  get states(): string[] {
    return leaves(this.actor.getSnapshot().value);
  }

  send(command: AssistantCommand): void {
    this.actor.send(command);
  }

  /**
   * Lets one thing happen, in the words of the chart: a command, a report of the running turn, `done` or `error` of
   * what the state `source` invokes, `after` and a delay.
   */
  async happens(event: string, source = ''): Promise<void> {
    const [kind = '', detail = ''] = event.split(' ');
    if (event === 'always') {
      // Nothing happens but what has happened before.
    } else if (event === 'error turn') this.#breakTurn();
    else if (kind === 'done' || kind === 'error') this.jobs[jobOf(source)].end(kind === 'error' ? failure : undefined);
    else if (kind === 'after') this.clock.increment(this.delayMs(detail));
    else if (kind.startsWith('turn.') || kind === 'transcript.partial') this.#report(kind, detail);
    else this.actor.send({ type: kind, question: 'how far is the moon?' } as AssistantCommand);
    await settle();
  }

  /**
   * Takes an event as XState names it. What an invoked actor ends with and what a turn reports comes from the actor
   * itself; a delay passes for the state that waits for it, and for no other.
   */
  takes(event: { readonly type: string }): void {
    const [, ending, state] = /^xstate\.(done|error)\.actor\.0\.assistant\.(.+)$/.exec(event.type) ?? [];
    if (state !== undefined) this.jobs[jobOf(state)].end(ending === 'error' ? failure : undefined);
    else if (/^turn\.|^transcript\./.test(event.type))
      this.#report(event.type, 'reason' in event ? String(event.reason) : '');
    else this.actor.send(event as AssistantCommand);
  }

  #report(type: string, reason: string): void {
    if (this.runningTurn === undefined) throw new Error(`no turn runs that could report ${type}`);
    this.runningTurn.report({ type, ...DETAILS[type], ...(reason === '' ? {} : { reason }) } as TurnReport);
  }

  /** An actor fails for good as XState reports it. */
  #breakTurn(): void {
    this.actor.send({ type: 'xstate.error.actor.turn', actorId: 'turn', error: failure });
  }

  delayMs(name: string): number {
    const { context } = this.actor.getSnapshot();
    const table: Readonly<Record<string, number>> = {
      loadTimeout: this.delays.loadTimeoutMs,
      startTimeout: this.delays.startTimeoutMs,
      patience: this.delays.patienceMs,
      failureShown: this.delays.failureShownMs,
      listenTimeout: this.delays.listenTimeoutMs,
      thinkTimeout: this.delays.thinkTimeoutMs,
      verifyTimeout: this.delays.verifyMs,
      speakTimeout: this.delays.speakTimeoutMs,
      followUpWindow: this.delays.followUpMs,
      forgetAfter: this.delays.forgetAfterMs,
      openTimeout: this.delays.openTimeoutMs,
      warmTimeout: this.delays.warmTimeoutMs,
      startBackoff: backoffMs(this.delays, context.startAttempts),
      microphoneBackoff: deviceBackoffMs(this.delays, context.microphoneAttempts),
      speakerBackoff: deviceBackoffMs(this.delays, context.speakerAttempts),
      bellStroke: this.delays.bellStrokeMs,
      modelBackoff: backoffMs(this.delays, context.modelAttempts),
    };
    const delay = table[name];
    if (delay === undefined) throw new Error(`no delay is called ${name}`);
    return delay;
  }
}

/** An assistant that waits in idle. */
export async function startedRig(): Promise<AssistantRig> {
  const rig = new AssistantRig();
  for (const state of ['microphone.opening', 'speaker.opening', 'turn.starting.loading', 'turn.starting.warming']) {
    await rig.happens('done', state);
  }
  return rig;
}

/** What a report carries. */
const DETAILS: Readonly<Record<string, object>> = {
  'transcript.partial': { text: 'turn on the', stable: 'turn on' },
  'turn.interrupted': { sinceMs: 1_250 },
  'turn.replyEnded': { asks: false },
};

const failure = new StartError('deviceUnavailable', 'the device is gone');

function jobOf(state: string): Job {
  const jobs: Readonly<Record<string, Job>> = {
    'turn.starting.loading': 'loadModels',
    'turn.starting.warming': 'warmUp',
    'microphone.opening': 'openMicrophone',
    'microphone.reopening': 'openMicrophone',
    'speaker.opening': 'openSpeaker',
    'speaker.reopening': 'openSpeaker',
    'model.unknown': 'probeModel',
    'model.warming': 'warmModel',
  };
  const job = jobs[state];
  if (job === undefined) throw new Error(`nothing is invoked by ${state}`);
  return job;
}

function leaves(value: StateValue, path: readonly string[] = []): string[] {
  if (typeof value === 'string') return [[...path, value].join('.')];
  return Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : leaves(inner, [...path, key])));
}

function inWords(notice: AssistantNotice): string {
  switch (notice.type) {
    case 'turnStarted':
      return `${notice.turnId} has started`;
    case 'turnEnded':
      return `${notice.turnId} has ended: ${notice.outcome}`;
    case 'startFailed':
      return `start failed: ${notice.reason}`;
    case 'deviceLost':
      return `${notice.device} lost`;
    case 'transcript.partial':
      return `understood: ${notice.stable}`;
    case 'bellStruck':
      return 'the bell strikes';
    case 'stillThinking':
      return 'still thinks';
    case 'modelUnreachable':
      return 'model unreachable';
    case 'refused':
      return `refused: ${notice.reason}`;
  }
}
