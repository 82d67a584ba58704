import type { assistantSetup } from './assistantSetup.js';

/** The words of the assistant's statechart. */
type Words = ReturnType<typeof assistantSetup>;

/**
 * What the owner has asked to be called for: it strikes again and again, whatever the turn does, until it is stopped by
 * voice, by a press of the button, or by whoever rings it.
 */
export function bellRegion(words: Words) {
  return words.createStateConfig({
    initial: 'silent',
    states: {
      silent: { on: { 'bell.rings': 'ringing' } },
      ringing: {
        tags: 'ringing',
        entry: 'strikeBell',
        after: { bellStroke: { target: 'ringing', reenter: true } },
        on: {
          'bell.stopped': 'silent',
          'button.pressed': { target: 'silent', actions: 'stopBell' },
          cancel: { target: 'silent', actions: 'stopBell' },
        },
      },
    },
  });
}
