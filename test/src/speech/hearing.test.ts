import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, it } from 'node:test';
import { setImmediate as nextTick } from 'node:timers/promises';
import { FRAME_MS, type PcmFrame } from '../../../hardware/audio/pcm.js';
import { type HearingEvent, type HearingOptions, hear } from '../../../src/speech/hearing.js';
import { DrawnVad, frameNumbers, hearingOptions, NumberedFrames, numberedFrame } from '../../fixtures/speechFrames.js';

const never = new AbortController().signal;
const QUIET = '.'.repeat(40);
/** The user speaks in frames 15 to 24, and is silent for long before and after. */
const ONE_UTTERANCE = `${'.'.repeat(15)}${'#'.repeat(10)}${QUIET}`;

async function heard(picture: string, given: Partial<HearingOptions> = {}) {
  const frames = new NumberedFrames(picture.length);
  const events: HearingEvent[] = [];
  const options = { ...hearingOptions, ...given };
  for await (const event of hear(frames, new DrawnVad(picture), options, { commit: never }, never)) events.push(event);
  return { events, turns: turnsOf(events), taken: frames.taken };
}

/** Where the user starts, pauses and ends. */
function turnsOf(events: readonly HearingEvent[]): HearingEvent['type'][] {
  return events.map(({ type }) => type).filter((type) => type !== 'voiced' && type !== 'dipped');
}

function end(events: readonly HearingEvent[]) {
  const last = events.at(-1);
  assert.ok(last?.type === 'ended');
  return last;
}

