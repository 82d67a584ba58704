/**
 * What people say to an assistant at home, whole utterances as a recogniser writes them. Written before the rules of
 * finishedness were looked at, so that they measure the rules and do not repeat them.
 */

const REQUESTS = `
Turn on the lights in the kitchen.
Turn the heating down a bit.
Switch off the fan in the bedroom, please.
Dim the lamp next to the sofa to thirty percent.
Close the blinds on the south side.
Set a timer for twelve minutes.
Set another timer for the rice.
Set an alarm for half past six tomorrow.
Wake me up at seven on weekdays.
Cancel the alarm.
Stop the music.
Pause.
Play something quiet by Miles Davis.
Play the latest episode of the news podcast.
Skip this song.
Turn it up a little.
Make it warmer in here.
Add oat milk and two lemons to the shopping list.
Put coffee on my shopping list.
Take the bread off the list.
Read me my shopping list.
Remind me to call the dentist at three.
Remind me that the bins go out on Thursday.
Remind me about the parcel when I get home.
Tell me a joke.
Tell me about the history of Lisbon.
Tell my wife that I'll be late.
Convert six ounces to grams.
Convert two hundred degrees Celsius into Fahrenheit.
Translate good morning into Portuguese.
How do you say thank you in Japanese?
Spell necessary for me.
Define entropy in simple words.
Explain how a heat pump works.
Give me a recipe for lentil soup.
Give me three ideas for a birthday present.
Show me the way to make pancakes without eggs.
Help me write a letter to my landlord.
Write a short poem about the sea.
Count down from ten.
Roll two dice.
Flip a coin.
Lock the front door.
Open the garage.
Start the washing machine at nine tonight.
Call my mother.
Send Anna a message saying dinner is ready.
Let me know when the wash is done.
Keep the hall light on until midnight.
Find a good restaurant near the station.
Recommend a book for a ten year old.
Compare oat milk with almond milk.
Never mind, forget it.
Say that again, please.
Speak more slowly.
Repeat the last step.
Go back to the beginning.
Ask me a question about geography.
Choose a film for tonight.
Turn everything off.
Please turn off the television in half an hour.
Could you turn down the volume?
Can you set the thermostat to nineteen degrees?
Would you read me the headlines?
I'd like to hear some jazz.
I want to know how long rice takes to cook.
`;

const QUESTIONS = `
What time is it?
What time does the sun set today?
What's the weather like tomorrow?
What's the weather going to be like on Saturday in Edinburgh?
Is it going to rain this afternoon?
Do I need an umbrella?
How cold is it outside?
How many cups are there in a litre?
How many people live in Norway?
How much is fifteen percent of sixty?
How much water should I drink a day?
How long should I boil an egg?
How far is it from Paris to Berlin?
How tall is Mount Kilimanjaro?
How old is the universe?
How do I get red wine out of a carpet?
How does a fridge work?
Who wrote The Old Man and the Sea?
Who is the president of Brazil?
Who won the match last night?
Whose birthday is it today?
Where is the nearest pharmacy?
Where do penguins live?
Where did I leave my keys?
When is Easter this year?
When does the next bus leave?
When was the Eiffel Tower built?
Why is the sky blue?
Why do cats purr?
Why are you so slow today?
Which planet has the most moons?
Which day of the week is the first of May?
What is the capital of Australia?
What is the difference between a crocodile and an alligator?
What is the best way to peel garlic?
What is seven times eight?
What is the square root of two hundred?
What does ephemeral mean?
What happened on this day in nineteen sixty nine?
What are the ingredients of a béchamel sauce?
What should I cook tonight?
What can you do?
What's on my calendar for Monday?
What's your name?
What do you think about pineapple on pizza?
Are the windows upstairs closed?
Is the oven still on?
Is there any milk left?
Did anyone ring the bell?
Does the shop close at eight on Sundays?
Can I freeze cooked rice?
Can dogs eat grapes?
Can you hear me?
Should I take the train or drive?
Have you got any suggestions?
Was Mozart older than Beethoven?
Were there any messages while I was out?
Will the bins be collected this week?
Do you know any good riddles?
Am I free on Tuesday evening?
Which is heavier, a kilo of lead or a kilo of feathers?
Is a tomato a fruit or a vegetable?
`;

const STATEMENTS = `
Good morning.
Good night.
Thank you very much.
Yes, please.
No, that's all.
I'm home.
I'm leaving now.
I don't understand.
I'm not feeling very well today.
It's too bright in here.
It's freezing in the bathroom.
The kitchen smells of gas.
My daughter has a maths test tomorrow.
I have a meeting with the bank at ten.
We are out of dishwasher tablets.
That was really helpful.
That's not what I asked.
I meant the lamp in the hall.
I think the washing machine has finished.
I was born in Glasgow.
I can't find my glasses.
You are talking too fast.
Nothing, I was talking to my husband.
We'll be eight for dinner.
The plants in the office need water.
My favourite colour is green.
I'd rather have it cooler at night.
There's somebody at the door.
Let's play a game.
I've lost the remote control.
`;

const lines = (text: string): readonly string[] => text.trim().split('\n');

export const homeRequests = lines(REQUESTS);
export const homeQuestions = lines(QUESTIONS);
export const homeStatements = lines(STATEMENTS);
