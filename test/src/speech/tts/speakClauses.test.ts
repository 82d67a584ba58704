import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PcmAudio } from '../../../../hardware/audio/pcm.js';
import { type RenderClause, speakClauses } from '../../../../src/speech/tts/speakClauses.js';

const TEXT = 'The first clause is this, the second clause is that, and the third one is here.';
const PAUSES = { sentencePauseMs: 200, clausePauseMs: 80 };
const RATE = 1000; // a sample a millisecond
const never = () => new AbortController().signal;

/** A voice of ten samples a clause that writes down what it was asked for and what was cancelled. */
function recordingVoice() {
  const asked: string[] = [];
  const cancelled: string[] = [];
  const render: RenderClause = async (text, signal) => {
    asked.push(text);
    signal.addEventListener('abort', () => cancelled.push(text), { once: true });
    return { samples: new Float32Array(10).fill(0.5), sampleRateHz: RATE };
  };
  return { asked, cancelled, render };
}

async function all(pieces: AsyncIterable<PcmAudio>): Promise<PcmAudio[]> {
  const out: PcmAudio[] = [];
  for await (const piece of pieces) out.push(piece);
  return out;
}

describe('speaking clause by clause', () => {
  it('yields a piece of sound for each clause, with the silence that follows it', async () => {
    const pieces = await all(speakClauses(TEXT, recordingVoice().render, PAUSES, never()));
    assert.deepEqual(
      pieces.map(({ samples }) => samples.length),
      [10 + 80, 10 + 80, 10 + 200],
    );
    assert.equal(pieces[0]?.samples[9], 0.5);
    assert.equal(pieces[0]?.samples[10], 0);
  });

  it('leaves the same silence between clauses, whatever the voice leaves around them', async () => {
    const around: RenderClause = async (text) => {
      const [before, behind] = text.startsWith('The first') ? [0, 500] : [230, 20];
      const samples = new Float32Array(before + 10 + behind).fill(0.5, before, before + 10);
      return { samples, sampleRateHz: RATE };
    };
    const pieces = await all(speakClauses(TEXT, around, PAUSES, never()));
    assert.deepEqual(
      pieces.map(({ samples }) => samples.length),
      [10 + 80, 60 + 10 + 80, 60 + 10 + 200],
    );
  });

  it('hardly pauses behind a text that ends without a mark: it goes on', async () => {
    const [piece] = await all(speakClauses('The weather today', recordingVoice().render, PAUSES, never()));
    assert.equal(piece?.samples.length, 10 + 40);
  });

  it('asks for nothing before somebody listens, then for one clause ahead and no more', async () => {
    const { asked, render } = recordingVoice();
    const pieces = speakClauses(TEXT, render, PAUSES, never());
    assert.equal(asked.length, 0);
    await pieces.next();
    assert.equal(asked.length, 2);
    await pieces.next();
    assert.equal(asked.length, 3);
    await pieces.return();
  });

  it('cancels the clause ahead when the listener leaves', async () => {
    const { asked, cancelled, render } = recordingVoice();
    for await (const _ of speakClauses(TEXT, render, PAUSES, never())) break;
    assert.equal(asked.length, 2);
    assert.ok(cancelled.includes('the second clause is that,'));
  });

  it('asks for no further clause once it is aborted, and throws the reason', async () => {
    const { asked, cancelled, render } = recordingVoice();
    const controller = new AbortController();
    const pieces = speakClauses(TEXT, render, PAUSES, controller.signal);
    await pieces.next();
    controller.abort(new Error('the button was pressed'));
    assert.ok(cancelled.includes('the second clause is that,'), 'cancelled at once, not at the next step');
    await assert.rejects(pieces.next(), /the button was pressed/);
    assert.equal(asked.length, 2);
  });

  it('begins nothing when it is aborted already', async () => {
    const { asked, render } = recordingVoice();
    await assert.rejects(all(speakClauses(TEXT, render, PAUSES, AbortSignal.abort(new Error('too late')))), /too late/);
    assert.equal(asked.length, 0);
  });

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners++;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners--;
      remove(...args);
    };
    await all(speakClauses(TEXT, recordingVoice().render, PAUSES, signal));
    assert.equal(listeners, 0);
  });

  it('delivers what was made before a clause failed, then throws', async () => {
    const render: RenderClause = async (text) => {
      if (text.startsWith('the second')) throw new Error('no sound');
      return { samples: new Float32Array(1), sampleRateHz: RATE };
    };
    const pieces = speakClauses(TEXT, render, PAUSES, never());
    assert.equal((await pieces.next()).done, false);
    await assert.rejects(pieces.next(), /no sound/);
  });

  it('skips a clause that has no sound', async () => {
    const render: RenderClause = async (text) => ({
      samples: new Float32Array(text.startsWith('the second') ? 0 : 1),
      sampleRateHz: RATE,
    });
    assert.equal((await all(speakClauses(TEXT, render, PAUSES, never()))).length, 2);
  });
});
