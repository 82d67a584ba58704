import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as realTime } from 'node:timers/promises';
import { median } from '../../../src/bench/median.js';
import { firstAudibleMs, gaps, lastAudibleMs, soundEndMs } from '../../../src/bench/soundCard/audible.js';
import { samplesOf } from '../../../src/bench/soundCard/timedSound.js';
import { wordErrorRate } from '../../../src/bench/wordErrorRate.js';
import { pulseMissing } from '../../fixtures/pulse/pulseMissing.js';
import { TestAppliance } from '../../fixtures/pulse/runningAppliance.js';
import { startPulse } from '../../fixtures/pulse/startPulse.js';
import { transcribed, transcriptionMissing } from '../../fixtures/pulse/transcribed.js';
import { questionFile } from '../../fixtures/questionFile.js';

const limit = () => AbortSignal.timeout(30_000);

/** Words that the recogniser knows from this voice. */
const REPLY = 'The kettle is on and it should boil in about three minutes. Your shopping list has eggs and butter.';
const LONG_REPLY = `${'This is a long story about a kettle and a cat, and it goes on for quite a while. '.repeat(6)}The end.`;

/** The colour of a bell, in a light on a terminal: as much red as green and blue. */
const WHITE = /;2;(\d+);\1;\1m●/;

describe('the appliance at a real sound server', { skip: pulseMissing() || transcriptionMissing() }, () => {
  it('hears a question after a tap and speaks the whole reply, without a gap and without cutting its end', async (t) => {
    const rig = await startPulse(t);
    const appliance = await TestAppliance.start(t, rig, {
      model: { reply: () => REPLY },
      settings: { 'audio.earcons': false, 'conversation.follow_up_ms': 500 },
    });
    const recording = await rig.recordSpeaker();
    const begunMs = performance.now();
    await appliance.tap();
    const { startMs } = await rig.playIntoMicrophone(questionFile(), limit());
    await appliance.is('turn.conversation');
    const repliedMs = performance.now();
    const sound = recording.end();
    const record = await appliance.record(0);
    assert.match(record.transcript ?? '', /is blue/i);
    assert.deepEqual(
      appliance.turnStates(begunMs).map((state) => state.split('.')[1]),
      ['listening', 'listening', 'listening', 'thinking', 'speaking', 'conversation'],
    );
    const heard = await transcribed(samplesOf(sound), sound.sampleRateHz);
    assert.ok(wordErrorRate([{ reference: REPLY, transcript: heard }]).rate <= 0.25, heard);
    assert.equal(record.heard, REPLY);

    const { firstAudio, replyEnd } = record.timeline.report();
    const [first = 0, last = 0] = [firstAudibleMs(sound, startMs), lastAudibleMs(sound)];
    const pauses = gaps(sound, 450).map(({ durationMs }) => durationMs);
    assert.ok(pauses.length <= 1 && pauses.every((ms) => ms < 800), `${pauses} ms: more than between two sentences`);
    t.diagnostic(`first audio ${firstAudio} ms after the last word, by its own account`);
    t.diagnostic(
      `speech of ${Math.round(last - first)} ms; by its own account ${(replyEnd ?? 0) - (firstAudio ?? 0)} ms`,
    );
    t.diagnostic(`the follow-up window opened ${Math.round(repliedMs - last)} ms after the last sound`);
    assert.ok(repliedMs >= last - 20, 'it listens only after the last sound');
  });

  it('is silent when the button is pressed during a reply, and hears the next question', async (t) => {
    const rig = await startPulse(t);
    const appliance = await TestAppliance.start(t, rig, {
      model: { reply: () => LONG_REPLY, tokensPerSecond: 200 },
      settings: { 'audio.earcons': false },
    });
    const recording = await rig.recordSpeaker();
    const stopMs: number[] = [];
    for (let n = 0; n < 5; n++) {
      appliance.ask('tell me a story');
      await appliance.is('turn.speaking');
      await realTime(700 + 150 * n);
      const pressedMs = performance.now();
      await appliance.tap();
      await appliance.is('turn.listening');
      await recording.quiet(300, limit());
      stopMs.push(soundEndMs(recording.sound(), pressedMs, 200) - pressedMs);
      await realTime(400); // a second tap too soon would be a double tap
    }
    t.diagnostic(`sound ended after ${stopMs.map((ms) => Math.round(ms)).join(', ')} ms`);
    assert.ok(median(stopMs) <= 100, `${stopMs}`);
    await appliance.tap(); // ends this turn
    await appliance.is('turn.idle');
    await realTime(400);
    await appliance.tap();
    await rig.playIntoMicrophone(questionFile(), limit());
    await appliance.is('turn.speaking');
    await appliance.tap();
    const answered = await appliance.record(appliance.records.length - 1);
    assert.match(answered.transcript ?? '', /is blue/i);
    assert.ok(answered.interrupted);
  });

  it('hears a word that was begun before the button was down', async (t) => {
    const rig = await startPulse(t);
    const appliance = await TestAppliance.start(t, rig, { settings: { 'audio.earcons': false } });
    const speaking = rig.playIntoMicrophone(questionFile(), limit());
    await realTime(300);
    await appliance.tap();
    const { startMs } = await speaking;
    const [listening] = appliance.moments.filter(({ states }) => states[0]?.startsWith('turn.listening'));
    await appliance.is('turn.thinking');
    t.diagnostic(`the button was down ${Math.round((listening?.atMs ?? 0) - startMs)} ms after the recording began`);
    await appliance.is('turn.speaking');
    await appliance.tap();
    assert.match((await appliance.record(0)).transcript ?? '', /tell me why .* is blue/i);
  });

  it('listens through any pause while the button is held, and answers at once when it is released', async (t) => {
    const rig = await startPulse(t);
    const appliance = await TestAppliance.start(t, rig);
    appliance.button.press();
    await rig.playIntoMicrophone(questionFile(), limit());
    await realTime(2_500); // more than twice as long as a pause that ends a question after a tap
    assert.match(appliance.states[0] ?? '', /^turn\.listening/, 'it listens as long as the button is held');
    appliance.button.release();
    const releasedMs = performance.now();
    await appliance.is('turn.thinking');
    assert.ok(performance.now() - releasedMs < 400, 'it did not wait for the end of the silence');
    await appliance.is('turn.speaking');
    await appliance.tap();
    assert.match((await appliance.record(0)).transcript ?? '', /is blue/i);
  });

  it('repeats the last answer on a double tap, and mutes on a long press without a word', async (t) => {
    const rig = await startPulse(t);
    const appliance = await TestAppliance.start(t, rig, {
      model: { reply: () => 'The kettle is on.' },
      settings: { 'conversation.follow_up_ms': 300 },
    });
    appliance.ask('what is on?');
    await appliance.is('turn.conversation');
    await appliance.is('turn.idle');
    await appliance.tap();
    await realTime(100);
    await appliance.tap();
    await appliance.is('turn.speaking');
    await appliance.is('turn.conversation');
    await appliance.is('turn.idle.ready');
    const repeated = appliance.records.find(({ source }) => source === 'repeat');
    assert.equal(repeated?.heard, 'The kettle is on.');

    appliance.button.press();
    await appliance.is('turn.muted');
    appliance.button.release();
    await realTime(500);
    appliance.button.press();
    await appliance.is('turn.idle');
    appliance.button.release();
  });

  it('rings when a timer is due, to be heard and seen, until a press, which does nothing else', async (t) => {
    const rig = await startPulse(t);
    const lights: string[] = [];
    const appliance = await TestAppliance.start(t, rig, {
      settings: { 'conversation.follow_up_ms': 200 },
      onLight: (dots) => lights.push(dots),
    });
    const recording = await rig.recordSpeaker();
    appliance.ask('set a pasta timer for four seconds');
    assert.equal((await appliance.record(0)).heard, 'Four seconds for pasta, starting now.');
    await appliance.is('turn.idle');
    await recording.quiet(300, limit());
    const dark = lights.length;
    const ringsMs = await appliance.is('bell.ringing');
    await recording.audible(limit());
    await realTime(1_900); // two strokes
    const pulses = lights.slice(dark);
    assert.ok(pulses.length >= 4 && pulses.every((dots) => WHITE.test(dots)), `it pulses: ${JSON.stringify(pulses)}`);
    const turns = appliance.records.length; // with the window after the answer
    const pressedMs = performance.now();
    await appliance.tap();
    await appliance.is('bell.silent');
    assert.equal(appliance.states[0], 'turn.idle.ready');
    await recording.quiet(2_000, limit()); // longer than from one stroke to the next
    const sound = recording.end();
    t.diagnostic(`heard ${Math.round((firstAudibleMs(sound, ringsMs - 50) ?? 0) - ringsMs)} ms after it was due`);
    t.diagnostic(`silent ${Math.round(soundEndMs(sound, pressedMs, 500) - pressedMs)} ms after the press`);
    assert.equal(appliance.records.length, turns);
    assert.equal(appliance.states[0], 'turn.idle.ready');
  });
});
