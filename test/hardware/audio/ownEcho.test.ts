import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { EchoPrior } from '../../../hardware/audio/expectedEcho.js';
import { OwnEcho } from '../../../hardware/audio/ownEcho.js';
import { CAPTURE_RATE_HZ, FRAME_MS } from '../../../hardware/audio/pcm.js';
import type { OwnSound } from '../../../hardware/audio/playedSound.js';
import {
  type HeardFrame,
  levelOf,
  type RoomOptions,
  SyntheticRoom,
  syntheticSpeech,
} from '../../fixtures/syntheticRoom.js';

const OWN_DB = -20;
const NOISE_DB = -60;
const LIVING_ROOM: RoomOptions = { delayMs: 80, echoDb: -12, reverberationS: 0.5, noiseDb: NOISE_DB, seed: 1 };

/** What the drivers say in advance. */
const AHEAD_MS = 200;

const ROOMS: readonly RoomOptions[] = [-6, -12, -20].flatMap((echoDb) =>
  [
    { delayMs: 30, reverberationS: 0.3 },
    { delayMs: 80, reverberationS: 0.5 },
    { delayMs: 200, reverberationS: 0.8 },
  ].map((room) => ({ ...LIVING_ROOM, ...room, echoDb })),
);

const nameOf = ({ delayMs, echoDb, reverberationS }: RoomOptions) =>
  `an echo of ${echoDb} dB after ${delayMs} ms that dies away in ${reverberationS} s`;

/** A program that speaks in a room, and what its microphone hears. All that happens is told first, then heard. */
class Conversation {
  readonly room: SyntheticRoom;
  readonly ownEcho: OwnEcho;
  readonly #events: { readonly atMs: number; readonly happens: (nowMs: number) => void }[] = [];

  constructor(seconds: number, options: RoomOptions = LIVING_ROOM, prior?: EchoPrior) {
    this.room = new SyntheticRoom(seconds, options);
    this.ownEcho = new OwnEcho(prior);
  }

  speaks(fromMs: number, seconds: number, seed: number, kind: OwnSound = 'speech'): void {
    const samples = syntheticSpeech(seconds, OWN_DB, seed);
    this.room.plays(samples, fromMs);
    const pcm = { samples, sampleRateHz: CAPTURE_RATE_HZ };
    this.at(fromMs - AHEAD_MS, (nowMs) => {
      this.ownEcho.played.place(this.ownEcho.played.add(kind, pcm, nowMs), fromMs);
    });
  }

  at(atMs: number, happens: (nowMs: number) => void): void {
    this.#events.push({ atMs, happens });
  }

  hear(): HeardFrame[] {
    const events = this.#events.sort((a, b) => a.atMs - b.atMs);
    return this.room.hear(this.ownEcho, (nowMs) => {
      for (let next = events[0]; next && next.atMs <= nowMs; next = events[0]) {
        events.shift();
        next.happens(next.atMs);
      }
    });
  }
}

const standsOut = ({ levelDb, echoDb }: HeardFrame) => echoDb !== undefined && levelDb > echoDb + 3;
const between = (frames: readonly HeardFrame[], fromMs: number, untilMs: number) =>
  frames.filter(({ capturedAtMs }) => capturedAtMs - FRAME_MS >= fromMs && capturedAtMs <= untilMs);

/** The first frame after the speech that ended then in which nothing of it is expected; when it began, after that end. */
function opens(frames: readonly HeardFrame[], endMs: number): { frame: HeardFrame; afterMs: number } {
  const frame = frames.find(({ capturedAtMs, echoDb }) => capturedAtMs - FRAME_MS >= endMs && echoDb === undefined);
  assert.ok(frame, 'the microphone never opens');
  return { frame, afterMs: frame.capturedAtMs - FRAME_MS - endMs };
}

function loudestEchoDb(frames: readonly HeardFrame[], fromMs: number, untilMs: number): number {
  return Math.max(...between(frames, fromMs, untilMs).map(({ trueEchoDb }) => trueEchoDb));
}

