import type { assistantSetup } from './assistantSetup.js';

/** The words of the assistant's statechart. */
type Words = ReturnType<typeof assistantSetup>;

/** The microphone: opened at the start, looked for again and again while it is missing. */
export function microphoneRegion(words: Words) {
  return words.createStateConfig({
    initial: 'opening',
    states: {
      opening: {
        tags: 'opening',
        invoke: { src: 'openMicrophone', onDone: 'ok', onError: { target: 'lost', actions: 'reportMicrophoneLoss' } },
        after: { openTimeout: { target: 'lost', actions: 'reportMicrophoneLoss' } },
      },
      ok: {
        entry: 'microphoneRecovered',
        on: {
          'microphone.lost': { target: 'lost', actions: 'reportMicrophoneLoss' },
          'turn.failed': { guard: 'microphoneFailed', target: 'lost' },
        },
      },
      lost: {
        tags: ['problem', 'microphoneLost'],
        entry: 'countMicrophone',
        after: { microphoneBackoff: 'reopening' },
      },
      reopening: {
        tags: ['problem', 'microphoneLost'],
        invoke: { src: 'openMicrophone', onDone: 'ok', onError: { target: 'lost', actions: 'reportMicrophoneLoss' } },
        after: { openTimeout: { target: 'lost', actions: 'reportMicrophoneLoss' } },
      },
    },
  });
}

/** The speaker, likewise. */
export function speakerRegion(words: Words) {
  return words.createStateConfig({
    initial: 'opening',
    states: {
      opening: {
        tags: 'opening',
        invoke: { src: 'openSpeaker', onDone: 'ok', onError: { target: 'lost', actions: 'reportSpeakerLoss' } },
        after: { openTimeout: { target: 'lost', actions: 'reportSpeakerLoss' } },
      },
      ok: {
        entry: 'speakerRecovered',
        on: {
          'speaker.lost': { target: 'lost', actions: 'reportSpeakerLoss' },
          'turn.failed': { guard: 'speakerFailed', target: 'lost' },
        },
      },
      lost: { tags: ['problem', 'speakerLost'], entry: 'countSpeaker', after: { speakerBackoff: 'reopening' } },
      reopening: {
        tags: ['problem', 'speakerLost'],
        invoke: { src: 'openSpeaker', onDone: 'ok', onError: { target: 'lost', actions: 'reportSpeakerLoss' } },
        after: { openTimeout: { target: 'lost', actions: 'reportSpeakerLoss' } },
      },
    },
  });
}
