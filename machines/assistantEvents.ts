/** Why a turn came to nothing. One remedy each; the program turns them into words, light and log. */
export type TurnFailure =
  | 'microphoneLost'
  | 'speakerLost'
  | 'recognizerFailed'
  | 'voiceFailed'
  | 'skillFailed'
  | 'timedOut'
  | 'internal';

/** Why the assistant could not start. It tries again with backoff. */
export type StartFailure = 'modelMissing' | 'modelDamaged' | 'deviceUnavailable' | 'timedOut' | 'internal';

/** How a turn began. */
export type TurnSource =
  | { readonly kind: 'button' }
  | { readonly kind: 'wakeWord'; readonly word: string; readonly wordEndAtMs: number }
  | { readonly kind: 'followUp' }
  /** The user has talked into the reply. `sinceMs`: when they began, on the microphone's clock. */
  | { readonly kind: 'interruption'; readonly sinceMs: number }
  /** The last answer once more. */
  | { readonly kind: 'repeat' }
  | { readonly kind: 'typed'; readonly question: string }
  /** Somebody else's words, spoken as they are: no question, and no reply is expected. */
  | { readonly kind: 'say'; readonly text: string };

/** What the turn actor is given. It runs the streams of one turn and stops them all when it is stopped. */
export interface TurnInput {
  readonly turnId: string;
  readonly source: TurnSource;
}

/** What the statechart tells the running turn. */
export type TurnCommand =
  /** The user has finished: reply now. */
  | { readonly type: 'commit' }
  /** The button is up: from now on silence ends what the user says. A turn that a button did not begin is so from the start. */
  | { readonly type: 'letSilenceEnd' }
  /** Somebody may be talking into the reply: softer, until it is known. */
  | { readonly type: 'duck' }
  /** It was nothing: go on as loud as before, from the word at which it became softer. */
  | { readonly type: 'resume' };

/** What the running turn reports. Facts, not decisions; no audio, no tokens. */
export type TurnReport =
  | { readonly type: 'turn.speechStarted' }
  | { readonly type: 'turn.paused' }
  | { readonly type: 'turn.resumed' }
  /** What was recognised so far: the newest transcript, and the words of its beginning that will not change. */
  | { readonly type: 'transcript.partial'; readonly text: string; readonly stable: string }
  /** The user has finished, or has talked for as long as can be recognised. Silence is no end while the button is held. */
  | { readonly type: 'turn.endpoint' }
  /** The user goes on speaking, and nothing of the reply was audible yet: the question was not over. */
  | { readonly type: 'turn.reopened' }
  /** Nobody spoke, or no words were recognised. */
  | { readonly type: 'turn.nothingHeard' }
  /** The first audible sample of the reply is being heard. */
  | { readonly type: 'turn.audible' }
  /** Somebody talks while the reply is heard. Who, and whether it means anything, is not known yet. */
  | { readonly type: 'turn.interjected' }
  /** It was a cough, a "yes, I see", or the reply itself. */
  | { readonly type: 'turn.interjectionOver' }
  /** It is the user, who wants to say something or wants silence. `sinceMs`: when they began, on the microphone's clock. */
  | { readonly type: 'turn.interrupted'; readonly sinceMs: number }
  /** They wanted silence, and may go on: "wait", "no". */
  | { readonly type: 'turn.silenced' }
  /** The last sample of the reply has been heard. `asks`: with it the user was asked something. */
  | { readonly type: 'turn.replyEnded'; readonly asks: boolean }
  /** The user has said goodbye, or thanks, or what was said aloud calls for no answer: nobody is listened to after it. */
  | { readonly type: 'turn.farewell' }
  | { readonly type: 'turn.failed'; readonly reason: TurnFailure }
  /** The chat model failed; the turn itself goes on with an apology or with what had arrived. */
  | { readonly type: 'turn.modelFailed' }
  /** The chat model answers. */
  | { readonly type: 'turn.modelAnswered' };

