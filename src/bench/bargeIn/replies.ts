import { type SeededNumbers, shuffled } from '../sim/seededNumbers.js';

/** What the assistant tells meanwhile: plain sentences of about three seconds each. */
const SENTENCES = `
The old lighthouse was painted white again after the storms of winter.
Most bakers let their dough rest overnight beside a warm oven.
Whales sing to each other across hundreds of miles of ocean.
The museum keeps its largest clock behind a curtain of velvet.
A good soup begins with onions and a little patience.
Bees dance in circles to tell their sisters about flowers.
The river freezes early, and skaters come before breakfast.
Copper roofs turn green because rain slowly changes their surface.
Her grandfather repaired violins in a workshop above the harbour.
Tea was once carried over those mountains by patient horses.
The orchestra tunes to an oboe, whose pitch hardly wavers.
Penguins keep warm by taking turns in a tight crowd.
Paper was made from rags until somebody tried wood.
The tallest trees drink fog through their needles at dawn.
Volcanoes built this island, and birds brought the first seeds.
Chess became popular in coffee houses all over Europe.
A kettle whistles when steam is forced through two thin plates.
Owls hear a mouse beneath deep snow and seldom miss.
Glass is made of sand, ash, and a very hot furnace.
The night train crosses seven bridges before the border.
Salt was so precious that soldiers received it as wages.
Clouds drift slowly because the wind above them is gentle.
Spiders rebuild their webs every evening from the same silk.
Marble feels cold since it draws warmth from your fingers.
`
  .split('\n')
  .filter((line) => line !== '');

/** Shorter words are in every sentence. */
const TELLING_LETTERS = 4;

/**
 * A reply of so many sentences that has none of the interrupter's words: what is heard of the one cannot be taken for the
 * other.
 */
export function replyOf(sentences: number, transcripts: readonly string[], random: SeededNumbers): string {
  const said = new Set(transcripts.flatMap(tellingWords));
  const free = SENTENCES.filter((sentence) => !tellingWords(sentence).some((word) => said.has(word)));
  return shuffled(free, random).slice(0, sentences).join(' ');
}

function tellingWords(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.filter((word) => word.length >= TELLING_LETTERS);
}