function numbers(event: Extract<HearingEvent, { type: 'ended' }>): number[] {
  return event.utterance ? frameNumbers(event.utterance.samples) : [];
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

describe('listening to one utterance', () => {
  it('keeps 300 ms before the first voiced frame and 32 ms after the last', async () => {
    const { events, turns } = await heard(ONE_UTTERANCE);
    assert.deepEqual(turns, ['speechStarted', 'paused', 'ended']);
    assert.equal(end(events).reason, 'silence');
    assert.deepEqual(numbers(end(events)), range(15 - 10, 24 + 1));
  });

  it('begins with the recording when somebody speaks from the start', async () => {
    const { events } = await heard(`##########${QUIET}`);
    assert.deepEqual(numbers(end(events)), range(0, 9 + 1));
  });

  it('takes no frame after the end, and hands over those after the utterance', async () => {
    const { events, taken } = await heard(ONE_UTTERANCE);
    assert.equal(taken, 25 + Math.ceil(600 / FRAME_MS));
    assert.deepEqual(
      end(events).rest.map(({ samples }) => samples[0]),
      range(26, taken - 1),
    );
  });

  it('ends with the very utterance of the first silence, so that early work can be recognised', async () => {
    const { events } = await heard(ONE_UTTERANCE);
    const dip = events.find((event) => event.type === 'dipped');
    const pause = events.find((event) => event.type === 'paused');
    assert.ok(dip && pause);
    assert.equal(end(events).utterance, dip.soFar);
    assert.equal(pause.soFar, dip.soFar);
  });

  it('tells of each gap between two words, and of each frame of speech with what was said up to it', async () => {
    const { events, turns } = await heard(`..#####.#####${QUIET}`);
    assert.deepEqual(turns, ['speechStarted', 'paused', 'ended']);
    const dips = events.flatMap((event) => (event.type === 'dipped' ? [event.soFar.samples] : []));
    assert.deepEqual(dips.map(frameNumbers), [range(0, 7), range(0, 13)]);
    const lengths = events.flatMap((event) => (event.type === 'voiced' ? [event.lengthMs / FRAME_MS] : []));
    assert.deepEqual(lengths, [6, 7, 9, 10, 11, 12, 13]);
  });

  it('gives what was said up to a frame of speech', async () => {
    const listening = hear(new NumberedFrames(20), new DrawnVad('.####'), hearingOptions, { commit: never }, never);
    await listening.next();
    const { value } = await listening.next();
    assert.ok(value?.type === 'voiced');
    assert.deepEqual(frameNumbers(value.soFar()?.samples ?? new Float32Array()), range(0, 4));
  });

  it('forgets the pause when the user goes on', async () => {
    const { events, turns } = await heard(`##########........##########${QUIET}`);
    assert.deepEqual(turns, ['speechStarted', 'paused', 'resumed', 'paused', 'ended']);
    assert.deepEqual(numbers(end(events)), range(0, 27 + 1));
  });

  it('has no utterance when nobody speaks', async () => {
    const { events, taken } = await heard(QUIET, { noSpeechMs: 20 * FRAME_MS });
    assert.deepEqual([events.length, end(events).reason, end(events).utterance], [1, 'noSpeech', undefined]);
    assert.equal(taken, 20);
  });

  it('does not take a signal of ours for speech, and keeps what the user said into it', async () => {
    const picture = `${'.'.repeat(10)}${'#'.repeat(15)}${QUIET}`;
    async function* frames(): AsyncGenerator<PcmFrame> {
      for (let n = 0; n < picture.length; n++) {
        yield n >= 10 && n < 18 ? { ...numberedFrame(n), ownSignal: true } : numberedFrame(n);
      }
    }
    const events: HearingEvent[] = [];
    for await (const event of hear(frames(), new DrawnVad(picture), hearingOptions, { commit: never }, never))
      events.push(event);
    assert.deepEqual(numbers(end(events)), range(8, 25));
  });

  it('cuts an utterance that is too long, without losing what follows', async () => {
    const { events, taken } = await heard('#'.repeat(50), { maxUtteranceMs: 40 * FRAME_MS });
    assert.equal(end(events).reason, 'tooLong');
    assert.deepEqual(numbers(end(events)), range(0, 39));
    assert.deepEqual([taken, end(events).rest.length], [40, 0]);
  });

  it('ends with the recording', async () => {
    const speaking = end((await heard('..##########')).events);
    assert.deepEqual([speaking.reason, numbers(speaking)], ['sourceEnded', range(0, 11)]);
    const pausing = (await heard('..##########.........')).events;
    assert.equal(end(pausing).reason, 'sourceEnded');
    assert.deepEqual(numbers(end(pausing)), range(0, 12));
    const quiet = end((await heard('.....')).events);
    assert.deepEqual([quiet.reason, quiet.utterance], ['sourceEnded', undefined]);
  });

  it("knows when the voice ended on the capture's clock", async () => {
    const { events } = await heard(ONE_UTTERANCE);
    assert.equal(end(events).utterance?.speechEndAtMs, 25 * FRAME_MS);
    assert.equal(end(events).utterance?.voicedMs, (25 - 5) * FRAME_MS, 'from the pre-roll on');
  });

  it('looks at a frame as seldom in a long utterance as in a short one', async () => {
    const picture = `..${'###.'.repeat(200)}${QUIET}`;
    let looks = 0;
    const counted = ({ capturedAtMs, samples }: PcmFrame): PcmFrame => ({
      capturedAtMs,
      get samples() {
        looks += 1;
        return samples;
      },
    });
    async function* frames() {
      for (let n = 0; n < picture.length; n++) yield counted(numberedFrame(n));
    }
    let asked = 0;
    for await (const event of hear(frames(), new DrawnVad(picture), hearingOptions, { commit: never }, never)) {
      if (event.type === 'voiced' && event.soFar()) asked += 1;
    }
    assert.ok(asked > 300);
    assert.ok(looks <= 3 * picture.length, `${looks} looks at ${picture.length} frames`);
  });

  it('makes the detector forget the stream before', async () => {
    const vad = new DrawnVad('');
    for await (const _event of hear(new NumberedFrames(3), vad, hearingOptions, { commit: never }, never));
    assert.equal(vad.resets, 1);
  });
});

/** A microphone that gives `count` frames and then nothing more, for ever. */
function stalled(count: number): AsyncIterator<PcmFrame> {
  let given = 0;
  return {
    next: () =>
      given < count ? Promise.resolve({ done: false, value: numberedFrame(given++) }) : new Promise(() => {}),
  };
}

describe('listening to one utterance, interrupted', () => {
  it('ends at once when commanded, with what was said', async () => {
    const commit = new AbortController();
    const listening = hear(stalled(12), new DrawnVad('############'), hearingOptions, { commit: commit.signal }, never);
    let ending = listening.next();
    for (let frame = 3; frame <= 12; frame++, ending = listening.next()) {
      assert.equal((await ending).value?.type, frame === 3 ? 'speechStarted' : 'voiced');
    }
    await nextTick();
    commit.abort();
    const { value } = await ending;
    assert.ok(value?.type === 'ended');
    assert.equal(value.reason, 'commanded');
    assert.ok(numbers(value).length > 0);
    assert.equal((await listening.next()).done, true);
  });

  it('goes on through every silence while the button is held, and has the transcript-to-be ready when it is let go', async () => {
    const [commit, letGo] = [new AbortController(), new AbortController()];
    const picture = `${'#'.repeat(10)}${QUIET}${'#'.repeat(10)}${QUIET}`;
    const control = { commit: commit.signal, letGo: letGo.signal };
    const events: HearingEvent[] = [];
    for await (const event of hear(stalled(picture.length), new DrawnVad(picture), hearingOptions, control, never)) {
      events.push(event);
      if (turnsOf(events).length === 4 && event.type === 'paused') setImmediate(() => commit.abort());
    }
    assert.deepEqual(turnsOf(events), ['speechStarted', 'paused', 'resumed', 'paused', 'ended']);
    const pause = events.findLast(({ type }) => type === 'paused');
    assert.ok(pause?.type === 'paused');
    assert.deepEqual([end(events).reason, end(events).utterance === pause.soFar], ['commanded', true]);
    assert.deepEqual(numbers(end(events)), range(0, 59 + 1));
  });

  it('ends at a silence again once the button was let go', async () => {
    const letGo = new AbortController();
    const control = { commit: never, letGo: letGo.signal };
    const events: HearingEvent[] = [];
    const frames = new NumberedFrames(ONE_UTTERANCE.length);
    for await (const event of hear(frames, new DrawnVad(ONE_UTTERANCE), hearingOptions, control, never)) {
      events.push(event);
      if (event.type === 'paused') letGo.abort();
    }
    assert.equal(end(events).reason, 'silence');
  });

  it('ends without an utterance when commanded before anybody spoke', async () => {
    const { value } = await hear(
      stalled(0),
      new DrawnVad(''),
      hearingOptions,
      { commit: AbortSignal.abort() },
      never,
    ).next();
    assert.ok(value?.type === 'ended');
    assert.deepEqual([value.reason, value.utterance], ['commanded', undefined]);
  });

  it('throws the reason when aborted before it begins', async () => {
    const listening = hear(stalled(0), new DrawnVad(''), hearingOptions, { commit: never }, AbortSignal.abort('stop'));
    await assert.rejects(listening.next(), (error) => error === 'stop');
  });

  it('throws the reason when aborted while the microphone stalls', async () => {
    const abort = new AbortController();
    const listening = hear(stalled(2), new DrawnVad('..'), hearingOptions, { commit: never }, abort.signal);
    const ending = listening.next();
    await nextTick();
    abort.abort('stop');
    await assert.rejects(ending, (error) => error === 'stop');
  });

  it('throws the reason when aborted while the detector works', async () => {
    const abort = new AbortController();
    const vad = new DrawnVad('..');
    vad.probability = (_frame, signal) => {
      abort.abort('stop');
      return Promise.reject(signal.reason);
    };
    await assert.rejects(
      hear(stalled(2), vad, hearingOptions, { commit: never }, abort.signal).next(),
      (error) => error === 'stop',
    );
  });

  it('prefers the abort to a command that comes with it', async () => {
    const both = AbortSignal.abort('stop');
    await assert.rejects(
      hear(stalled(2), new DrawnVad('..'), hearingOptions, { commit: both }, both).next(),
      (error) => error === 'stop',
    );
  });

  it('passes on what the microphone throws', async () => {
    const lost = new Error('lost');
    const broken = { next: () => Promise.reject(lost) };
    await assert.rejects(hear(broken, new DrawnVad(''), hearingOptions, { commit: never }, never).next(), lost);
  });

  it('leaves no listener on the signals however many frames it hears', async () => {
    const commit = new AbortController();
    const abort = new AbortController();
    const frames = new NumberedFrames(60);
    for await (const _event of hear(
      frames,
      new DrawnVad(ONE_UTTERANCE),
      hearingOptions,
      { commit: commit.signal },
      abort.signal,
    ));
    assert.equal(getEventListeners(commit.signal, 'abort').length, 0);
    assert.equal(getEventListeners(abort.signal, 'abort').length, 0);
  });
});
