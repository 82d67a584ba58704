const UTTERANCES = [
  'Set an alarm for 7 every day',
  'Set an alarm for every weekday at seven.',
  "Set an alarm for seven o'clock every morning",
  'Wake me at seven every morning',
  'Wake me up every day at 7',
  'Wake me at seven on weekdays',
  'Wake me up at 6:30 on Mondays',
  'Could you please set a daily alarm for seven',
  'Set a recurring alarm for seven am',
  'Set a repeating alarm',
  'Set a weekday alarm for 7 a.m.',
  'I need an alarm every Monday at eight',
  'Every weekday wake me at seven',
  'Set an alarm for 7 am Monday to Friday',
  'Set an alarm for seven daily',
  'Set a weekly alarm for friday at noon',
  'Set an alarm for seven and repeat it every day',
  'Repeat the alarm every day',
  'Make my alarm repeat',
  'Set an alarm for seven each day called school',
];

/** What must never become an alarm that rings once, and is not heard of again on the second morning. */
export const repeatedAlarms = Object.fromEntries(
  UTTERANCES.map((utterance) => [utterance, { action: 'set', repeats: true }]),
);

/** What only sounds like it. */
export const noRepeatedAlarms = [
  'Create a story about an alarm that rings every morning',
  'Why do alarms ring every day?',
  'Do people wake up at seven every day?',
  'Get me up to speed on every topic',
  'Every day I wake up at seven',
  'Make my alarm story repeat the word daily',
  'Cancel my daily alarm',
  'Set a daily timer for ten minutes',
];
