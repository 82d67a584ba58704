import { z } from 'zod';
import type { IntentSkill } from './intent.js';
import { repeated, repeatedBehind } from './slots/requestFrame.js';
import { understanding } from './understanding.js';

/** Each alone says that no answer is wanted any more. */
const ENOUGH = [
  'never ?mind(?: (?:that|it|about (?:that|it)))?',
  'stop(?: (?:it|that|this|there|talking|speaking|listening|now|right there))?',
  'cancel(?: (?:it|that|this))?',
  'abort',
  'forget (?:it|that|about it|about that|i (?:said|asked)(?: (?:it|that|anything))?)',
  "(?:that'?s|that is|that was|that'?ll be|that will be|that would be) all(?: i (?:need|needed|want|wanted))?",
  "(?:that'?s |that is )?enough",
  'nothing(?: else| more)?',
  "(?:it |that )?(?:doesn'?t|does not) matter",
  "don'?t worry(?: about (?:it|that))?",
  "i(?:'ve| have)? changed my mind",
  'scratch that',
  'be quiet|quiet|silence|be silent|hush|shut up',
  'go away|leave me alone|go (?:back )?to sleep',
].join('|');

/** Said around it. */
const AROUND =
  'oh|ah|no|sorry|actually|just|okay|ok|all right|alright|right|wait|thanks|thank you|you can|please|anyway|for now|for today|it was nothing';

const PATTERNS = [new RegExp(`^${repeated(AROUND)}(?:${ENOUGH})${repeatedBehind(`${AROUND}|${ENOUGH}`)}$`)];

/**
 * "Never mind." Nothing is said to it: silence is the answer. Only where nothing else was said: "stop the war in one
 * sentence" is a question.
 */
export const stopSkill: IntentSkill<object> = {
  name: 'stop',
  description: 'Says nothing: the user wants no answer any more.',
  args: z.object({}),
  isAside: true,
  reads: 'request',
  understand: understanding(PATTERNS, 'says that no answer is wanted any more', () => ({})),
  run: async () => '',
};
