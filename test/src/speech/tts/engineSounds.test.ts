import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asciiText } from '../../../../src/speech/tts/asciiText.js';
import { readWaveSound } from '../../../../src/speech/tts/waveSound.js';

/** A mono 16-bit WAVE file with an extra chunk of odd length, whose `data` chunk claims `claimedBytes`. */
function wave(samples: readonly number[], claimedBytes: number, { channels = 1 } = {}): Buffer {
  const file = Buffer.alloc(12 + 24 + 10 + 8 + samples.length * 2);
  file.write('RIFF', 0, 'latin1');
  file.write('WAVE', 8, 'latin1');
  file.write('fmt ', 12, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(8000, 24);
  file.writeUInt16LE(16, 34);
  file.write('LIST', 36, 'latin1');
  file.writeUInt32LE(1, 40);
  file.write('data', 46, 'latin1');
  file.writeUInt32LE(claimedBytes, 50);
  for (const [i, sample] of samples.entries()) file.writeInt16LE(sample, 54 + 2 * i);
  return file;
}

describe('the sound of a speech engine', () => {
  it('is read from its WAVE file, past chunks that are not sound', () => {
    const { samples, sampleRateHz } = readWaveSound(wave([0, 16_384, -32_768], 6));
    assert.deepEqual([...samples], [0, 0.5, -1]);
    assert.equal(sampleRateHz, 8000);
  });

  it('ends with the file when the header was written before the length was known', () => {
    assert.equal(readWaveSound(wave([1, 2, 3], 0x7fff_f000)).samples.length, 3);
  });

  it('is refused when it is no mono WAVE file', () => {
    assert.throws(() => readWaveSound(Buffer.from('Error')), /not a WAVE file/);
    assert.throws(() => readWaveSound(wave([], 0, { channels: 2 })), /not mono/);
    assert.throws(() => readWaveSound(wave([1], 2).subarray(0, 40)), /without sound/);
  });
});

describe('text for an engine that reads ASCII', () => {
  const cases: readonly [string, string][] = [
    ['naïve café', 'naive cafe'],
    ['“It’s” – fine…', '"It\'s" - fine...'],
    ['Straße, Ærø, Łódź', 'Strasse, Aero, Lodz'],
    ['20 °C for 5 €', '20 degrees C for 5 euro'],
    ['Привет ok 你好 🎉', 'ok'],
    ['a\0b\u0007c\nd', 'a b c d'],
  ];
  for (const [text, ascii] of cases) {
    it(`is ${JSON.stringify(ascii)} for ${JSON.stringify(text)}`, () => assert.equal(asciiText(text), ascii));
  }
});
