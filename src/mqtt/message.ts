/** Something to be published. */
export interface Message {
  readonly topic: string;
  readonly payload: string;
  /**
   * 1, at least once, for all that the broker retains: nothing repairs a lost one before the next change, and a second
   * copy of the same state does no harm. 0, at most once, for a gesture: told twice, it would switch a lamp on and off.
   */
  readonly qos: 0 | 1;
  readonly retain: boolean;
}

/** A value that holds until the next one; whoever subscribes later gets it too. */
export function retained(topic: string, payload: string): Message {
  return { topic, payload, qos: 1, retain: true };
}

/** Something that has happened; whoever was not there has missed it. */
export function passing(topic: string, payload: string): Message {
  return { topic, payload, qos: 0, retain: false };
}
