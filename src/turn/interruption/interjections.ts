import { PhraseBook } from '../phraseBook.js';

/**
 * What a person says into a reply: `stop`, they want silence and nothing else; `backchannel`, they are listening, and the
 * reply goes on; `noise`, nothing was said; `speech`, anything else, which is for the assistant to answer.
 */
export type InterjectionKind = 'stop' | 'backchannel' | 'noise' | 'speech';

/**
 * `filler`, `courtesy` and `thanks` are said around the others: alone they are `speech`, and thanks make speech of a
 * backchannel, for whoever says "great, thank you" has heard enough.
 */
const INTERJECTIONS = new PhraseBook({
  stop: `stop, stop it, stop that, stop this, stop there, stop right there, stop now, stop talking, stop speaking, stop reading,
    stop answering, no stop, let me stop you, let me stop you there, make it stop,
    wait, weight, wait a second, wait a sec, wait a minute, wait a moment, wait a bit, wait up, wait there, just wait,
    hold on, hold on a second, hold on a sec, hold on a minute, hold on a moment, hold it, hold up, hang on, hang on a second,
    hang on a sec, hang on a minute, one second, one sec, one moment, one minute, a second, a moment, just a second, just a sec,
    just a moment, just a minute, give me a second, give me a moment, give me a minute,
    no, nope, nah, no more, not now, no thanks, no thank you, pause, but wait, but stop,
    cancel, cancel it, cancel that, cancel this, abort, never mind, nevermind, forget it, forget that, forget about it,
    quiet, be quiet, keep quiet, quiet down, silence, be silent, hush, shush, sh, shh, shut up, shut it, shut your mouth,
    zip it, enough, that's enough, that is enough, enough of that, enough of this, i've heard enough, that will do, that'll do,
    cut it out, knock it off, give it a rest, halt, whoa whoa, woah woah`,
  backchannel: `yeah, yea, yah, yep, yup, yes, ya, aye, okay, k, okie, okey, okie dokie, right, all right, alright, mm hm, mm hmm,
    m hm, m hmm, mhm, mhmm, mmhm, mmhmm, mm mm, m m, uh huh, uhhuh, aha, uh uh huh, oh, ooh, oh no, oh my, oh my god, oh my gosh,
    my god, my goodness, goodness, gosh,
    i see, i know, i understand, understood, i get it, i got it, i got you, got it, got you, gotcha, go on, go ahead, go for it,
    continue, keep going, carry on, keep talking, don't stop, do not stop, don't stop there, and then, really, oh really, is it, is that so, is that right, you don't say,
    wow, whoa, woah, huh, sure, sure thing, for sure, of course, cool, nice, very nice, great, good, very good, good point, fine,
    perfect, exactly, indeed, absolutely, definitely, totally, true, so true, that's true, that's right, that is right,
    that is true, that's good, that's great, that's nice, that's cool, that's fine, that's interesting, very interesting,
    how interesting, so interesting, interesting, amazing, that's amazing, awesome, excellent, brilliant, lovely, wonderful,
    fantastic, incredible, makes sense, that makes sense, fair enough, fair point, no way, no kidding, no problem, no worries,
    seriously, crazy, that's crazy, i bet, i suppose, i guess, i guess so, ha, haha, ha ha, hee hee`,
  hesitation: `um, uhm, uh, er, erm, em, eh, ah, hm, hmm, hum, mm, m, ahem, huh uh, tsk, tut, ugh, pff, pfft, phew, achoo, atishoo,
    cough, coughs, coughing, ahh, aah`,
  filler: `so, well, now, just, then, for now, for today, right now, actually, already, man, dude, mate`,
  courtesy: `please, hey, hi, will you, can you, could you, would you,
    you can, you may, you can just, i said, i want you to, i'd like you to, would you please, look, listen, sorry, excuse me,
    pressel, computer, assistant`,
  thanks: 'thank you, thanks, thank you very much, thanks a lot, many thanks, cheers',
});

/** What recognisers write for sounds that are no words: "[BLANK_AUDIO]", "(coughing)", "*sighs*", notes of music. */
const SOUND_TAGS = /\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|♪[^♪]*♪?/g;

/** Fewer say nothing. */
const LEAST_LETTERS = 2;

/**
 * Tells what was meant by words that were heard while the assistant was speaking. English only. The whole of them must be
 * of a kind: "yeah but what about Tuesday" and "stop the timer" are `speech`.
 */
export function interjectionKind(transcript: string): InterjectionKind {
  const said = transcript.replaceAll(SOUND_TAGS, ' ');
  if (!hasWords(said)) return 'noise';
  const kinds = INTERJECTIONS.kindsIn(said);
  if (!kinds) return 'speech';
  if (kinds.has('stop')) return 'stop';
  if (kinds.has('thanks')) return 'speech';
  if (kinds.has('backchannel')) return 'backchannel';
  return kinds.has('courtesy') || kinds.has('filler') ? 'speech' : 'noise';
}

/** "So", "well, um": nobody has said anything yet. */
export function isFiller(transcript: string): boolean {
  const kinds = INTERJECTIONS.kindsIn(transcript.replaceAll(SOUND_TAGS, ' '));
  return kinds !== undefined && [...kinds].every((kind) => kind === 'filler' || kind === 'hesitation');
}

/** Whether it may be the beginning of a "that makes sense": its last word may not have been said to the end. */
export function mayBecomeBackchannel(transcript: string): boolean {
  return INTERJECTIONS.mayBecome('backchannel', transcript.replaceAll(SOUND_TAGS, ' '));
}

/** Two letters at least, or a figure, which is a word too. */
function hasWords(text: string): boolean {
  return (text.match(/\p{L}/gu)?.length ?? 0) >= LEAST_LETTERS || /\d/.test(text);
}
