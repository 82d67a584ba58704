import type { assistantSetup } from './assistantSetup.js';

/** The words of the assistant's statechart. */
type Words = ReturnType<typeof assistantSetup>;

/** The chat model: asked for and loaded at the start, again and again while it cannot be reached. Intents work without it. */
export function modelRegion(words: Words) {
  return words.createStateConfig({
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
      unreachable: {
        tags: ['problem', 'modelUnreachable'],
        entry: 'countModel',
        after: { modelBackoff: 'unknown' },
      },
    },
    on: { 'turn.modelAnswered': '.ready' },
  });
}
