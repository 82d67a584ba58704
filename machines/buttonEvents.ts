/** What reaches the button's statechart from the outside. */
export type ButtonEvent =
  /** The contact, debounced. */
  | { readonly type: 'edge.down' }
  | { readonly type: 'edge.up' }
  /** The assistant hears the user speak. Makes the press that is going on a talk, however long. */
  | { readonly type: 'speech.started' };

/** What the contact tells the gestures, within the statechart. */
export type ContactReport =
  | { readonly type: 'press' }
  | { readonly type: 'release' }
  /** The contact bounces: what has begun is forgotten. */
  | { readonly type: 'abandon' }
  /** An edge is too old to belong to a burst. */
  | { readonly type: 'edge.aged' };

/** What the button means; `actor.on(type)` hears it. */
export type ButtonNotice =
  /** Pressed, told on the edge: what it will become is not known yet. Not told for the second press of a double tap. */
  | { readonly type: 'pressed' }
  /** Released soon. */
  | { readonly type: 'tapped' }
  /** Pressed again soon after a tap: told on the edge, in the place of `pressed`. Its release says nothing. */
  | { readonly type: 'doubleTapped' }
  /** Released after a while: the user has finished talking. */
  | { readonly type: 'holdReleased' }
  /** Held for long without a word. Its release says nothing. */
  | { readonly type: 'longPressed' }
  /** Held for very long without a word, where that means something. */
  | { readonly type: 'shutdownHeld' }
  /** Held longer than anybody would. `holdReleased` follows where a release would have said it. */
  | { readonly type: 'stuck' }
  /** More edges than fingers make. The press that was going on, if any, will say nothing more. */
  | { readonly type: 'bouncing' }
  /** The button works again, after `stuck` or `bouncing`. */
  | { readonly type: 'sane' };
