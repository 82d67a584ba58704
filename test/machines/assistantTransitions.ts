/** One transition of the assistant's chart: where it is written, what takes it, where it leads and what it does. */
export interface TransitionRow {
  /** The state that the transition is written in. */
  readonly of: string;
  /** As `statechartTransitions` names it, with a turn failure's reason where the guard asks for it. */
  readonly event: string;
  readonly guard?: string;
  /** The state without substates that it is taken from; default: `of`. */
  readonly from?: string;
  /** What happens first, so that the guard decides this way. */
  readonly given?: string;
  readonly to: string;
  /** What it does, in order. */
  readonly does?: readonly string[];
}

/** What must happen, from the start, to arrive in each state. `state > event` is an event for that state's invoked actor. */
export const ARRIVALS: Readonly<Record<string, readonly string[]>> = {
  'turn.starting.loading': [],
  'turn.starting.retrying': ['turn.starting.loading > error'],
  'turn.idle': ['turn.starting.loading > done'],
  'turn.listening.waitingForSpeech': ['turn.starting.loading > done', 'button.pressed'],
  'turn.listening.hearing': ['turn.starting.loading > done', 'button.pressed', 'turn.speechStarted'],
  'turn.listening.pausing': ['turn.starting.loading > done', 'button.pressed', 'turn.speechStarted', 'turn.paused'],
  'turn.thinking': ['turn.starting.loading > done', 'ask'],
  'turn.speaking': ['turn.starting.loading > done', 'ask', 'turn.audible'],
  'turn.conversation': ['turn.starting.loading > done', 'ask', 'turn.audible', 'turn.replyEnded'],
  'turn.muted': ['turn.starting.loading > done', 'mute'],
  'microphone.ok': ['turn.starting.loading > done', 'ask'],
  'microphone.lost': ['microphone.lost'],
  'microphone.reopening': ['microphone.lost', 'after microphoneBackoff'],
  'speaker.ok': ['turn.starting.loading > done', 'ask'],
  'speaker.lost': ['speaker.lost'],
  'speaker.reopening': ['speaker.lost', 'after speakerBackoff'],
  'model.unknown': ['turn.starting.loading > done', 'ask'],
  'model.warming': ['turn.starting.loading > done', 'model.unknown > done'],
  'model.ready': ['turn.starting.loading > done', 'ask', 'model.unknown > done', 'model.warming > done'],
  'model.unreachable': ['model.unknown > error'],
};

const begins = (source: string) => ['turn-1 has started', `turn-1 runs (${source})`];
const ends = (outcome: string) => ['turn-1 is stopped', `turn-1 has ended: ${outcome}`];
const committed = ['turn-1 is told to commit'];
/** The next turn takes the place of the first. */
const replaces = (source: string) => [
  'turn-1 is stopped',
  'turn-1 has ended: stopped',
  'turn-2 has started',
  `turn-2 runs (${source})`,
];

const idle = 'turn.idle';
const muted = 'turn.muted';
const thinking = 'turn.thinking';
const speaking = 'turn.speaking';
const conversation = 'turn.conversation';
const listening = 'turn.listening.waitingForSpeech';
const hearing = 'turn.listening.hearing';
const pausing = 'turn.listening.pausing';

const STARTING: readonly TransitionRow[] = [
  {
    of: 'turn.starting',
    from: 'turn.starting.loading',
    event: 'button.pressed',
    to: 'turn.starting.loading',
    does: ['refused: starting'],
  },
  {
    of: 'turn.starting',
    from: 'turn.starting.retrying',
    event: 'button.pressed',
    to: 'turn.starting.retrying',
    does: ['refused: starting'],
  },
  { of: 'turn.starting.loading', event: 'done', to: idle },
  {
    of: 'turn.starting.loading',
    event: 'error',
    to: 'turn.starting.retrying',
    does: ['start failed: deviceUnavailable'],
  },
  {
    of: 'turn.starting.loading',
    event: 'after startTimeout',
    to: 'turn.starting.retrying',
    does: ['start failed: timedOut'],
  },
  { of: 'turn.starting.retrying', event: 'after startBackoff', to: 'turn.starting.loading' },
];

