const DEVICES_OPEN = ['microphone.opening > done', 'speaker.opening > done'];
const STARTED = [...DEVICES_OPEN, 'turn.starting.loading > done', 'turn.starting.warming > done'];

/** What must happen, from the start, to arrive in each state. `state > event` is an event for that state's invoked actor. */
export const ARRIVALS: Readonly<Record<string, readonly string[]>> = {
  'turn.starting.opening': [],
  'turn.starting.loading': DEVICES_OPEN,
  'turn.starting.warming': [...DEVICES_OPEN, 'turn.starting.loading > done'],
  'turn.starting.retrying': [...DEVICES_OPEN, 'turn.starting.loading > error'],
  'turn.idle.ready': STARTED,
  'turn.idle.failed': [...STARTED, 'ask', 'turn.failed voiceFailed'],
  'turn.listening.speech.waitingForSpeech': [...STARTED, 'button.pressed'],
  'turn.listening.speech.hearing': [...STARTED, 'button.pressed', 'turn.speechStarted'],
  'turn.listening.speech.pausing': [...STARTED, 'button.pressed', 'turn.speechStarted', 'turn.paused'],
  'turn.listening.button.held': [...STARTED, 'button.pressed'],
  'turn.thinking.patient': [...STARTED, 'ask'],
  'turn.speaking.playing': [...STARTED, 'ask', 'turn.audible'],
  'turn.speaking.verifyingInterruption': [...STARTED, 'ask', 'turn.audible', 'turn.interjected'],
  'turn.conversation': [...STARTED, 'ask', 'turn.audible', 'turn.replyEnded'],
  'turn.muted': [...STARTED, 'mute'],
  'microphone.opening': [],
  'microphone.ok': [...STARTED, 'ask'],
  'microphone.lost': [...DEVICES_OPEN, 'microphone.lost'],
  'microphone.reopening': [...DEVICES_OPEN, 'microphone.lost', 'after microphoneBackoff'],
  'speaker.opening': [],
  'speaker.ok': [...STARTED, 'ask'],
  'speaker.lost': [...DEVICES_OPEN, 'speaker.lost'],
  'speaker.reopening': [...DEVICES_OPEN, 'speaker.lost', 'after speakerBackoff'],
  'model.unknown': [...STARTED, 'ask'],
  'model.warming': [...STARTED, 'model.unknown > done'],
  'model.ready': [...STARTED, 'ask', 'model.unknown > done', 'model.warming > done'],
  'model.unreachable': ['model.unknown > error'],
};
