import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type InterjectionKind, interjectionKind } from '../../../../src/turn/interruption/interjections.js';
import { homeQuestions, homeRequests, homeStatements } from '../../speech/endpointing/homeUtterances.js';

/** One a line. */
const TABLE: Readonly<Record<InterjectionKind, string>> = {
  stop: `
    stop
    Stop.
    Stop!
    STOP
    Stop, stop, stop!
    stop it
    Stop that.
    Stop talking.
    Stop reading, please.
    Please stop.
    Okay, stop please.
    no no stop
    No, no, no.
    Nooo!
    No.
    No thanks.
    No, thank you.
    Nope.
    um stop
    Oh, stop.
    Stoppp
    Can you stop?
    Could you please stop talking?
    Would you be quiet, please?
    You can stop now.
    I said stop!
    Hey computer, stop.
    Pressel, stop.
    Wait.
    Wait, wait, wait.
    Hey, wait a second.
    Uh, wait a minute.
    Weight.
    Hold on.
    Hold on a second.
    Okay, hold on.
    Hang on a minute.
    Just a second.
    One moment, please.
    Give me a second.
    Cancel.
    Cancel that.
    Cancel it, please.
    Be quiet.
    Quiet!
    Shut up.
    Oh my god, shut up.
    Shh!
    Shhhhh.
    Hush.
    Silence.
    Enough.
    That's enough.
    That’s enough.
    Okay, that's enough for now.
    All right, enough already.
    Never mind.
    Nevermind.
    Forget it.
    Not now.
    Yeah, yeah, okay, stop.
    Right, no.
    Stop, thank you.
    Pause.
    Whoa, whoa, whoa.
    Sorry, stop.`,
  backchannel: `
    yeah
    Yeah.
    Yeah, yeah, yeah.
    Yeahhh.
    Yes.
    Yep.
    okay
    OK.
    Ok, ok.
    Okay, right.
    Okaaay.
    Right.
    Right, right.
    All right.
    Mm-hm.
    Mm-hmm.
    Mhm.
    Mmhmm.
    Uh-huh.
    Uh-huh, uh-huh.
    Uh huh, okay.
    I see.
    Oh, I see.
    Ah, I see.
    Go on.
    Please go on.
    Could you go on?
    Go ahead.
    Really?
    Oh, really?
    Wow!
    Wow, that's amazing.
    Got it.
    Okay, got it.
    Sure.
    Yeah, sure.
    Hm, interesting.
    Makes sense.
    That makes sense.
    No way!
    Oh no.
    No kidding.
    Of course.
    Exactly.
    That's right.
    I know.
    Cool, cool.
    Um, okay.
    Ha ha.
    Huh.
    Fair enough.
    Don't stop.
    Don’t stop there.`,
  noise: `

    .
    ...
    ?
    a
    I
    K.
    um
    Um...
    Uh, um.
    hm
    Hmm.
    Hmmmm.
    Mm.
    Mmm.
    Er, uh
    Ah.
    Ahh.
    Ahem.
    Ugh.
    Pfft.
    [BLANK_AUDIO]
    [Music]
    (coughing)
    (coughs) um
    *sighs*
    ♪
    ♪♪♪
    Cough.
    - -`,
  speech: `
    Yeah, but what about Tuesday?
    yeah but
    yeah but why
    Okay, what about tomorrow?
    Okay, thanks.
    Thank you.
    Great, thank you.
    Right, and then turn off the lights.
    Right after dinner.
    I see a problem with that.
    I see what you mean but how
    Go on with the recipe.
    Really? Why is that?
    Sure, but how long does it take?
    Got it, and the second one?
    Stop the timer.
    Stop the music.
    Stop the music please
    Stop the alarm at seven.
    When does it stop?
    Where is the next bus stop?
    What does the stop sign mean?
    Stop playing.
    Stop it at five.
    Wait until tomorrow.
    Wait, what did you say?
    Wait, I meant Wednesday.
    How long should I wait?
    No, I said Tuesday.
    No, the other one.
    No problem is too small for him.
    No more than three eggs.
    Hold on to that thought.
    Cancel the timer.
    Cancel my alarm for tomorrow.
    Be quiet tonight at ten.
    Is that enough?
    How much is enough for six?
    That's enough about cats, tell me about dogs.
    Quieter.
    Louder, please.
    What?
    What time is it?
    Why?
    Hello?
    Hey.
    Please.
    Excuse me.
    Pressel.
    Computer, what's the weather?
    Tuesday.
    Five.
    5
    7.
    7:30
    TV.
    Yes, turn it on.
    Yes, the red one.
    Wow, how tall is it?
    Um, what about the salt?
    Never mind the rain.
    One second is how many milliseconds?
    (laughs) what else
    Nonstop.
    Okay Google me a recipe.
    Sure enough, it rained.
    Repeat that.
    Skip this.
    Next.
    Turn it off.`,
};

const lines = (list: string) =>
  list
    .split('\n')
    .slice(1)
    .map((line) => line.trim());

describe('what is said into a reply', () => {
  for (const [kind, cases] of Object.entries(TABLE))
    for (const transcript of lines(cases))
      it(`"${transcript}" is ${kind}`, () => assert.equal(interjectionKind(transcript), kind));

  it('takes none of what people ask at home for a backchannel or noise', () => {
    for (const said of [...homeRequests, ...homeQuestions, ...homeStatements].filter((said) => said !== 'Yes, please.'))
      assert.match(
        interjectionKind(said),
        /^(Pause|Never mind, forget it)\.$/.test(said) ? /^stop$/ : /^speech$/,
        said,
      );
  });
});
