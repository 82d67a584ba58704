/** What the device publishes, each under a topic of its own. */
export const PUBLISHED = [
  'availability',
  'state',
  'attributes',
  'muted',
  'volume',
  'reply',
  'reply/attributes',
  'transcript',
  'transcript/attributes',
  'timers',
  'timers/attributes',
  'button',
] as const;
export type Published = (typeof PUBLISHED)[number];

/** What it can be told. */
export const COMMANDS = ['say', 'listen', 'stop', 'mute', 'volume'] as const;
export type CommandName = (typeof COMMANDS)[number];

/** Where a device is found on the broker: `pressel/<id>/state`, `pressel/<id>/command/say`. */
export class Topics {
  readonly #root: string;

  /** @param id of letters, digits, `-` and `_`: it is part of Home Assistant's ids as well */
  constructor(
    prefix: string,
    readonly id: string,
    private readonly discoveryPrefix: string,
  ) {
    this.#root = `${prefix}/${id}`;
  }

  of(what: Published): string {
    return `${this.#root}/${what}`;
  }

  command(name: CommandName): string {
    return `${this.#root}/command/${name}`;
  }

  /** All that is told to this device, known or not. */
  get commands(): string {
    return `${this.#root}/command/#`;
  }

  /** The part after `command/`; undefined: it is no command of this device. */
  commandIn(topic: string): string | undefined {
    const start = `${this.#root}/command/`;
    return topic.startsWith(start) ? topic.slice(start.length) : undefined;
  }

  /** Where Home Assistant looks for an entity. */
  discovery(component: string, entity: string): string {
    return `${this.discoveryPrefix}/${component}/pressel_${this.id}/${entity}/config`;
  }

  /** Home Assistant says "online" there when it has started. */
  get homeAssistantStatus(): string {
    return `${this.discoveryPrefix}/status`;
  }
}
