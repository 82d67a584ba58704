import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CaptureDriver, CaptureOptions } from '../../../../hardware/audio/drivers.js';
import { FRAME_MS, FRAME_SAMPLES, type PcmFrame } from '../../../../hardware/audio/pcm.js';
import { sleep } from '../../../../hardware/clock.js';
import type { TurnReport } from '../../../../machines/assistantEvents.js';
import { fixedSilence } from '../../../../src/speech/endpointer.js';
import { type EchoMode, listenForInterruptions } from '../../../../src/turn/interruption/interruptions.js';
import { fakeVad } from '../../../fixtures/fakeSpeech.js';
import { SteppedClock } from '../../../fixtures/steppedClock.js';

const REPLY = 'Once there was an old kettle that sang in the morning.';
const HEARING = {
  threshold: 0.5,
  negativeThreshold: 0.35,
  minSpeechMs: 96,
  preRollMs: 320,
  hangOverMs: 96,
  silence: fixedSilence(600),
  maxUtteranceMs: 30_000,
  noSpeechMs: 6_000,
};

/** Level of a frame in the drawing: "v" a user, "e" our echo, "." silence. */
const SAMPLE = { v: 10_000, e: 3_000, '.': 0 } as const;
const ECHO_DB = -15;

interface Given {
  /** One letter a frame. */
  readonly drawing: string;
  /** The frame in which it becomes clear that our voice was heard; default: none. */
  readonly corrected?: number;
  /** What the recogniser makes of speech, by the number of the recognition, counted from 0; the last one stays. */
  readonly hears: readonly (string | Error)[];
  readonly mode?: Exclude<EchoMode, 'half-duplex'>;
  readonly reply?: string;
}

/** What is reported, and after how many frames. */
async function heardDuringReply({ drawing, hears, mode = 'text-guard', reply = REPLY, corrected }: Given) {
  const clock = new SteppedClock();
  const asked: CaptureOptions[] = [];
  const over = new AbortController();
  let isOpen = false;
  const capture: CaptureDriver = {
    name: 'drawn',
    async *capture(options, signal): AsyncGenerator<PcmFrame> {
      asked.push(options);
      isOpen = true;
      try {
        for (const [n, mark] of [...(drawing as Iterable<keyof typeof SAMPLE>)].entries()) {
          await sleep(clock, FRAME_MS, signal);
          yield {
            samples: new Int16Array(FRAME_SAMPLES).fill(SAMPLE[mark]),
            capturedAtMs: clock.now(),
            echoDb: n >= (corrected ?? Number.POSITIVE_INFINITY) ? 0 : ECHO_DB,
            ...(n === corrected && { echoCorrected: true }),
          };
        }
        over.abort(); // the reply ends with the drawing
      } finally {
        isOpen = false;
      }
    },
  };
  let recognitions = 0;
  const recognizer = {
    name: 'scripted',
    warmUp: async () => {},
    close: async () => {},
    transcribe: async (_samples: Float32Array, signal: AbortSignal) => {
      await sleep(clock, 20, signal);
      const heard = hears[Math.min(recognitions++, hears.length - 1)] ?? '';
      if (heard instanceof Error) throw heard;
      return { text: heard, asrMs: 20 };
    },
  };
  const reports: { readonly type: TurnReport['type']; readonly frame: number; readonly sinceMs?: number }[] = [];
  const report = (event: TurnReport) => reports.push({ ...event, frame: Math.floor(clock.now() / FRAME_MS) });
  const aloud = { chunks: [{ text: reply, heardAtMs: 0, lengthMs: 4_000 }], textAt: () => reply };
  const ears = { vad: fakeVad, recognizer, hearing: HEARING };
  await clock.run(listenForInterruptions({ capture, ears, clock, mode, aloud, report }, over.signal).catch(() => {}));
  return { reports, types: reports.map(({ type }) => type), asked, isOpen: () => isOpen };
}

const SILENT = '.'.repeat(20);

