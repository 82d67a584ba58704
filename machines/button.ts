import { assign, emit, enqueueActions, raise, setup } from 'xstate';
import { type ButtonDelays, buttonDelayDefaults, requireAscending } from './buttonDelays.js';
import type { ButtonEvent, ButtonNotice, ContactReport } from './buttonEvents.js';

export interface ButtonOptions {
  /** Whether a very long press asks for a shutdown. */
  readonly shutdownHold: boolean;
}

interface ButtonContext {
  /** Edges within the last `burstMs`. */
  recentEdges: number;
}

/**
 * One button: debounced edges in, gestures out. `contact` judges the electrical side and passes on presses and releases
 * while they can be a finger's; `gesture` gives them a meaning.
 * @throws {RangeError} when the delays of ever longer presses do not ascend
 */
export function createButtonMachine(
  delays: ButtonDelays = buttonDelayDefaults,
  options: ButtonOptions = { shutdownHold: false },
) {
  requireAscending(delays);
  return buttonSetup(delays, options).createMachine({
    id: 'button',
    type: 'parallel',
    context: { recentEdges: 0 },
    states: {
      contact: {
        initial: 'open',
        states: {
          open: {
            on: {
              'edge.down': [
                { guard: 'bursting', target: 'bouncing.closed' },
                { target: 'closed', actions: ['countEdge', 'reportPress'] },
              ],
              'edge.up': [{ guard: 'bursting', target: 'bouncing.open' }, { actions: 'countEdge' }],
            },
          },
          closed: {
            after: { stuck: { target: 'stuck', actions: [tell('stuck'), 'reportRelease'] } },
            on: {
              'edge.up': [
                { guard: 'bursting', target: 'bouncing.open' },
                { target: 'open', actions: ['countEdge', 'reportRelease'] },
              ],
              'edge.down': [{ guard: 'bursting', target: 'bouncing.closed' }, { actions: 'countEdge' }],
            },
          },
          /** Nothing is passed on until it has been quiet for a while. */
          bouncing: {
            initial: 'open',
            tags: 'problem',
            entry: [tell('bouncing'), 'reportAbandon'],
            states: {
              open: { after: { burstQuiet: { target: '#button.contact.open', actions: tell('sane') } } },
              closed: { after: { burstQuiet: { target: '#button.contact.closed', actions: tell('sane') } } },
            },
            on: { 'edge.down': '.closed', 'edge.up': '.open' },
          },
          /** Counts as released; nothing is passed on until it really was, for a while. */
          stuck: {
            initial: 'closed',
            tags: 'problem',
            states: {
              closed: {},
              open: { after: { burstQuiet: { target: '#button.contact.open', actions: tell('sane') } } },
            },
            on: { 'edge.down': '.closed', 'edge.up': '.open' },
          },
        },
        on: { 'edge.aged': { actions: 'forgetEdge' } },
      },

      gesture: {
        initial: 'idle',
        states: {
          idle: { on: { press: { target: 'pressing', actions: tell('pressed') } } },

          /** Held, and may become anything. */
          pressing: {
            type: 'parallel',
            tags: 'held',
            states: {
              length: {
                initial: 'brief',
                states: {
                  brief: {
                    after: { holdAfter: 'long' },
                    on: { release: { target: '#button.gesture.betweenTaps', actions: tell('tapped') } },
                  },
                  long: { on: { release: { target: '#button.gesture.idle', actions: tell('holdReleased') } } },
                },
              },
              purpose: {
                initial: 'unknown',
                states: {
                  unknown: { after: { countingAfter: 'counting' }, on: { 'speech.started': 'talking' } },
                  /** On the way to a long press, and shows it. */
                  counting: {
                    tags: 'counting',
                    after: { restOfLongPress: '#button.gesture.longPress' },
                    on: { 'speech.started': 'talking' },
                  },
                  /** Push to talk: no length makes it a long press. */
                  talking: {},
                },
              },
            },
          },

          /** A tap; a second press now makes it a double tap. */
          betweenTaps: {
            after: { doubleTap: 'idle' },
            on: { press: { target: 'spent', actions: tell('doubleTapped') } },
          },

          /** Still held after the long press was told. */
          longPress: {
            tags: 'held',
            entry: tell('longPressed'),
            after: {
              restOfShutdown: [
                { guard: 'shutdownAllowed', target: 'spent', actions: tell('shutdownHeld') },
                { target: 'spent' },
              ],
            },
            on: { 'speech.started': 'spent', release: 'idle' },
          },

          /** Still held, and means nothing more. */
          spent: { tags: 'held', on: { release: 'idle' } },
        },
        on: { abandon: '.idle' },
      },
    },
  });
}

/** The words that the statechart is written in. */
function buttonSetup(delays: ButtonDelays, options: ButtonOptions) {
  return setup({
    types: {
      context: {} as ButtonContext,
      events: {} as ButtonEvent | ContactReport,
      emitted: {} as ButtonNotice,
      tags: {} as 'held' | 'counting' | 'problem',
    },
    guards: {
      /** The edge that comes now is one too many. */
      bursting: ({ context }) => context.recentEdges >= delays.maxEdges,
      shutdownAllowed: () => options.shutdownHold,
    },
    delays: {
      holdAfter: delays.holdAfterMs,
      doubleTap: delays.doubleTapMs,
      countingAfter: delays.countingAfterMs,
      restOfLongPress: delays.longPressMs - delays.countingAfterMs,
      restOfShutdown: delays.shutdownMs - delays.longPressMs,
      stuck: delays.stuckMs,
      burstQuiet: delays.burstQuietMs,
    },
    actions: {
      tell: emit((_, { notice }: { notice: ButtonNotice['type'] }) => ({ type: notice })),
      reportPress: raise({ type: 'press' }),
      reportRelease: raise({ type: 'release' }),
      reportAbandon: raise({ type: 'abandon' }),
      countEdge: enqueueActions(({ context, enqueue }) => {
        enqueue.assign({ recentEdges: context.recentEdges + 1 });
        enqueue.raise({ type: 'edge.aged' }, { delay: delays.burstMs });
      }),
      forgetEdge: assign({ recentEdges: ({ context }) => context.recentEdges - 1 }),
    },
  });
}

function tell<Notice extends ButtonNotice['type']>(notice: Notice) {
  return { type: 'tell', params: { notice } } as const;
}