const IDLE: readonly TransitionRow[] = [
  { of: idle, event: 'button.pressed', guard: 'microphoneWorks', to: listening, does: begins('button') },
  {
    of: idle,
    event: 'button.pressed',
    guard: 'else',
    given: 'microphone.lost',
    to: idle,
    does: ['refused: microphoneLost'],
  },
  { of: idle, event: 'wake.detected', guard: 'microphoneWorks', to: listening, does: begins('wakeWord') },
  { of: idle, event: 'ask', to: thinking, does: [...begins('typed'), ...committed] },
  { of: idle, event: 'mute', to: muted },
  { of: idle, event: 'after forgetAfter', to: idle, does: ['forgets the conversation'] },
];

const LISTENING: readonly TransitionRow[] = [
  ...[listening, hearing, pausing].flatMap((from): TransitionRow[] => [
    { of: 'turn.listening', from, event: 'turn.endpoint', to: thinking, does: committed },
    { of: 'turn.listening', from, event: 'turn.nothingHeard', to: idle, does: ends('nothingHeard') },
    { of: 'turn.listening', from, event: 'button.pressed', to: thinking, does: committed },
    {
      of: 'turn.listening',
      from,
      event: 'ask',
      to: thinking,
      does: [...replaces('typed'), 'turn-2 is told to commit'],
    },
    { of: 'turn.listening', from, event: 'cancel', to: idle, does: ends('stopped') },
    { of: 'turn.listening', from, event: 'mute', to: muted, does: ends('stopped') },
  ]),
  { of: listening, event: 'turn.speechStarted', to: hearing },
  { of: listening, event: 'after listenTimeout', to: idle, does: ends('timedOut') },
  { of: hearing, event: 'turn.paused', to: pausing },
  { of: hearing, event: 'after listenTimeout', to: thinking, does: committed },
  { of: pausing, event: 'turn.resumed', to: hearing },
  { of: pausing, event: 'after listenTimeout', to: thinking, does: committed },
];

const THINKING: readonly TransitionRow[] = [
  { of: thinking, event: 'turn.audible', to: speaking },
  { of: thinking, event: 'turn.replyEnded', to: idle, does: ends('replied') },
  { of: thinking, event: 'turn.nothingHeard', to: idle, does: ends('nothingHeard') },
  { of: thinking, event: 'button.pressed', guard: 'microphoneWorks', to: listening, does: replaces('button') },
  {
    of: thinking,
    event: 'button.pressed',
    guard: 'else',
    given: 'microphone.lost',
    to: idle,
    does: ['refused: microphoneLost', ...ends('stopped')],
  },
  { of: thinking, event: 'ask', to: thinking, does: [...replaces('typed'), 'turn-2 is told to commit'] },
  { of: thinking, event: 'cancel', to: idle, does: ends('stopped') },
  { of: thinking, event: 'mute', to: muted, does: ends('stopped') },
  { of: thinking, event: 'after thinkTimeout', to: idle, does: ends('timedOut') },
];

const SPEAKING: readonly TransitionRow[] = [
  {
    of: speaking,
    event: 'turn.replyEnded',
    guard: 'microphoneWorks',
    to: conversation,
    does: ['turn-1 is stopped', 'turn-1 has ended: replied', 'turn-2 has started', 'turn-2 runs (followUp)'],
  },
  { of: speaking, event: 'turn.replyEnded', guard: 'else', given: 'microphone.lost', to: idle, does: ends('replied') },
  { of: speaking, event: 'button.pressed', guard: 'microphoneWorks', to: listening, does: replaces('button') },
  {
    of: speaking,
    event: 'button.pressed',
    guard: 'else',
    given: 'microphone.lost',
    to: idle,
    does: ['refused: microphoneLost', ...ends('stopped')],
  },
  { of: speaking, event: 'ask', to: thinking, does: [...replaces('typed'), 'turn-2 is told to commit'] },
  { of: speaking, event: 'cancel', to: idle, does: ends('stopped') },
  { of: speaking, event: 'mute', to: muted, does: ends('stopped') },
  { of: speaking, event: 'after speakTimeout', to: idle, does: ends('timedOut') },
];

