import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { EspeakVoice } from '../../../../src/speech/tts/espeakVoice.js';
import { allPieces, assertAudible, totalMs } from './spokenSound.js';

const { signal } = new AbortController();
const speak = (voice: EspeakVoice, text: string) => allPieces(voice.synthesize(text, signal));

describe('the voice of espeak-ng', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pressel-espeak-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** A program that stands for espeak-ng. */
  function program(name: string, script: string): string {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return file;
  }

  it('names the package to install where there is none', async () => {
    const voice = new EspeakVoice({ env: { PATH: '' } });
    await assert.rejects(voice.warmUp(signal), {
      name: 'VoiceError',
      reason: 'notInstalled',
      message: /apt install espeak-ng/,
    });
  });

  it('cannot be told options by a name', () => {
    for (const voice of ['-f/etc/passwd', '', '--stdout', '../x']) {
      assert.throws(() => new EspeakVoice({ voice }), { reason: 'notFound' });
    }
  });

  it('says what its program complained about', async () => {
    const voice = new EspeakVoice({ command: program('broken', 'echo "out of luck" >&2; exit 3') });
    await assert.rejects(voice.warmUp(signal), { reason: 'failed', message: /ended with 3\. out of luck/ });
    const silent = new EspeakVoice({ command: program('silent', 'exit 0') });
    await assert.rejects(silent.warmUp(signal), { reason: 'failed', message: /gave no sound/ });
  });

  it('kills its program when it is aborted, and when it is closed', async () => {
    const command = program('hanging', 'exec sleep 1000');
    const controller = new AbortController();
    const warming = new EspeakVoice({ command }).warmUp(controller.signal);
    controller.abort(new Error('the button was pressed'));
    await assert.rejects(warming, /the button was pressed/);

    const voice = new EspeakVoice({ command });
    const other = voice.warmUp(signal);
    const closed = voice.close();
    await assert.rejects(other, { name: 'VoiceError', message: /closed/ });
    await closed;
  });

  const installed = spawnSync('espeak-ng', ['--version']).status === 0;
  describe('where it is installed', { skip: !installed && 'espeak-ng is not installed' }, () => {
    it('speaks audibly, a piece a clause', async () => {
      const pieces = await speak(new EspeakVoice(), 'When the rain has stopped, we can go to the park.');
      assert.equal(pieces.length, 2);
      for (const piece of pieces) assertAudible(piece);
      assert.ok(totalMs(pieces) > 1500 && totalMs(pieces) < 6000, `${totalMs(pieces)} ms`);
    });

    it('reads any text as text, and says nothing for none', async () => {
      for (const text of ['-h', '--stdout "it\'s"', 'naïve café', 'Привет']) {
        const pieces = await speak(new EspeakVoice(), text);
        assert.equal(pieces.length, 1, text);
        for (const piece of pieces) assertAudible(piece);
      }
      assert.deepEqual(await speak(new EspeakVoice(), ' ... '), []);
    });

    it('spells phoneme notation instead of speaking it', async () => {
      const spelled = await speak(new EspeakVoice(), '[[h@l@U]]');
      assert.ok(totalMs(spelled) > 1.5 * totalMs(await speak(new EspeakVoice(), 'hello')));
    });

    it('follows a rate that changes between two texts, in both directions and no further than it can', async () => {
      const rate = { factor: 1 };
      const changing = new EspeakVoice({ rate });
      const lengthMs = async (factor: number) => {
        rate.factor = factor;
        return totalMs(await speak(changing, 'When the rain has stopped, we can go to the park.'));
      };
      const [usual, fast, slow] = [await lengthMs(1), await lengthMs(1.5), await lengthMs(0.7)];
      assert.ok(fast < 0.8 * usual && slow > 1.25 * usual, `${fast}, ${usual}, ${slow} ms`);
      assert.equal(await lengthMs(0.1), await lengthMs(0.4));
    });

    it('refuses a language that it does not know', async () => {
      await assert.rejects(speak(new EspeakVoice({ voice: 'xx' }), 'Hello.'), { reason: 'notFound', message: /"xx"/ });
    });
  });
});
