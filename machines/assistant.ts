import { type AssistantDelays, assistantDelayDefaults } from './assistantDelays.js';
import { StartError } from './assistantEvents.js';
import { assistantSetup } from './assistantSetup.js';
import { bellRegion } from './bellRegion.js';
import { microphoneRegion, speakerRegion } from './deviceRegions.js';
import { modelRegion } from './modelRegion.js';

/** A press while the bell rings is for the bell, and for nothing else. */
const FOR_BELL = { guard: 'bellRings' } as const;

/** A press in the middle of an answer, or after it: be quiet and listen. Without a microphone, be quiet. */
const PRESS_TAKES_TURN = [
  FOR_BELL,
  { guard: 'microphoneWorks', target: 'listening.button.held', actions: 'startTurn' },
  { target: 'idle', actions: { type: 'refuse', params: { reason: 'microphoneLost' } } },
] as const;

/** Whether the user was asked something decides how long the window is open. */
const FOLLOW_UP = [
  { guard: 'microphoneWorks', target: 'conversation', actions: 'noteReply' },
  { target: 'idle' },
] as const;

/** The user has words of their own, or is about to. Without a microphone nobody hears them: be quiet. */
const USER_TAKES_TURN = [
  { guard: 'microphoneWorks', target: 'listening.speech.hearing', actions: 'startTurn' },
  { target: 'idle' },
] as const;

/**
 * The assistant: what it is doing, and what it does next. A turn's audio, tokens and speech flow through streams that
 * the `turn` actor owns; the statechart starts it, hears its reports, commits or stops it. Nothing survives its turn:
 * every state without one stops it on entry.
 */
