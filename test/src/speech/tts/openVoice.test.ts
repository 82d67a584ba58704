import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openVoice } from '../../../../src/speech/tts/openVoice.js';
import { sharedFile, skipWithout } from '../../../fixtures/shared.js';

const refused = (message: RegExp) => ({ name: 'VoiceError', reason: 'notFound', message });

describe('the configured voice', () => {
  for (const [spec, name] of [
    ['flite:slt', 'flite:slt'],
    ['flite', 'flite:rms'],
    ['espeak-ng:de', 'espeak-ng:de'],
    ['espeak-ng', 'espeak-ng:en-us'],
  ] as const) {
    it(`is ${name} for "${spec}"`, async () => {
      const voice = openVoice(spec);
      assert.equal(voice.name, name);
      await voice.close();
    });
  }

  const amy = sharedFile('voices/en_US-sano_amy-tiny.onnx');
  it('is a Piper voice by path or by id', { skip: skipWithout(amy) }, async () => {
    const byPath = openVoice(`piper:${amy}`);
    const byId = openVoice('piper:amy', { resolvePiper: (id) => (id === 'amy' ? amy : undefined) });
    assert.equal(byPath.name, 'piper:en_US-sano_amy-tiny');
    assert.equal(byId.name, byPath.name);
    await Promise.all([byPath.close(), byId.close()]);
  });

  it('is refused with what is valid, and the nearest name', () => {
    assert.throws(() => openVoice('festival:rms'), refused(/no voice "festival:rms".*flite:rms/s));
    assert.throws(() => openVoice('pipr:amy'), refused(/Did you mean piper\?/));
    assert.throws(() => openVoice('slt'), refused(/Did you mean flite:slt\?/));
    assert.throws(() => openVoice(''), refused(/Valid are piper:/));
    assert.throws(() => openVoice('flite:amy'), refused(/rms, slt/));
    assert.throws(() => openVoice('piper:amy'), refused(/"amy" is not installed.*pressel setup/s));
    assert.throws(() => openVoice('piper:'), refused(/path of a \.onnx file/));
  });
});
