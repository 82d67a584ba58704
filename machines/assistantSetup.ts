import {
  assign,
  type ErrorActorEvent,
  emit,
  enqueueActions,
  fromCallback,
  fromPromise,
  not,
  or,
  sendTo,
  setup,
  stateIn,
} from 'xstate';
import { type AssistantDelays, backoffMs, deviceBackoffMs, followUpMs } from './assistantDelays.js';
import {
  type AssistantCommand,
  type AssistantNotice,
  type AssistantTag,
  outcomeOf,
  StartError,
  sourceOf,
  type TurnCommand,
  type TurnInput,
  type TurnReport,
  type TurnSource,
} from './assistantEvents.js';

export interface AssistantContext {
  /** Turns begun since the start; names the current one. */
  turnNumber: number;
  turnRunning: boolean;
  /** How it has begun. */
  turnSource: TurnSource['kind'];
  /** The last reply asked the user something. */
  replyAsks: boolean;
  /** Failed attempts in a row, for the backoff of each region. */
  startAttempts: number;
  microphoneAttempts: number;
  speakerAttempts: number;
  modelAttempts: number;
}

/** Everything that touches the world is provided with `machine.provide`; running an actor that was not is a mistake. */
function notProvided(name: string): never {
  throw new Error(`the assistant's "${name}" must be provided`);
}

function turnId({ turnNumber }: { turnNumber: number }): string {
  return `turn-${turnNumber}`;
}

/** What went wrong, from whatever tells of it; undefined when nothing came in time. */
function errorIn(event: { readonly type: string }): unknown {
  return 'error' in event ? event.error : undefined;
}

/**
 * The words that the statechart is written in: its context, events, actors, guards, delays and actions. Actors touch
 * the world and are therefore provided from outside.
 */
