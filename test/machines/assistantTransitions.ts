import { CONVERSATION, SPEAKING, THINKING } from './replyTransitions.js';
import {
  begins,
  committed,
  conversation,
  ends,
  failed,
  hearing,
  held,
  idle,
  listening,
  muted,
  pausing,
  playing,
  replaces,
  second,
  type TransitionRow,
  thinking,
  verifying,
} from './transitionRow.js';

/** How a turn begins out of rest. */
const TURN_BEGINS = [
  { event: 'button.pressed', guard: 'microphoneWorks', to: held, does: begins('button') },
  { event: 'wake.detected', guard: 'microphoneWorks', to: listening, does: begins('wakeWord') },
  { event: 'button.doubleTapped', to: thinking, does: [...begins('repeat'), ...committed] },
  { event: 'ask', to: thinking, does: [...begins('typed'), ...committed] },
  { event: 'say', to: thinking, does: [...begins('say'), ...committed] },
];

const starting = (state: string) => `turn.starting.${state}`;

const STARTING: readonly TransitionRow[] = [
  ...['opening', 'loading', 'warming', 'retrying'].map(starting).map(
    (from): TransitionRow => ({
      of: 'turn.starting',
      from,
      event: 'button.pressed',
      guard: 'else',
      to: from,
      does: ['refused: starting'],
    }),
  ),
  {
    of: starting('opening'),
    event: 'always',
    guard: 'devicesTried',
    given: 'microphone.opening > done, speaker.opening > error',
    to: starting('loading'),
    does: ['speaker lost'],
  },
  {
    of: starting('opening'),
    event: 'after openTimeout',
    to: starting('loading'),
    does: ['microphone lost', 'speaker lost'],
  },
  { of: starting('loading'), event: 'done', to: starting('warming') },
  { of: starting('warming'), event: 'done', to: idle },
  ...['loading', 'warming'].map(starting).map(
    (of): TransitionRow => ({
      of,
      event: 'error',
      to: starting('retrying'),
      does: ['start failed: deviceUnavailable'],
    }),
  ),
  { of: starting('loading'), event: 'after loadTimeout', to: starting('retrying'), does: ['start failed: timedOut'] },
  { of: starting('warming'), event: 'after startTimeout', to: starting('retrying'), does: ['start failed: timedOut'] },
  { of: starting('retrying'), event: 'after startBackoff', to: starting('loading') },
];

const IDLE: readonly TransitionRow[] = [
  ...[idle, failed].flatMap((from): TransitionRow[] => [
    ...TURN_BEGINS.map((row) => ({
      ...row,
      of: 'turn.idle',
      from,
      does: from === failed ? second(row.does) : row.does,
    })),
    {
      of: 'turn.idle',
      from,
      event: 'button.pressed',
      guard: 'else',
      given: 'microphone.lost',
      to: from,
      does: ['refused: microphoneLost'],
    },
    { of: 'turn.idle', from, event: 'mute', to: muted, does: ['is deaf'] },
    {
      of: 'turn.idle',
      from,
      event: 'button.longPressed',
      guard: 'microphoneWorks',
      to: muted,
      does: ['is deaf'],
    },
  ]),
  { of: idle, event: 'after forgetAfter', to: idle, does: ['forgets the conversation'] },
  { of: failed, event: 'after failureShown', to: idle },
];

const LISTENING: readonly TransitionRow[] = [
  ...[listening, hearing, pausing].flatMap((from): TransitionRow[] => [
    { of: 'turn.listening', from, event: 'transcript.partial', to: from, does: ['understood: turn on'] },
    { of: 'turn.listening', from, event: 'turn.endpoint', to: thinking, does: committed },
    { of: 'turn.listening', from, event: 'turn.nothingHeard', to: idle, does: ends('nothingHeard') },
    { of: 'turn.listening', from, event: 'button.pressed', guard: 'else', to: thinking, does: committed },
    {
      of: 'turn.listening',
      from,
      event: 'button.doubleTapped',
      to: thinking,
      does: [...replaces('repeat'), 'turn-2 is told to commit'],
    },
    {
      of: 'turn.listening',
      from,
      event: 'ask',
      to: thinking,
      does: [...replaces('typed'), 'turn-2 is told to commit'],
    },
    { of: 'turn.listening', from, event: 'cancel', to: idle, does: ends('stopped') },
    { of: 'turn.listening', from, event: 'mute', to: muted, does: ['is deaf', ...ends('stopped')] },
    { of: 'turn.listening', from, event: 'button.longPressed', to: muted, does: ['is deaf', ...ends('stopped')] },
  ]),
  { of: held, event: 'button.tapped', to: 'turn.listening.button.up', does: ['turn-1 is told to letSilenceEnd'] },
  { of: held, event: 'button.released', to: thinking, does: committed },
  { of: listening, event: 'turn.speechStarted', to: hearing },
  { of: listening, event: 'after listenTimeout', to: idle, does: ends('timedOut') },
  { of: hearing, event: 'turn.paused', to: pausing },
  { of: hearing, event: 'after listenTimeout', to: thinking, does: committed },
  { of: pausing, event: 'turn.resumed', to: hearing },
  { of: pausing, event: 'after listenTimeout', to: thinking, does: committed },
];

