import {
  assign,
  type ErrorActorEvent,
  emit,
  enqueueActions,
  fromCallback,
  fromPromise,
  sendTo,
  setup,
  stateIn,
} from 'xstate';
import { type AssistantDelays, backoffMs } from './assistantDelays.js';
import {
  type AssistantCommand,
  type AssistantNotice,
  outcomeOf,
  StartError,
  sourceOf,
  type TurnCommand,
  type TurnInput,
  type TurnReport,
} from './assistantEvents.js';

export interface AssistantContext {
  /** Turns begun since the start; names the current one. */
  turnNumber: number;
  turnRunning: boolean;
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
      tags: {} as 'resting' | 'busy' | 'microphoneOpen' | 'muted' | 'problem',
    },
    actors: {
      /** Loads and warms the models, opens the devices. Rejects with a `StartError`. */
      startUp: fromPromise<void>(() => notProvided('startUp')),
      /** One turn's streams, from capture to playback. Stopping it aborts them all. */
      turn: fromCallback<TurnCommand, TurnInput>(() => notProvided('turn')),
      /** Resolve when the device works again. */
      reopenMicrophone: fromPromise<void>(() => notProvided('reopenMicrophone')),
      reopenSpeaker: fromPromise<void>(() => notProvided('reopenSpeaker')),
      /** Resolves when the model server answers and has the model. */
      probeModel: fromPromise<void>(() => notProvided('probeModel')),
      /** Resolves when the chat model is loaded and its prompt cache is filled. */
      warmModel: fromPromise<void>(() => notProvided('warmModel')),
    },
    guards: {
      microphoneWorks: stateIn({ microphone: 'ok' }),
      microphoneFailed: ({ event }) => event.type === 'turn.failed' && event.reason === 'microphoneLost',
      speakerFailed: ({ event }) => event.type === 'turn.failed' && event.reason === 'speakerLost',
    },
    delays: {
      startTimeout: delays.startTimeoutMs,
      listenTimeout: delays.listenTimeoutMs,
      thinkTimeout: delays.thinkTimeoutMs,
      speakTimeout: delays.speakTimeoutMs,
      followUpWindow: delays.followUpMs,
      forgetAfter: delays.forgetAfterMs,
      openTimeout: delays.openTimeoutMs,
      warmTimeout: delays.warmTimeoutMs,
      startBackoff: ({ context }) => backoffMs(delays, context.startAttempts),
      microphoneBackoff: ({ context }) => backoffMs(delays, context.microphoneAttempts),
      speakerBackoff: ({ context }) => backoffMs(delays, context.speakerAttempts),
      modelBackoff: ({ context }) => backoffMs(delays, context.modelAttempts),
    },
    actions: {
      /** The user has finished: the turn replies to what it has heard. */
      commitTurn: sendTo('turn', { type: 'commit' }),
      /** Drops the history of the conversation. */
      forgetConversation: () => notProvided('forgetConversation'),
      refuse: emit((_, { reason }: { reason: 'starting' | 'muted' | 'microphoneLost' }) => ({
        type: 'refused' as const,
        reason,
      })),
      reportStartFailure: emit((_, { error }: { error: unknown }) => ({
        type: 'startFailed' as const,
        reason: error instanceof StartError ? error.reason : ('internal' as const),
        error,
      })),
      reportModelOutage: emit((_, { error }: { error: unknown }) => ({ type: 'modelUnreachable' as const, error })),
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
          enqueue.emit({ type: 'turnEnded', turnId: turnId(context), outcome: 'stopped' });
        }
        const next = { turnNumber: context.turnNumber + 1, turnRunning: true };
        enqueue.assign(next);
        enqueue.emit({ type: 'turnStarted', turnId: turnId(next) });
        enqueue.spawnChild('turn', { id: 'turn', input: { turnId: turnId(next), source: sourceOf(event) } });
      }),
      /** Stops the running turn, if there is one, and says how it ended. */
      endTurn: enqueueActions(({ context, event, enqueue }) => {
        if (!context.turnRunning) return;
        enqueue.stopChild('turn');
        enqueue.assign({ turnRunning: false });
        enqueue.emit({ type: 'turnEnded', turnId: turnId(context), outcome: outcomeOf(event) });
      }),
    },
  });
}