export function assistantSetup(delays: AssistantDelays) {
  return setup({
    types: {
      context: {} as AssistantContext,
      events: {} as AssistantCommand | TurnReport | ErrorActorEvent<unknown, 'turn'>,
      emitted: {} as AssistantNotice,
      tags: {} as AssistantTag,
    },
    actors: {
      /** Sees that all models are here. Rejects with a `StartError`. */
      loadModels: fromPromise<void>(() => notProvided('loadModels')),
      /** Loads them and computes once with each. Rejects with a `StartError`. */
      warmUp: fromPromise<void>(() => notProvided('warmUp')),
      /** One turn's streams, from capture to playback. Stopping it aborts them all. */
      turn: fromCallback<TurnCommand, TurnInput>(() => notProvided('turn')),
      /** Sends `wake.detected` whenever a wake word is heard, where there are any. Never ends by itself. */
      wakeWatch: fromCallback<{ readonly type: string }>(() => {}),
      /** Resolve when the device is open, the first time and after it was lost. */
      openMicrophone: fromPromise<void>(() => notProvided('openMicrophone')),
      openSpeaker: fromPromise<void>(() => notProvided('openSpeaker')),
      /** Resolves when the model server answers and has the model. */
      probeModel: fromPromise<void>(() => notProvided('probeModel')),
      /** Resolves when the chat model is loaded and its prompt cache is filled. */
      warmModel: fromPromise<void>(() => notProvided('warmModel')),
    },
    guards: {
      /** Both devices are open, or could not be opened. */
      devicesTried: not(or([stateIn({ microphone: 'opening' }), stateIn({ speaker: 'opening' })])),
      microphoneWorks: stateIn({ microphone: 'ok' }),
      bellRings: stateIn({ bell: 'ringing' }),
      microphoneFailed: ({ event }) => event.type === 'turn.failed' && event.reason === 'microphoneLost',
      speakerFailed: ({ event }) => event.type === 'turn.failed' && event.reason === 'speakerLost',
    },
    delays: {
      startTimeout: delays.startTimeoutMs,
      loadTimeout: delays.loadTimeoutMs,
      listenTimeout: delays.listenTimeoutMs,
      thinkTimeout: delays.thinkTimeoutMs,
      patience: delays.patienceMs,
      failureShown: delays.failureShownMs,
      speakTimeout: delays.speakTimeoutMs,
      verifyTimeout: delays.verifyMs,
      followUpWindow: ({ context }) => followUpMs(delays, context.replyAsks),
      forgetAfter: delays.forgetAfterMs,
      openTimeout: delays.openTimeoutMs,
      warmTimeout: delays.warmTimeoutMs,
      startBackoff: ({ context }) => backoffMs(delays, context.startAttempts),
      microphoneBackoff: ({ context }) => deviceBackoffMs(delays, context.microphoneAttempts),
      speakerBackoff: ({ context }) => deviceBackoffMs(delays, context.speakerAttempts),
      bellStroke: delays.bellStrokeMs,
      modelBackoff: ({ context }) => backoffMs(delays, context.modelAttempts),
    },
    actions: {
      /** The user has finished: the turn replies to what it has heard. */
      commitTurn: sendTo('turn', { type: 'commit' }),
      /** The button is up: the turn ends at a silence. */
      letSilenceEnd: sendTo('turn', { type: 'letSilenceEnd' }),
      /** The reply softer, and as loud as before. */
      duck: sendTo('turn', { type: 'duck' }),
      resume: sendTo('turn', { type: 'resume' }),
      /** Drops the history of the conversation. */
      forgetConversation: () => notProvided('forgetConversation'),
      /** Nothing of what is said now is heard or kept. */
      deafen: () => notProvided('deafen'),
      hearAgain: () => notProvided('hearAgain'),
      /** Whatever rings is to ring no more. */
      stopBell: () => notProvided('stopBell'),
      strikeBell: emit({ type: 'bellStruck' }),
      /** The words so far, for whoever shows them. */
      tellPartial: emit((_, { text, stable }: { text: string; stable: string }) => ({
        type: 'transcript.partial' as const,
        text,
        stable,
      })),
      reassure: emit({ type: 'stillThinking' }),
      refuse: emit((_, { reason }: { reason: 'starting' | 'muted' | 'microphoneLost' }) => ({
        type: 'refused' as const,
        reason,
      })),
      reportStartFailure: emit((_, { error }: { error: unknown }) => ({
        type: 'startFailed' as const,
        reason: error instanceof StartError ? error.reason : ('internal' as const),
        error,
      })),
      reportMicrophoneLoss: emit(({ event }) => ({ type: 'deviceLost', device: 'microphone', error: errorIn(event) })),
      reportSpeakerLoss: emit(({ event }) => ({ type: 'deviceLost', device: 'speaker', error: errorIn(event) })),
      reportModelOutage: emit((_, { error }: { error: unknown }) => ({ type: 'modelUnreachable' as const, error })),
      /** Whether the user was asked something. */
      noteReply: assign({ replyAsks: ({ event }) => event.type === 'turn.replyEnded' && event.asks }),
      countStart: assign({ startAttempts: ({ context }) => context.startAttempts + 1 }),
      countMicrophone: assign({ microphoneAttempts: ({ context }) => context.microphoneAttempts + 1 }),
      countSpeaker: assign({ speakerAttempts: ({ context }) => context.speakerAttempts + 1 }),
      countModel: assign({ modelAttempts: ({ context }) => context.modelAttempts + 1 }),
      microphoneRecovered: assign({ microphoneAttempts: 0 }),
      speakerRecovered: assign({ speakerAttempts: 0 }),
      modelRecovered: assign({ modelAttempts: 0 }),
    },
  }).extend({
    actions: {
      /** Starts the next turn, in the place of a running one. */
      startTurn: enqueueActions(({ context, event, enqueue }) => {
        if (context.turnRunning) {
          enqueue.stopChild('turn');
          const { turnSource: source } = context;
          enqueue.emit({ type: 'turnEnded', turnId: turnId(context), source, outcome: 'stopped' });
        }
        const source = sourceOf(event);
        const next = { turnNumber: context.turnNumber + 1, turnRunning: true, turnSource: source.kind };
        enqueue.assign(next);
        enqueue.emit({ type: 'turnStarted', turnId: turnId(next) });
        enqueue.spawnChild('turn', { id: 'turn', input: { turnId: turnId(next), source } });
      }),
      /** Stops the running turn, if there is one, and says how it ended. */
      endTurn: enqueueActions(({ context, event, enqueue }) => {
        if (!context.turnRunning) return;
        enqueue.stopChild('turn');
        enqueue.assign({ turnRunning: false });
        const { turnSource: source } = context;
        enqueue.emit({ type: 'turnEnded', turnId: turnId(context), source, outcome: outcomeOf(event) });
      }),
    },
  });
}
