import { variableName } from '../../config/environment.js';

/** What the microphone is: none is wanted, there is none, or one that breaks off again and again. */
export type IdleMicrophone = 'silence' | 'lost' | 'unsteady';

/** What may be well or not while nobody asks anything. */
export interface IdleCondition {
  readonly name: string;
  readonly microphone: IdleMicrophone;
  /** Whether there is a model server. */
  readonly hasServer: boolean;
  /** In place of the defaults, by section and key. */
  readonly settings: readonly (readonly [section: string, key: string, value: string])[];
}

/** Nothing listens at it: port 9 is for what is thrown away (RFC 863), and no system of today serves it. */
const NOBODY = '127.0.0.1:9';

const WAKE_WORD = ['wake', 'words', 'hey_jarvis'] as const;
const NO_BROKER = [
  ['skills.mqtt', 'enabled', 'true'],
  ['skills.mqtt', 'url', `mqtt://${NOBODY}`],
] as const;

const WELL = { microphone: 'silence', hasServer: true, settings: [] } as const;

export const IDLE_CONDITIONS: readonly IdleCondition[] = [
  { ...WELL, name: 'all well' },
  { ...WELL, name: 'wake word', settings: [WAKE_WORD] },
  { ...WELL, name: 'no model server', hasServer: false },
  { ...WELL, name: 'no MQTT broker', settings: NO_BROKER },
  { ...WELL, name: 'no microphone', microphone: 'lost' },
  { ...WELL, name: 'unsteady microphone', microphone: 'unsteady' },
  {
    name: 'all of these',
    microphone: 'unsteady',
    hasServer: false,
    settings: [WAKE_WORD, ...NO_BROKER],
  },
];

/** The programs that stand in for the sound card's, by name: shell scripts. Empty: none is needed. */
export const STAND_INS: Readonly<Record<IdleMicrophone, Readonly<Record<string, string>>>> = {
  silence: {},
  lost: {
    aplay: `echo "Playing raw data 'stdin'" >&2\nexec cat > /dev/null\n`,
    arecord: 'echo "arecord: main:850: audio open error: No such file or directory" >&2\nexit 1\n',
  },
  unsteady: {
    aplay: `echo "Playing raw data 'stdin'" >&2\nexec cat > /dev/null\n`,
    // A second of sound, and then it is gone, as with a loose plug.
    arecord: [
      'dd if=/dev/zero bs=32000 count=1 2> /dev/null',
      'sleep 1',
      'echo "arecord: pcm_read:2145: read error: No such device" >&2',
      'exit 1',
      '',
    ].join('\n'),
  },
};

/** The variables that make `pressel run` what the condition says. @param serverUrl of the model server that there is */
export function environmentOf(condition: IdleCondition, serverUrl: string, model: string): Record<string, string> {
  const driver = condition.microphone === 'silence' ? 'null' : 'alsa-utils';
  const settings: IdleCondition['settings'] = [
    ['audio', 'driver', driver],
    ['llm', 'url', condition.hasServer ? serverUrl : `http://${NOBODY}`],
    ['llm', 'model', model],
    ['inspector', 'listen', '127.0.0.1:0'], // another may run here
    ['log', 'format', 'json'], // as in a service
    ...condition.settings,
  ];
  return Object.fromEntries(settings.map(([section, key, value]) => [variableName(section, key), value]));
}
