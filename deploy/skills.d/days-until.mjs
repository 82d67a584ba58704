/**
 * "How many days until Christmas?" An example of a skill of your own: copy it into skills.d beside your configuration, and
 * change it.
 */

/** Month and day of what people look forward to. */
const FEASTS = {
  'new year': [1, 1],
  "valentine's day": [2, 14],
  halloween: [10, 31],
  'christmas eve': [12, 24],
  christmas: [12, 25],
};

const MS_PER_DAY = 86_400_000;

export default ({ z }) => ({
  name: 'days-until',
  description: 'Says how many days there are until a feast of the year.',
  // Small letters, no punctuation, no "please": that is how requests arrive.
  patterns: ['how many (days|sleeps) [are there|is it] (until|till|to) {feast}', 'how long [is it] (until|till) {feast}'],
  // What is none of these is not understood, and goes to the language model.
  args: z.object({ feast: z.enum(Object.keys(FEASTS)) }),
  run: ({ feast }, { now, timeZone }) => {
    const [month, day] = FEASTS[feast];
    const today = new Date(`${new Intl.DateTimeFormat('en-CA', { timeZone }).format(now)}T00:00:00Z`);
    const year = today.getUTCFullYear();
    const next = [year, year + 1].map((each) => Date.UTC(each, month - 1, day)).find((date) => date >= today.getTime());
    const days = (next - today.getTime()) / MS_PER_DAY;
    if (days === 0) return 'It is today!';
    return days === 1 ? 'Only one more day.' : `${days} days.`;
  },
});
