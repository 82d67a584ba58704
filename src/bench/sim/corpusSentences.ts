/** What people ask an assistant for; nothing that one of our own skills answers without the model. */
const REQUESTS = `
turn on the living room lamp
turn off the lights in the kitchen
set a timer for ten minutes
remind me to call my sister tomorrow evening
add milk and bread to the shopping list
play some quiet music in the bedroom
what is the weather going to be like tomorrow
do i need an umbrella today
how long does it take to boil an egg
how many grams are there in a cup of flour
what is the capital of australia
who wrote the old man and the sea
why is the sky blue
how far away is the moon
when was the telephone invented
tell me a joke
tell me something interesting about whales
explain how a vaccine works
what does the word resilience mean
how do you spell necessary
translate good morning into italian
what can i cook with potatoes and leeks
give me a recipe for pancakes
how do i get red wine out of a carpet
is it safe to eat raw eggs
how often should i water an orchid
what is seventeen times twenty four
convert fifty miles to kilometres
can you recommend a book for a long train ride
which planet has the most moons
how tall is mount everest
why do cats purr
what is the difference between jam and marmalade
wake me up at half past six
make the heating a little warmer
lock the front door please
stop the washing machine when it has finished
should i repot my basil
how do magnets work
say that again more slowly`;

/** What people say without asking for anything in so many words. */
const STATEMENTS = `
i am thinking about learning to play the piano
my daughter has a spelling test on friday
it is far too warm in this room
we are having six people over for dinner tonight
i cannot find my reading glasses anywhere
the dishwasher is making a strange noise again
i slept badly last night
our train leaves at a quarter to eight
i would like to eat less sugar
the garden needs some rain
i have never understood how engines work
my grandmother turns ninety next month
there is a spider in the bathroom
i want to paint the hall before winter
the neighbours are very loud today
i forgot what i wanted to say
we might drive to the coast at the weekend
the bread did not rise this time
i am a bit nervous about the interview
my bicycle has a flat tyre`;

/** What is said where no recordings' transcripts are given: 40 requests and 20 statements. */
export const CORPUS_SENTENCES: readonly string[] = [...linesOf(REQUESTS), ...linesOf(STATEMENTS)];

/** The sentences of a list of recordings, a line each: file, tab, who transcribed it, tab, transcript. */
export function sentencesOfTranscripts(tsv: string): string[] {
  return linesOf(tsv).flatMap((line) => {
    const [, , transcript = ''] = line.split('\t');
    const words = transcript.toLowerCase().match(/[a-z0-9]+(?:['-][a-z0-9]+)*/g) ?? [];
    return words.length === 0 ? [] : [words.join(' ')];
  });
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