suite('our own speech in the microphone', () => {
  for (const options of ROOMS) {
    test(`is no louder than expected, and a user is: ${nameOf(options)}`, () => {
      let [echoes, bounded, mistaken] = [0, 0, 0];
      let [onsets, noticed, standing] = [0, 0, 0];
      for (const seed of [1, 2, 3]) {
        const talksAt = [14_200, 15_700, 17_200, 18_700];
        const hearing = (userTalks: boolean) => {
          const conversation = new Conversation(22, { ...options, seed });
          conversation.speaks(1_000, 9, seed * 10);
          conversation.speaks(13_000, 8, seed * 10 + 1);
          talksAt.forEach((atMs, n) => {
            if (userTalks) conversation.room.says(syntheticSpeech(0.8, OWN_DB, seed * 100 + n), atMs);
          });
          return conversation.hear();
        };
        const expected = between(hearing(false), 3_000, 22_000).filter(({ echoDb }) => echoDb !== undefined);
        const audible = expected.filter(({ trueEchoDb }) => trueEchoDb > NOISE_DB);
        echoes += audible.length;
        bounded += audible.filter(({ trueEchoDb, echoDb }) => trueEchoDb <= (echoDb ?? -100)).length;
        mistaken += expected.filter(standsOut).length / expected.length / 3;
        const heard = hearing(true);
        for (const atMs of talksAt) {
          const louder = between(heard, atMs, atMs + 232).filter(standsOut).length;
          onsets += 1;
          standing += louder;
          if (louder > 0) noticed += 1;
        }
      }
      assert.ok(bounded >= 0.98 * echoes, `${bounded} of ${echoes} frames`);
      assert.ok(mistaken < 0.005, `${mistaken} of the frames without a user`);
      // At -6 dB a user who is as loud as the reply is at best 6 dB above its echo, and begins with a soft syllable or a loud.
      const least = options.echoDb === -6 ? { noticed: 0.7, standing: 1.5 } : { noticed: 0.9, standing: 3 };
      assert.ok(noticed >= least.noticed * onsets, `${noticed} of ${onsets} times within 200 ms`);
      assert.ok(standing >= least.standing * onsets, `in ${standing} frames of ${onsets} times`);
    });

    test(`has died away when the microphone opens, and it opens soon: ${nameOf(options)}`, () => {
      const conversation = new Conversation(31, options);
      const ends = [1_000, 11_000, 21_000].map((fromMs, n) => {
        conversation.speaks(fromMs, 7, n + 5);
        return fromMs + 7_000;
      });
      const frames = conversation.hear();
      for (const endMs of ends) {
        const { frame, afterMs } = opens(frames, endMs);
        const loudestDb = loudestEchoDb(frames, endMs - 500, endMs + options.delayMs);
        const { trueEchoDb } = frame;
        assert.ok(trueEchoDb <= loudestDb - 23 || trueEchoDb <= NOISE_DB + 2, `${trueEchoDb} after ${loudestDb} dB`);
        const diedAwayMs = (options.reverberationS * 1000 * 30) / 60;
        assert.ok(afterMs <= options.delayMs + diedAwayMs + 2 * FRAME_MS, `opens after ${afterMs} ms`);
      }
    });
  }

  test('could be anything until half a second of it was heard', () => {
    const conversation = new Conversation(5);
    conversation.speaks(1_000, 3, 1);
    const frames = conversation.hear();
    assert.equal(between(frames, 1_000, 1_400).at(-1)?.echoDb, Number.POSITIVE_INFINITY);
    assert.ok((between(frames, 2_000, 2_100)[0]?.echoDb ?? 0) < 0);
  });

  test('is expected from the first frame on where the room was measured before', () => {
    const conversation = new Conversation(5, LIVING_ROOM, { couplingDb: -10, delayMs: 80 });
    conversation.speaks(1_000, 3, 1);
    const frames = between(conversation.hear(), 1_000, 4_000);
    const bounded = frames.filter(({ trueEchoDb, echoDb }) => trueEchoDb <= (echoDb ?? -100));
    assert.ok(bounded.length >= 0.98 * frames.length);
    assert.ok(frames.every(({ echoDb }) => (echoDb ?? 0) < 0));
  });

  test('is also learnt from signals, which are marked and no speech', () => {
    const conversation = new Conversation(5);
    conversation.speaks(1_000, 1, 1, 'signal');
    conversation.speaks(3_000, 1, 2);
    const frames = conversation.hear();
    assert.ok(between(frames, 1_000, 2_000).every(({ ownSignal, echoDb }) => ownSignal && echoDb === undefined));
    assert.ok(between(frames, 3_000, 4_000).every(({ ownSignal, echoDb = 0 }) => !ownSignal && echoDb < 0));
  });

  test('is known as before after a reply that the user has talked into', () => {
    const medianDb = (userTalks: boolean) => {
      const conversation = new Conversation(33);
      conversation.speaks(1_000, 8, 1);
      conversation.speaks(11_000, 8, 2);
      conversation.speaks(23_000, 8, 3);
      if (userTalks) conversation.room.says(syntheticSpeech(4, OWN_DB + 6, 50), 13_000);
      const echoes = between(conversation.hear(), 27_000, 31_000).map(({ echoDb }) => echoDb ?? 0);
      return echoes.sort((a, b) => a - b)[Math.floor(echoes.length / 2)] ?? 0;
    };
    const [alone, talkedInto] = [medianDb(false), medianDb(true)];
    assert.ok(Math.abs(talkedInto - alone) < 2, `${talkedInto} instead of ${alone} dB`);
  });

  test('is expected louder and softer with the gain and the ducking', () => {
    const conversation = new Conversation(24);
    conversation.speaks(1_000, 9, 1);
    conversation.speaks(12_000, 9, 2);
    conversation.at(15_000, (nowMs) => conversation.ownEcho.played.setGain(0.1, nowMs));
    conversation.room.changes(15_050, 0.1);
    const frames = conversation.hear();
    const loudest = (fromMs: number, untilMs: number) =>
      Math.max(...between(frames, fromMs, untilMs).map(({ echoDb }) => echoDb ?? -100));
    const [before, after] = [loudest(12_500, 15_000), loudest(16_000, 18_500)];
    assert.ok(before - after > 14 && before - after < 26, `${before} and then ${after} dB`);
    const softer = between(frames, 15_050, 21_000);
    const bounded = softer.filter(({ trueEchoDb, echoDb }) => trueEchoDb <= (echoDb ?? -100));
    assert.ok(bounded.length >= 0.98 * softer.length);
  });

  test('dies away from where it was flushed', () => {
    const conversation = new Conversation(20);
    conversation.speaks(1_000, 8, 1);
    conversation.speaks(11_000, 8, 2);
    conversation.at(13_000, (nowMs) => conversation.ownEcho.played.flush(nowMs));
    conversation.room.changes(13_000, 0);
    const { afterMs } = opens(conversation.hear(), 13_000);
    assert.ok(afterMs >= 64 && afterMs <= 400, `${afterMs} ms`);
  });

  test('is over at its end for a microphone that hears nothing of it, or nothing but noise', () => {
    for (const noiseDb of [Number.NEGATIVE_INFINITY, NOISE_DB]) {
      const conversation = new Conversation(12, { ...LIVING_ROOM, echoDb: Number.NEGATIVE_INFINITY, noiseDb });
      conversation.speaks(1_000, 9, 1);
      const { afterMs } = opens(conversation.hear(), 10_000);
      assert.ok(afterMs <= FRAME_MS, `${afterMs} ms with noise of ${noiseDb} dB`);
    }
  });

  test('is over as soon as somebody speaks after it', () => {
    const conversation = new Conversation(22, { ...LIVING_ROOM, reverberationS: 0.8 });
    conversation.speaks(1_000, 8, 1);
    conversation.speaks(11_000, 8, 2);
    conversation.room.says(syntheticSpeech(2, OWN_DB, 9), 19_200);
    const { afterMs } = opens(conversation.hear(), 19_000);
    assert.ok(afterMs <= 360, `${afterMs} ms`);
  });

  test('is never thought to go on for longer than 600 ms', () => {
    const conversation = new Conversation(14);
    conversation.speaks(1_000, 8, 1);
    // A neighbour's drill, which is there from just before the end on.
    conversation.room.says(
      new Float32Array(4 * CAPTURE_RATE_HZ).map((_, i) => 0.02 * Math.sin(i)),
      8_950,
    );
    const { afterMs } = opens(conversation.hear(), 9_000);
    assert.ok(afterMs <= 600 + FRAME_MS, `${afterMs} ms`);
  });

  test('leaves frames as they are when nothing was played', () => {
    const ownEcho = new OwnEcho();
    const frame = { samples: new Int16Array(512).fill(3), capturedAtMs: 32 };
    assert.equal(ownEcho.heard(frame), frame);
  });

  test('is of the level that it should be in these rooms', () => {
    const speech = syntheticSpeech(5, OWN_DB, 1);
    assert.ok(Math.abs(levelOf(speech) - OWN_DB) < 0.1);
    const room = new SyntheticRoom(6, LIVING_ROOM);
    room.plays(speech, 0);
    const powers = room.hear(new OwnEcho()).map(({ trueEchoDb }) => 10 ** (trueEchoDb / 10));
    const echoDb = 10 * Math.log10(powers.reduce((sum, power) => sum + power, 0) / (5_000 / FRAME_MS));
    assert.ok(Math.abs(echoDb - (OWN_DB - 12)) < 1, `${echoDb} dB`);
  });
});