/** What reaches the statechart from the outside. */
export type AssistantCommand =
  | { readonly type: 'button.pressed' }
  /** It was released too soon to have been held to talk. */
  | { readonly type: 'button.tapped' }
  /** It was held while the user spoke: the question is complete. */
  | { readonly type: 'button.released' }
  /** The last answer is wanted once more. */
  | { readonly type: 'button.doubleTapped' }
  /** Mute, or hear again. */
  | { readonly type: 'button.longPressed' }
  /** @property wordEndAtMs when the word was over, on the microphone's clock: the question may have followed in one breath */
  | { readonly type: 'wake.detected'; readonly word: string; readonly wordEndAtMs: number }
  | { readonly type: 'ask'; readonly question: string }
  /** To be said aloud. Only in rest: it takes nobody's turn. */
  | { readonly type: 'say'; readonly text: string }
  | { readonly type: 'cancel' }
  | { readonly type: 'mute' }
  | { readonly type: 'unmute' }
  /** A timer or an alarm is due, and none rings any more. */
  | { readonly type: 'bell.rings' }
  | { readonly type: 'bell.stopped' }
  | { readonly type: 'microphone.lost'; readonly error: unknown }
  | { readonly type: 'speaker.lost'; readonly error: unknown };

/** How a turn ended. `stopped`: by the user, or by the next turn. `silenced`: the user had wanted silence, and has it. */
export type TurnOutcome = 'replied' | 'nothingHeard' | 'stopped' | 'silenced' | TurnFailure;

/** What the statechart tells the world; `actor.on(type)` hears it. */
export type AssistantNotice =
  | { readonly type: 'turnStarted'; readonly turnId: string }
  | {
      readonly type: 'turnEnded';
      readonly turnId: string;
      /** How it had begun. */
      readonly source: TurnSource['kind'];
      readonly outcome: TurnOutcome;
    }
  /** What the user is saying, as far as it has been recognised. */
  | { readonly type: 'transcript.partial'; readonly text: string; readonly stable: string }
  | { readonly type: 'startFailed'; readonly reason: StartFailure; readonly error: unknown }
  | { readonly type: 'modelUnreachable'; readonly error: unknown }
  /** Said once for each attempt to open it. */
  | { readonly type: 'deviceLost'; readonly device: 'microphone' | 'speaker'; readonly error: unknown }
  /** Once for each stroke. */
  | { readonly type: 'bellStruck' }
  /** The reply takes long. */
  | { readonly type: 'stillThinking' }
  /** A button was pressed, or a question typed, that can have no effect now. */
  | { readonly type: 'refused'; readonly reason: 'starting' | 'muted' | 'microphoneLost' };

/** What the light and the status line show of a state, besides what the tests ask of it. */
export type AssistantTag =
  | 'resting'
  | 'busy'
  | 'microphoneOpen'
  | 'problem'
  | 'opening'
  | 'warmingUp'
  | 'idle'
  | 'listening'
  | 'hearing'
  | 'thinking'
  | 'speaking'
  | 'followUp'
  | 'ringing'
  | 'muted'
  | 'error'
  | 'microphoneLost'
  | 'speakerLost'
  | 'modelUnreachable';

/** Rejection of the provided `loadModels` or `warmUp`, for a reason that the owner can act on. */
export class StartError extends Error {
  override readonly name = 'StartError';
  constructor(
    readonly reason: StartFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The event of a transition as XState names it; delayed and internal ones are not in our unions. */
type AnyEvent = { readonly type: string };

/** How the turn that `event` begins was asked for. */
export function sourceOf(event: AnyEvent | AssistantCommand | TurnReport): TurnSource {
  switch (event.type) {
    case 'button.pressed':
      return { kind: 'button' };
    case 'wake.detected':
      return 'word' in event
        ? { kind: 'wakeWord', word: event.word, wordEndAtMs: event.wordEndAtMs }
        : { kind: 'wakeWord', word: '', wordEndAtMs: Number.POSITIVE_INFINITY };
    case 'button.doubleTapped':
      return { kind: 'repeat' };
    case 'turn.interrupted':
      return { kind: 'interruption', sinceMs: 'sinceMs' in event ? event.sinceMs : Number.POSITIVE_INFINITY };
    case 'ask':
      return { kind: 'typed', question: 'question' in event ? event.question : '' };
    case 'say':
      return { kind: 'say', text: 'text' in event ? event.text : '' };
    default:
      return { kind: 'followUp' };
  }
}

/** How the turn that `event` ends has gone. */
export function outcomeOf(event: AnyEvent | TurnReport): TurnOutcome {
  if (event.type === 'turn.failed' && 'reason' in event) return event.reason;
  if (event.type === 'turn.replyEnded') return 'replied';
  if (event.type === 'turn.silenced') return 'silenced';
  if (event.type === 'turn.nothingHeard' || event.type.startsWith('xstate.after.followUpWindow')) return 'nothingHeard';
  if (event.type.startsWith('xstate.after.')) return 'timedOut';
  if (event.type.startsWith('xstate.error.')) return 'internal';
  return 'stopped';
}