describe('who talks while a reply is heard', () => {
  it('is noticed at once and interrupts with words', async () => {
    const { reports, types, asked } = await heardDuringReply({
      drawing: `${SILENT}${'v'.repeat(30)}${SILENT}`,
      hears: ['What', 'What about', 'What about lunch?'],
    });
    assert.deepEqual(types.slice(0, 2), ['turn.interjected', 'turn.interrupted']);
    const [noticed, taken] = reports;
    assert.ok(noticed && noticed.frame <= 20 + 5, 'noticed after 160 ms');
    assert.ok(taken && taken.frame <= 20 + 5 + 9, 'taken with the second word');
    assert.deepEqual(asked, [{ ownSpeech: 'heard' }]);
  });

  it('began a little before the first voiced frame: the turn that takes over hears all of it', async () => {
    const { reports } = await heardDuringReply({ drawing: `${SILENT}${'v'.repeat(30)}${SILENT}`, hears: ['Stop'] });
    const beganMs = 20 * FRAME_MS;
    const sinceMs = reports.find(({ type }) => type === 'turn.interrupted')?.sinceMs ?? Number.NaN;
    assert.ok(beganMs - sinceMs >= 200 && beganMs - sinceMs <= 400, `${beganMs - sinceMs} ms before`);
  });

  it('lets it go on with a "yeah", as soon as that is over', async () => {
    const { types, reports } = await heardDuringReply({
      drawing: `${SILENT}${'v'.repeat(10)}${SILENT}${SILENT}`,
      hears: ['Yeah.'],
    });
    assert.equal(types[0], 'turn.interjected');
    assert.ok(!types.includes('turn.interrupted'));
    const over = reports.find(({ type }) => type === 'turn.interjectionOver');
    assert.ok(over && over.frame <= 30 + 5, 'it does not wait for the end of the silence');
  });

  it('may say something after a "yeah"', async () => {
    const { types } = await heardDuringReply({
      drawing: `${SILENT}${'v'.repeat(10)}${SILENT}${'v'.repeat(20)}${SILENT}`,
      hears: ['Yeah.', 'Yeah.', 'stop'],
    });
    assert.deepEqual([types[0], types.at(-1)], ['turn.interjected', 'turn.interrupted']);
    assert.equal(types.filter((type) => type === 'turn.interjected').length, 2);
  });

  it('is not our own voice, which is as loud as it can be at most', async () => {
    const { types } = await heardDuringReply({ drawing: 'e'.repeat(60), hears: ['stop'] });
    assert.deepEqual(types, []);
  });

  it('was our own voice when that turns out to be louder than was thought: the reply goes on', async () => {
    const { types } = await heardDuringReply({
      drawing: 'v'.repeat(60),
      hears: ['Said', 'said', 'sad a'],
      corrected: 7,
    });
    assert.deepEqual(types, ['turn.interjected', 'turn.interjectionOver']);
  });

  it('is whoever is heard, where the echo is taken away by others', async () => {
    const { types } = await heardDuringReply({
      drawing: `${SILENT}${'e'.repeat(20)}${SILENT}`,
      hears: ['stop'],
      mode: 'aec',
    });
    assert.deepEqual(types.slice(0, 2), ['turn.interjected', 'turn.interrupted']);
  });

  it('is not our own voice, where its words are known', async () => {
    const { types } = await heardDuringReply({
      drawing: `${'e'.repeat(30)}${SILENT}`,
      hears: ['once', 'once', 'once there', 'once there', 'once there was'],
      mode: 'aec',
    });
    assert.deepEqual([...new Set(types)], ['turn.interjected', 'turn.interjectionOver']);
  });

  it('answers with a "yes" when the reply asks', async () => {
    const { types } = await heardDuringReply({
      drawing: `${SILENT}${'v'.repeat(10)}${SILENT}${SILENT}`,
      hears: ['Yes.'],
      reply: 'Shall I set a timer?',
    });
    assert.deepEqual(types, ['turn.interjected', 'turn.interrupted']);
  });

  it('is not heard any more when the recogniser fails: the reply goes on, and the microphone is let go', async () => {
    const { types, isOpen } = await heardDuringReply({
      drawing: `${SILENT}${'v'.repeat(30)}${SILENT}${SILENT}`,
      hears: [new Error('crashed')],
    });
    assert.deepEqual(types, ['turn.interjected', 'turn.interjectionOver']);
    assert.equal(isOpen(), false);
  });
});
