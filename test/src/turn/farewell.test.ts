import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endsConversation } from '../../../src/turn/farewell.js';

const ENDS = `Thank you.|thanks|Thanks a lot!|Thank you very much.|Okay, thank you.|Great, thanks.|Thanks, bye.|That's all.|That’s all.
That's all for now.|No, that's all.|No, that's it, thank you.|That will be all.|That'll be all, thanks.|Goodbye.|Bye.|Bye-bye.|Good-bye!
Okay, bye.|Good night.|See you later.|Never mind.|Nevermind.|Oh, never mind.|No thanks.|No, thank you.|Nothing.|Nothing else.
No, nothing else, thanks.|I'm good, thanks.|Forget it.|Stop.|Stop listening.|Go to sleep.|Perfect, thanks for your help.|Got it, thanks.
Um, that's all.|I'm done.|We're done, thank you.|Have a nice day.|Thank you, Pressel.|That was helpful, thank you.|Cancel.`;
const GOES_ON = `|Thank you, and what about tomorrow?|Thanks, what time is it?|thanks but no
That's all wrong.|That's all I know about cats.|That's it for Monday, what about Tuesday?|What does goodbye mean in French?
How do you say thank you in Spanish?|Never mind the weather, play some music.|Stop the timer.|Okay.|Yes.|No.|Great.|Please.|Um.
Nothing works.|I was talking to my husband.|Good morning.|Goodbye Yellow Brick Road, please.|Play Bye Bye Baby.|Wait.|Cancel the alarm.
Is that all?|Tell my wife good night.|Yes, please.|Say thank you.|Thank you note ideas.|Forget it was me.`;
const cases = (table: string) => table.split(/[|\n]/);

describe('a farewell', () => {
  for (const transcript of cases(ENDS))
    it(`"${transcript}" ends the conversation`, () => assert.equal(endsConversation(transcript), true));
  for (const transcript of cases(GOES_ON))
    it(`"${transcript}" does not`, () => assert.equal(endsConversation(transcript), false));
});