export function createAssistantMachine(delays: AssistantDelays = assistantDelayDefaults) {
  const words = assistantSetup(delays);
  return words.createMachine({
    id: 'assistant',
    type: 'parallel',
    context: {
      turnNumber: 0,
      turnRunning: false,
      turnSource: 'button',
      replyAsks: false,
      startAttempts: 0,
      microphoneAttempts: 0,
      speakerAttempts: 0,
      modelAttempts: 0,
    },
    states: {
      turn: {
        initial: 'starting',
        states: {
          /** Devices open, models load and warm up, one after the other; after a failure it waits and tries again. */
          starting: {
            initial: 'opening',
            tags: ['busy', 'warmingUp'],
            states: {
              /** The regions of the devices open them; one that is missing is looked for later, not waited for. */
              opening: { always: { guard: 'devicesTried', target: 'loading' }, after: { openTimeout: 'loading' } },
              loading: {
                invoke: {
                  src: 'loadModels',
                  onDone: 'warming',
                  onError: {
                    target: 'retrying',
                    actions: { type: 'reportStartFailure', params: ({ event }) => ({ error: event.error }) },
                  },
                },
                after: {
                  loadTimeout: {
                    target: 'retrying',
                    actions: {
                      type: 'reportStartFailure',
                      params: { error: new StartError('timedOut', 'the models could not be fetched in time') },
                    },
                  },
                },
              },
              warming: {
                invoke: {
                  src: 'warmUp',
                  onDone: '#assistant.turn.idle',
                  onError: {
                    target: 'retrying',
                    actions: { type: 'reportStartFailure', params: ({ event }) => ({ error: event.error }) },
                  },
                },
                after: {
                  startTimeout: {
                    target: 'retrying',
                    actions: {
                      type: 'reportStartFailure',
                      params: { error: new StartError('timedOut', 'the models did not load in time') },
                    },
                  },
                },
              },
              retrying: { tags: ['problem', 'error'], entry: 'countStart', after: { startBackoff: 'loading' } },
            },
            on: { 'button.pressed': [FOR_BELL, { actions: { type: 'refuse', params: { reason: 'starting' } } }] },
          },

          /** Waits for the button, the wake word or a typed question. */
          idle: {
            initial: 'ready',
            tags: 'resting',
            entry: 'endTurn',
            invoke: { src: 'wakeWatch' },
            states: {
              ready: { tags: 'idle', after: { forgetAfter: { actions: 'forgetConversation' } } },
              /** A turn has come to nothing: shown for a moment. */
              failed: { tags: ['problem', 'error'], after: { failureShown: 'ready' } },
            },
            on: {
              'button.pressed': [
                FOR_BELL,
                { guard: 'microphoneWorks', target: 'listening.button.held', actions: 'startTurn' },
                { actions: { type: 'refuse', params: { reason: 'microphoneLost' } } },
              ],
              'wake.detected': { guard: 'microphoneWorks', target: 'listening', actions: 'startTurn' },
              'button.doubleTapped': { target: 'thinking', actions: 'startTurn' },
              ask: { target: 'thinking', actions: 'startTurn' },
              say: { target: 'thinking', actions: 'startTurn' },
              mute: 'muted',
              /** Without a microphone the user may well be talking: that must not mute. */
              'button.longPressed': { guard: 'microphoneWorks', target: 'muted' },
            },
          },

          /** The microphone is open; the user speaks or is about to. */
          listening: {
            type: 'parallel',
            tags: ['busy', 'microphoneOpen'],
            states: {
              speech: {
                initial: 'waitingForSpeech',
                states: {
                  waitingForSpeech: {
                    tags: 'listening',
                    after: { listenTimeout: '#assistant.turn.idle' },
                    on: { 'turn.speechStarted': 'hearing' },
                  },
                  hearing: {
                    tags: 'hearing',
                    after: { listenTimeout: '#assistant.turn.thinking' },
                    on: { 'turn.paused': 'pausing' },
                  },
                  /** Silent for now: speculative work runs, until the user goes on or has finished. */
                  pausing: {
                    tags: 'hearing',
                    after: { listenTimeout: '#assistant.turn.thinking' },
                    on: { 'turn.resumed': 'hearing' },
                  },
                },
              },
              button: {
                initial: 'up',
                states: {
                  /** Silence ends what the user says. */
                  up: {},
                  /** Its release does, however long the user is silent. A tap leaves it to silence from then on. */
                  held: {
                    on: {
                      'button.tapped': { target: 'up', actions: 'letSilenceEnd' },
                      'button.released': '#assistant.turn.thinking',
                    },
                  },
                },
              },
            },
            on: {
              'transcript.partial': { actions: { type: 'tellPartial', params: ({ event }) => event } },
              'turn.endpoint': 'thinking',
              'turn.nothingHeard': 'idle',
              'button.pressed': [FOR_BELL, { target: 'thinking' }],
              'button.doubleTapped': { target: 'thinking', actions: 'startTurn' },
              ask: { target: 'thinking', actions: 'startTurn' },
              cancel: 'idle',
              mute: 'muted',
              'button.longPressed': 'muted',
            },
          },

          /** From the end of the question to the first audible sample of the reply. */
          thinking: {
            initial: 'patient',
            tags: ['busy', 'thinking'],
            entry: 'commitTurn',
            after: { thinkTimeout: 'idle' },
            states: {
              /** Says now and then that it is still at it. */
              patient: { after: { patience: { target: 'patient', reenter: true, actions: 'reassure' } } },
            },
            on: {
              'turn.audible': 'speaking',
              'turn.reopened': 'listening.speech.hearing',
              'turn.replyEnded': 'idle',
              'turn.nothingHeard': 'idle',
              'turn.farewell': 'idle',
              /** The user wanted silence, and may go on: nobody has asked them anything. */
              'turn.silenced': FOLLOW_UP,
              'button.pressed': PRESS_TAKES_TURN,
              'button.doubleTapped': { target: 'thinking', reenter: true, actions: 'startTurn' },
              ask: { target: 'thinking', reenter: true, actions: 'startTurn' },
              cancel: 'idle',
              mute: 'muted',
              'button.longPressed': 'muted',
            },
          },

          /** The reply is heard. A press of the button takes the turn, and so do the user's words where they are heard. */
          speaking: {
            initial: 'playing',
            tags: ['busy', 'speaking'],
            after: { speakTimeout: 'idle' },
            states: {
              playing: { on: { 'turn.interjected': 'verifyingInterruption' } },
              /** Ducked, until it is known whether somebody wants the turn. One that is stopped must not resume for a moment. */
              verifyingInterruption: {
                entry: 'duck',
                after: { verifyTimeout: { target: 'playing', actions: 'resume' } },
                on: { 'turn.interjectionOver': { target: 'playing', actions: 'resume' } },
              },
            },
            on: {
              /** After a verification in vain, too: words may take longer to be known. */
              'turn.interrupted': USER_TAKES_TURN,
              'turn.replyEnded': FOLLOW_UP,
              /** A goodbye was returned: nobody is there to go on. */
              'turn.farewell': 'idle',
              'button.pressed': PRESS_TAKES_TURN,
              'button.doubleTapped': { target: 'thinking', actions: 'startTurn' },
              ask: { target: 'thinking', actions: 'startTurn' },
              cancel: 'idle',
              mute: 'muted',
              'button.longPressed': 'muted',
            },
          },

          /** Follow-up window: the microphone is open, no button needed. */
          conversation: {
            tags: ['microphoneOpen', 'followUp'],
            entry: ['endTurn', 'startTurn'],
            after: { followUpWindow: 'idle' },
            on: {
              'turn.speechStarted': '#assistant.turn.listening.speech.hearing',
              'turn.nothingHeard': 'idle',
              'button.pressed': PRESS_TAKES_TURN,
              'button.doubleTapped': { target: 'thinking', actions: 'startTurn' },
              ask: { target: 'thinking', actions: 'startTurn' },
              cancel: 'idle',
              mute: 'muted',
              'button.longPressed': 'muted',
            },
          },

          /** Hears nothing until the owner says so. */
          muted: {
            tags: ['resting', 'muted'],
            entry: ['endTurn', 'deafen'],
            exit: 'hearAgain',
            after: { forgetAfter: { actions: 'forgetConversation' } },
            on: {
              unmute: 'idle',
              'button.longPressed': 'idle',
              ask: { actions: { type: 'refuse', params: { reason: 'muted' } } },
              'button.pressed': [FOR_BELL, { actions: { type: 'refuse', params: { reason: 'muted' } } }],
            },
          },
        },
        on: { 'turn.failed': '.idle.failed', 'xstate.error.actor.turn': '.idle.failed' },
      },

      microphone: microphoneRegion(words),

      speaker: speakerRegion(words),

      model: modelRegion(words),

      bell: bellRegion(words),
    },
  });
}

/** The statechart, whatever is provided for it. */
export type AssistantMachine = ReturnType<typeof createAssistantMachine>;
