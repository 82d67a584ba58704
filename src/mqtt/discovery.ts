import { STATES } from '../appliance/reportedState.js';
import { type Message, retained } from './message.js';
import type { CommandName, Published, Topics } from './topics.js';

/** What Home Assistant shows of the device. */
export interface Device {
  readonly name: string;
  /** Of the program. */
  readonly version: string;
}

/** Entities that exist only where the owner, or the rest of the program, provides for them. */
export interface Offered {
  readonly replies: boolean;
  readonly transcripts: boolean;
  readonly timers: boolean;
  readonly button: boolean;
}

export const GESTURES = ['tap', 'double', 'long'] as const;
export type Gesture = (typeof GESTURES)[number];

export const MAX_SAY_CHARS = 1000;

/** The keys of MQTT discovery that are used; see "MQTT" in Home Assistant's documentation. */
interface Entity {
  readonly component: 'sensor' | 'switch' | 'number' | 'button' | 'notify' | 'event';
  readonly id: string;
  readonly name: string;
  readonly icon: string;
  readonly state?: Published;
  readonly attributes?: Published;
  readonly command?: CommandName;
  readonly isOffered?: (offered: Offered) => boolean;
  /** What only this component has. */
  readonly more?: Readonly<Record<string, unknown>>;
}

const ENTITIES: readonly Entity[] = [
  {
    component: 'sensor',
    id: 'state',
    name: 'State',
    icon: 'mdi:account-voice',
    state: 'state',
    attributes: 'attributes',
    more: { device_class: 'enum', options: STATES },
  },
  { component: 'switch', id: 'muted', name: 'Mute', icon: 'mdi:microphone-off', state: 'muted', command: 'mute' },
  {
    component: 'number',
    id: 'volume',
    name: 'Volume',
    icon: 'mdi:volume-high',
    state: 'volume',
    command: 'volume',
    more: { min: 0, max: 100, step: 1, unit_of_measurement: '%', mode: 'slider' },
  },
  { component: 'button', id: 'talk', name: 'Talk', icon: 'mdi:microphone', command: 'listen' },
  { component: 'button', id: 'stop', name: 'Stop', icon: 'mdi:stop', command: 'stop' },
  { component: 'notify', id: 'say', name: 'Say', icon: 'mdi:bullhorn', command: 'say' },
  {
    component: 'sensor',
    id: 'reply',
    name: 'Last reply',
    icon: 'mdi:message-text',
    state: 'reply',
    attributes: 'reply/attributes',
    isOffered: ({ replies }) => replies,
  },
  {
    component: 'sensor',
    id: 'transcript',
    name: 'Last question',
    icon: 'mdi:message-question',
    state: 'transcript',
    attributes: 'transcript/attributes',
    isOffered: ({ transcripts }) => transcripts,
  },
  {
    component: 'sensor',
    id: 'timers',
    name: 'Timers',
    icon: 'mdi:timer-outline',
    state: 'timers',
    attributes: 'timers/attributes',
    isOffered: ({ timers }) => timers,
  },
  {
    component: 'event',
    id: 'button',
    name: 'Button',
    icon: 'mdi:gesture-tap-button',
    state: 'button',
    isOffered: ({ button }) => button,
    more: { device_class: 'button', event_types: GESTURES },
  },
];

/**
 * Tells Home Assistant of the device and its entities, one retained message each: every version understands these. One
 * that is not offered is taken back with an empty message, as is what the broker retains of it.
 */
export function discoveryMessages(topics: Topics, device: Device, offered: Offered): Message[] {
  return ENTITIES.flatMap((entity) => {
    const topic = topics.discovery(entity.component, entity.id);
    if (entity.isOffered?.(offered) ?? true) return [retained(topic, JSON.stringify(configOf(entity, topics, device)))];
    const values = [entity.state, entity.attributes].filter((what) => what !== undefined && what !== 'button');
    return [retained(topic, ''), ...values.map((what) => retained(topics.of(what as Published), ''))];
  });
}

function configOf(entity: Entity, topics: Topics, device: Device): Record<string, unknown> {
  const { id, name, icon, state, attributes, command, more } = entity;
  const unique = `pressel_${topics.id}`;
  return {
    name,
    unique_id: `${unique}_${id}`,
    icon,
    availability_topic: topics.of('availability'),
    ...(state && { state_topic: topics.of(state) }),
    ...(attributes && { json_attributes_topic: topics.of(attributes) }),
    ...(command && { command_topic: topics.command(command), qos: 1 }),
    ...more,
    device: { identifiers: [unique], name: device.name, manufacturer: 'Pressel', sw_version: device.version },
    origin: { name: 'pressel', sw_version: device.version },
  };
}