const MUTED: readonly TransitionRow[] = [
  { of: muted, event: 'after forgetAfter', to: muted, does: ['forgets the conversation'] },
  { of: muted, event: 'unmute', to: idle, does: ['hears again'] },
  { of: muted, event: 'button.longPressed', to: idle, does: ['hears again'] },
  { of: muted, event: 'ask', to: muted, does: ['refused: muted'] },
  { of: muted, event: 'button.pressed', guard: 'else', to: muted, does: ['refused: muted'] },
];

const ANY_TURN: readonly TransitionRow[] = [listening, hearing, pausing, thinking, playing, verifying].flatMap(
  (from) => [
    { of: 'turn', from, event: 'turn.failed voiceFailed', to: failed, does: ends('voiceFailed') },
    { of: 'turn', from, event: 'error turn', to: failed, does: ends('internal') },
  ],
);

const DEVICES: readonly TransitionRow[] = (['microphone', 'speaker'] as const).flatMap((device): TransitionRow[] => {
  const [ok, lost, reopening] = [`${device}.ok`, `${device}.lost`, `${device}.reopening`];
  const isLost = [`${device} lost`];
  return [
    { of: ok, event: `${device}.lost`, to: lost, does: isLost },
    {
      of: ok,
      event: `turn.failed ${device}Lost`,
      guard: `${device}Failed`,
      to: lost,
      does: ends(`${device}Lost`),
    },
    { of: lost, event: `after ${device}Backoff`, to: reopening },
    ...[`${device}.opening`, reopening].flatMap((of): TransitionRow[] => [
      { of, event: 'done', to: ok },
      { of, event: 'error', to: lost, does: isLost },
    ]),
    { of: `${device}.opening`, event: 'after openTimeout', to: lost, does: ['microphone lost', 'speaker lost'] },
    { of: reopening, event: 'after openTimeout', to: lost, does: isLost },
  ];
});

/** The bell rings, and a press is for it alone. */
const BELL: readonly TransitionRow[] = [
  ...Object.entries({
    'turn.starting': ['opening', 'loading', 'warming', 'retrying'].map(starting),
    'turn.idle': [idle, failed],
    'turn.listening': [listening, hearing, pausing],
    'turn.thinking': [thinking],
    'turn.speaking': [playing, verifying],
    'turn.conversation': [conversation],
    'turn.muted': [muted],
  }).flatMap(([of, states]) =>
    states.map(
      (from): TransitionRow => ({
        of,
        from,
        event: 'button.pressed',
        guard: 'bellRings',
        given: 'bell.rings',
        to: from,
        does: ['what rings is stopped'],
      }),
    ),
  ),
  { of: 'bell.silent', event: 'bell.rings', to: 'bell.ringing', does: ['the bell strikes'] },
  { of: 'bell.ringing', event: 'after bellStroke', to: 'bell.ringing', does: ['the bell strikes'] },
  { of: 'bell.ringing', event: 'bell.stopped', to: 'bell.silent' },
  { of: 'bell.ringing', event: 'button.pressed', to: 'bell.silent', does: ['what rings is stopped'] },
  { of: 'bell.ringing', event: 'cancel', to: 'bell.silent', does: ['what rings is stopped'] },
];

const MODEL: readonly TransitionRow[] = [
  { of: 'model', from: 'model.unknown', event: 'turn.modelAnswered', to: 'model.ready' },
  { of: 'model', from: 'model.ready', event: 'turn.modelAnswered', to: 'model.ready' },
  { of: 'model.unknown', event: 'done', to: 'model.warming' },
  { of: 'model.unknown', event: 'error', to: 'model.unreachable', does: ['model unreachable'] },
  { of: 'model.unknown', event: 'after openTimeout', to: 'model.unreachable', does: ['still thinks'] },
  { of: 'model.warming', event: 'done', to: 'model.ready' },
  { of: 'model.warming', event: 'error', to: 'model.unreachable', does: ['model unreachable'] },
  { of: 'model.warming', event: 'after warmTimeout', to: 'model.unreachable' },
  { of: 'model.ready', event: 'turn.modelFailed', to: 'model.unreachable' },
  { of: 'model.unreachable', event: 'after modelBackoff', to: 'model.unknown' },
];

/** Every transition of the chart. */
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
  ...BELL,
];
