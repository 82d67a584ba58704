import { type AssistantDelays, assistantDelayDefaults } from './assistantDelays.js';
import { StartError } from './assistantEvents.js';
import { assistantSetup } from './assistantSetup.js';

/**
 * The assistant: what it is doing, and what it does next. A turn's audio, tokens and speech flow through streams that
 * the `turn` actor owns; the statechart starts it, hears its reports, commits or stops it. Nothing survives its turn:
 * every state without one stops it on entry.
 */
export function createAssistantMachine(delays: AssistantDelays = assistantDelayDefaults) {
  return assistantSetup(delays).createMachine({
    id: 'assistant',
    type: 'parallel',
    context: {
      turnNumber: 0,
      turnRunning: false,
      startAttempts: 0,
      microphoneAttempts: 0,
      speakerAttempts: 0,
      modelAttempts: 0,
    },
    states: {
      turn: {
        initial: 'starting',
        states: {
          /** Models load and warm up, devices open; after a failure it waits and tries again. */
          starting: {
            initial: 'loading',
            tags: 'busy',
            states: {
              loading: {
                invoke: {
                  src: 'startUp',
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
              retrying: { tags: 'problem', entry: 'countStart', after: { startBackoff: 'loading' } },
            },
            on: { 'button.pressed': { actions: { type: 'refuse', params: { reason: 'starting' } } } },
          },

          /** Waits for the button, the wake word or a typed question. */
          idle: {
            tags: 'resting',
            entry: 'endTurn',
            after: { forgetAfter: { actions: 'forgetConversation' } },
            on: {
              'button.pressed': [
                { guard: 'microphoneWorks', target: 'listening', actions: 'startTurn' },
                { actions: { type: 'refuse', params: { reason: 'microphoneLost' } } },
              ],
              'wake.detected': { guard: 'microphoneWorks', target: 'listening', actions: 'startTurn' },
              ask: { target: 'thinking', actions: 'startTurn' },
              mute: 'muted',
            },
          },

          /** The microphone is open; the user speaks or is about to. */
          listening: {
            initial: 'waitingForSpeech',
            tags: ['busy', 'microphoneOpen'],
            states: {
              waitingForSpeech: {
                after: { listenTimeout: '#assistant.turn.idle' },
                on: { 'turn.speechStarted': 'hearing' },
              },
              hearing: {
                after: { listenTimeout: '#assistant.turn.thinking' },
                on: { 'turn.paused': 'pausing' },
              },
              /** Silent for now: speculative work runs, until the user goes on or has finished. */
              pausing: {
                after: { listenTimeout: '#assistant.turn.thinking' },
                on: { 'turn.resumed': 'hearing' },
              },
            },
            on: {
              'turn.endpoint': 'thinking',
              'turn.nothingHeard': 'idle',
              'button.pressed': 'thinking',
              ask: { target: 'thinking', actions: 'startTurn' },
              cancel: 'idle',
              mute: 'muted',
            },
          },

          /** From the end of the question to the first audible sample of the reply. */
          thinking: {
            tags: 'busy',
            entry: 'commitTurn',
            after: { thinkTimeout: 'idle' },
            on: {
              'turn.audible': 'speaking',
              'turn.replyEnded': 'idle',
              'turn.nothingHeard': 'idle',
              'button.pressed': [
                { guard: 'microphoneWorks', target: 'listening', actions: 'startTurn' },
                { target: 'idle', actions: { type: 'refuse', params: { reason: 'microphoneLost' } } },
              ],
              ask: { target: 'thinking', reenter: true, actions: 'startTurn' },
              cancel: 'idle',
              mute: 'muted',
            },
          },

          /** The reply is heard; the microphone is closed. A press of the button takes the turn. */
          speaking: {
            tags: 'busy',
            after: { speakTimeout: 'idle' },
            on: {
              'turn.replyEnded': [{ guard: 'microphoneWorks', target: 'conversation' }, { target: 'idle' }],
              'button.pressed': [
                { guard: 'microphoneWorks', target: 'listening', actions: 'startTurn' },
                { target: 'idle', actions: { type: 'refuse', params: { reason: 'microphoneLost' } } },
              ],
              ask: { target: 'thinking', actions: 'startTurn' },
              cancel: 'idle',
              mute: 'muted',
            },
          },

          /** Follow-up window: the microphone is open, no button needed. */
          conversation: {
            tags: 'microphoneOpen',
            entry: ['endTurn', 'startTurn'],
            after: { followUpWindow: 'idle' },
            on: {
              'turn.speechStarted': '#assistant.turn.listening.hearing',
              'turn.nothingHeard': 'idle',
              'button.pressed': { target: 'listening', actions: 'startTurn' },
              ask: { target: 'thinking', actions: 'startTurn' },
              cancel: 'idle',
              mute: 'muted',
            },
          },

          /** Hears nothing until the owner says so. */
          muted: {
            tags: ['resting', 'muted'],
            entry: 'endTurn',
            on: {
              unmute: 'idle',
              'button.pressed': { actions: { type: 'refuse', params: { reason: 'muted' } } },
            },
          },
        },
        on: { 'turn.failed': '.idle', 'xstate.error.actor.turn': '.idle' },
      },

      microphone: {
        initial: 'ok',
        states: {
          ok: {
            entry: 'microphoneRecovered',
            on: { 'microphone.lost': 'lost', 'turn.failed': { guard: 'microphoneFailed', target: 'lost' } },
          },
          lost: { tags: 'problem', entry: 'countMicrophone', after: { microphoneBackoff: 'reopening' } },
          reopening: {
            tags: 'problem',
            invoke: { src: 'reopenMicrophone', onDone: 'ok', onError: 'lost' },
            after: { openTimeout: 'lost' },
          },
        },
      },

      speaker: {
        initial: 'ok',
        states: {
          ok: {
            entry: 'speakerRecovered',
            on: { 'speaker.lost': 'lost', 'turn.failed': { guard: 'speakerFailed', target: 'lost' } },
          },
          lost: { tags: 'problem', entry: 'countSpeaker', after: { speakerBackoff: 'reopening' } },
          reopening: {
            tags: 'problem',
            invoke: { src: 'reopenSpeaker', onDone: 'ok', onError: 'lost' },
            after: { openTimeout: 'lost' },
          },
        },
      },

      /** The chat model. Intents work without it. */
      model: {
        initial: 'unknown',
        states: {
          unknown: {
            invoke: {
              src: 'probeModel',
              onDone: 'warming',
              onError: {
                target: 'unreachable',
                actions: { type: 'reportModelOutage', params: ({ event }) => ({ error: event.error }) },
              },
            },
            after: { openTimeout: 'unreachable' },
          },
          warming: {
            invoke: {
              src: 'warmModel',
              onDone: 'ready',
              onError: {
                target: 'unreachable',
                actions: { type: 'reportModelOutage', params: ({ event }) => ({ error: event.error }) },
              },
            },
            after: { warmTimeout: 'unreachable' },
          },
          ready: { entry: 'modelRecovered', on: { 'turn.modelFailed': 'unreachable' } },
          unreachable: { tags: 'problem', entry: 'countModel', after: { modelBackoff: 'unknown' } },
        },
        on: { 'turn.modelAnswered': '.ready' },
      },
    },
  });
}