/** The reply was turn 1; the follow-up window is turn 2. */
const CONVERSATION: readonly TransitionRow[] = [
  { of: conversation, event: 'turn.speechStarted', to: hearing },
  { of: conversation, event: 'turn.nothingHeard', to: idle, does: second(ends('nothingHeard')) },
  { of: conversation, event: 'button.pressed', to: listening, does: second(replaces('button')) },
  { of: conversation, event: 'ask', to: thinking, does: second([...replaces('typed'), 'turn-2 is told to commit']) },
  { of: conversation, event: 'cancel', to: idle, does: second(ends('stopped')) },
  { of: conversation, event: 'mute', to: muted, does: second(ends('stopped')) },
  { of: conversation, event: 'after followUpWindow', to: idle, does: second(ends('nothingHeard')) },
];

const MUTED: readonly TransitionRow[] = [
  { of: muted, event: 'unmute', to: idle },
  { of: muted, event: 'button.pressed', to: muted, does: ['refused: muted'] },
];

const ANY_TURN: readonly TransitionRow[] = [listening, hearing, pausing, thinking, speaking].flatMap((from) => [
  { of: 'turn', from, event: 'turn.failed voiceFailed', to: idle, does: ends('voiceFailed') },
  { of: 'turn', from, event: 'error turn', to: idle, does: ends('internal') },
]);

const DEVICES: readonly TransitionRow[] = (['microphone', 'speaker'] as const).flatMap((device): TransitionRow[] => {
  const [ok, lost, reopening] = [`${device}.ok`, `${device}.lost`, `${device}.reopening`];
  return [
    { of: ok, event: `${device}.lost`, to: lost },
    {
      of: ok,
      event: `turn.failed ${device}Lost`,
      guard: `${device}Failed`,
      to: lost,
      does: ends(`${device}Lost`),
    },
    { of: lost, event: `after ${device}Backoff`, to: reopening },
    { of: reopening, event: 'done', to: ok },
    { of: reopening, event: 'error', to: lost },
    { of: reopening, event: 'after openTimeout', to: lost },
  ];
});

const MODEL: readonly TransitionRow[] = [
  { of: 'model', from: 'model.unknown', event: 'turn.modelAnswered', to: 'model.ready' },
  { of: 'model', from: 'model.ready', event: 'turn.modelAnswered', to: 'model.ready' },
  { of: 'model.unknown', event: 'done', to: 'model.warming' },
  { of: 'model.unknown', event: 'error', to: 'model.unreachable', does: ['model unreachable'] },
  { of: 'model.unknown', event: 'after openTimeout', to: 'model.unreachable' },
  { of: 'model.warming', event: 'done', to: 'model.ready' },
  { of: 'model.warming', event: 'error', to: 'model.unreachable', does: ['model unreachable'] },
  { of: 'model.warming', event: 'after warmTimeout', to: 'model.unreachable' },
  { of: 'model.ready', event: 'turn.modelFailed', to: 'model.unreachable' },
  { of: 'model.unreachable', event: 'after modelBackoff', to: 'model.unknown' },
];

function second(log: readonly string[]): string[] {
  return log.map((line) => line.replaceAll('turn-2', 'turn-3').replaceAll('turn-1', 'turn-2'));
}

export const TRANSITIONS: readonly TransitionRow[] = [
  ...STARTING,
  ...IDLE,
  ...LISTENING,
  ...THINKING,
  ...SPEAKING,
  ...CONVERSATION,
  ...MUTED,
  ...ANY_TURN,
  ...DEVICES,
  ...MODEL,
];
