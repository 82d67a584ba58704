import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { FliteVoice } from '../../../../src/speech/tts/fliteVoice.js';
import { allPieces, assertAudible, totalMs } from './spokenSound.js';

const TWO_CLAUSES = 'When the rain has stopped, we can go to the park.';

describe('the built-in voice, flite', () => {
  const voice = new FliteVoice();
  const { signal } = new AbortController();
  const speak = (text: string) => allPieces(voice.synthesize(text, signal));
  after(() => voice.close());

  it('is rms at 16 kHz unless told otherwise', () => {
    assert.equal(voice.name, 'flite:rms');
    assert.equal(voice.sampleRateHz, 16_000);
  });

  it('speaks audibly, a piece a clause, about as long as a person would', async () => {
    await voice.warmUp(signal);
    const pieces = await speak(TWO_CLAUSES);
    assert.equal(pieces.length, 2);
    for (const piece of pieces) {
      assert.equal(piece.sampleRateHz, 16_000);
      assertAudible(piece);
    }
    assert.ok(totalMs(pieces) > 2000 && totalMs(pieces) < 6000, `${totalMs(pieces)} ms`);
  });

  it('reads any text as text: quotes, options, other scripts, long words', async () => {
    const texts = ['-h', '-o /etc/passwd', '"It\'s" <b>fine</b> & 100 %', 'naïve café', 'x'.repeat(450), 'a\0b'];
    for (const text of texts) {
      const pieces = await speak(text);
      assert.ok(pieces.length > 0, text);
      for (const piece of pieces) assertAudible(piece);
    }
  });

  it('says nothing when there is nothing that it can say', async () => {
    for (const text of ['', ' \n', '...', '🎉', 'Привет']) assert.deepEqual(await speak(text), []);
  });

  it('serves two speakers at once, each with its own words', async () => {
    const [short, long, alone] = await Promise.all([speak('Yes.'), speak(TWO_CLAUSES), speak('Yes.')]);
    assert.deepEqual(short, alone);
    assert.equal(long.length, 2);
  });

  it('throws the reason when it is aborted between clauses, and speaks again afterwards', async () => {
    const controller = new AbortController();
    const pieces = voice.synthesize(TWO_CLAUSES, controller.signal)[Symbol.asyncIterator]();
    assert.equal((await pieces.next()).done, false);
    controller.abort(new Error('the button was pressed'));
    await assert.rejects(pieces.next(), /the button was pressed/);
    assert.equal((await speak('Yes.')).length, 1);
  });

  it('speaks slower when told so', async () => {
    const slow = new FliteVoice({ lengthScale: 1.5 });
    try {
      const [slowly, normally] = [
        await allPieces(slow.synthesize('Hello there.', signal)),
        await speak('Hello there.'),
      ];
      assert.ok(totalMs(slowly) > 1.2 * totalMs(normally));
    } finally {
      await slow.close();
    }
  });

  it('follows a rate that changes between two texts, in both directions', async () => {
    const rate = { factor: 1 };
    const changing = new FliteVoice({ rate });
    try {
      const lengthMs = async (factor: number) => {
        rate.factor = factor;
        return totalMs(await allPieces(changing.synthesize(TWO_CLAUSES, signal)));
      };
      const [usual, fast, slow, again] = [
        await lengthMs(1),
        await lengthMs(1.5),
        await lengthMs(0.7),
        await lengthMs(1),
      ];
      assert.ok(fast < 0.8 * usual && slow > 1.25 * usual, `${fast}, ${usual}, ${slow} ms`);
      assert.equal(again, usual);
    } finally {
      await changing.close();
    }
  });

  it('refuses a voice that it does not have, naming those that it has', () => {
    assert.throws(() => new FliteVoice({ voice: 'amy' }), { reason: 'notFound', message: /rms, slt, awb, kal16, kal/ });
  });

  it('fails once it is closed, and can be closed twice', async () => {
    const closed = new FliteVoice();
    await closed.close();
    await closed.close();
    await assert.rejects(allPieces(closed.synthesize('Hello.', signal)), { name: 'VoiceError', message: /closed/ });
  });
});
