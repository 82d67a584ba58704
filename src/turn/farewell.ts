import { PhraseBook } from './phraseBook.js';

/** `courtesy` is said around a farewell and is none. */
const FAREWELLS = new PhraseBook({
  farewell: `thank you, thank you very much, thank you so much, thanks, thanks a lot, thanks so much, many thanks, thanks again,
    thank you again, thanks for that, thank you for that, thanks for your help, thank you for your help, thanks for the help,
    cheers, much appreciated, i appreciate it, no thanks, no thank you, no more thanks, that's all, that is all, that was all,
    that'll be all, that will be all, that would be all, that's it, that is it, that's everything, that is everything,
    that's all i need, that's all i needed, that's all i wanted, that's all i wanted to know, that'll do, that will do,
    that's enough, enough, that'll be it, that will be it, all done, i'm done, we're done, we are done, i am done, all good,
    i'm good, i'm fine, i'm all set, all set, nothing, nothing else, nothing more, no nothing, no nothing else, not now,
    nothing else thanks, no more questions, no further questions, goodbye, bye, bye bye, bye now, good night, goodnight,
    farewell, so long, see you, see ya, see you later, see you soon, see you tomorrow, see you then, talk to you later,
    speak to you later, until next time, have a nice day, have a good day, have a good night, have a good one, take care,
    good day, never mind, nevermind, forget it, forget about it, don't worry about it, it doesn't matter, doesn't matter,
    stop, stop it, stop listening, stop talking, be quiet, quiet, shut up, cancel, go away, leave me alone, go to sleep,
    you can go, you can stop, you can go now, dismissed, you're dismissed, over and out`,
  courtesy: `okay, ok, right, all right, alright, great, good, perfect, wonderful, excellent, fine, cool, nice, lovely, brilliant,
    awesome, super, got it, i see, ah, oh, um, uh, hm, hmm, well, so, and, then, now, for now, for today, please, yeah, yes, no,
    yep, sure, very much, you too, dear, my friend, computer, pressel, assistant, hey, very good, very nice, that's great,
    that's good, that's fine, that's perfect, that was great, that was helpful, very helpful, that's very helpful, just, really`,
});

/**
 * Whether the user ends the conversation with these words and nothing else: "thanks, bye", "no, that's all for now". "Thank
 * you, and what about tomorrow?" goes on. English only.
 */
export function endsConversation(transcript: string): boolean {
  return FAREWELLS.kindsIn(transcript)?.has('farewell') ?? false;
}
