import { hashOf } from './seededNumbers.js';

/** Twenty replies of 15 to 60 words, as a small model gives them: one to four sentences. */
const REPLIES: readonly string[] = [
  'Sure, I can help with that. Tell me when you would like to begin, and I will go through it step by step.',
  'That depends on where you are. In most of Europe it is a cool and cloudy day, with a little rain in the evening and a light wind from the west.',
  'It usually takes about ten minutes. Start with cold water, wait until it boils, and then turn the heat down so that it only simmers.',
  'The sky looks blue because air scatters blue light more than red light. Sunlight holds all the colours, and the short waves are bounced about the most. In the evening the light comes a longer way, so what is left is mostly red and orange.',
  'I am not quite sure about that, but I believe that it was built in the nineteenth century and restored after the war.',
  'Yes, that is perfectly safe as long as you keep it in the fridge and use it within two days.',
  'Here is an idea for tonight: fry the leeks slowly in butter, add the potatoes and a little stock, and let it all cook for twenty minutes. Then mash half of it, stir in some cream, and serve it with bread.',
  'The moon is about three hundred and eighty thousand kilometres away, which light crosses in a little more than one second.',
  'A good way to begin is to practise for a few minutes every day. Choose a piece that you like, play it slowly, and do not worry about mistakes at first.',
  'Whales sing to each other over hundreds of kilometres. Each group has its own song, which changes a little from year to year, and the young ones learn it from the old.',
  'Why did the scarecrow win a prize? Because he was outstanding in his field, of course, and nobody had ever seen a better one.',
  'Mix two eggs with a cup of flour and a cup of milk, and let it rest for a while. Heat some butter in a pan, pour in a thin layer, and turn it over when the edges are brown. Sugar and lemon go very well with it, and so does apple sauce.',
  'It means that somebody recovers quickly from something difficult, for example from an illness, a loss or a bad year at work.',
  'Sprinkle salt on the stain at once, wait until it has taken up the wine, and rinse it with cold water. If that is not enough, a little vinegar and soap will help.',
  'Cats purr when they are content, but also when they are hurt or afraid. The sound comes from small muscles in the throat, which open and close many times a second.',
  'Once a week is plenty in winter. In summer, when it is warm and dry, you can give it a little more, but never let it stand in water.',
  'I cannot do that myself, but you can: hold the middle button for five seconds until the light turns green, and then let go.',
  'That sounds like a full house. You could make a big pot of soup the day before, bake two loaves of bread, and ask somebody else to bring the dessert, so that you have time for your guests.',
  'The main difference is the fruit. Marmalade is made of oranges or lemons with their peel, while jam can be made of almost any fruit, usually without the skin.',
  'Magnets work because tiny electric currents inside the atoms all point the same way. In most materials they cancel each other out, but in iron whole regions can line up, and together they pull hard enough to feel. Heat shakes them out of order, which is why a hot magnet becomes weak again.',
];

/** Answers every question, and the same question always alike. */
export function simulatedReply(question: string, seed: number): string {
  return REPLIES[hashOf(question, seed) % REPLIES.length] ?? '';
}
