import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { foundIn } from '../../../fixtures/madeUpDocument.js';

suite('settings in sentences', () => {
  test('that exist are right', () => {
    const right =
      '`tts.voice`, `[skills.mqtt]`, `skills.mqtt.url`, `audio.earcons = false`, `output = "gpio"`, `board = "whisplay"`';
    assert.deepEqual(foundIn(right), []);
  });

  test('must exist', () => {
    assert.deepEqual(foundIn('see `tts.vioce`'), ['1: there is no setting tts.vioce; did you mean "tts.voice"?']);
    assert.deepEqual(foundIn('see `ednpointing.silence_ms`'), [
      '1: there is no setting ednpointing.silence_ms; did you mean "endpointing.silence_ms"?',
    ]);
    assert.deepEqual(foundIn('see `[speculations]`'), [
      '1: there is no section [speculations]; did you mean "speculation"?',
    ]);
  });

  test('must be given values that they can have', () => {
    assert.match(foundIn('`llm.tools = "of"`').join(), /llm\.tools: expected one of "auto", "off", found "of"/);
    assert.match(foundIn('`echo = "ace"`').join(), /audio\.echo: expected .*did you mean "aec"/);
    assert.match(foundIn('`outptu = "gpio"`').join(), /no section has a key "outptu"/);
    assert.match(foundIn('`board = "wisplay"`').join(), /did you mean "whisplay"/);
  });

  test('are not events, files and what else has a dot', () => {
    assert.deepEqual(
      foundIn('`button.pressed`, `turn.failed`, `models.json`, `module.exports`, `timeout_ms = 5000`, `x.y`'),
      [],
    );
  });
});

suite('settings in comments', () => {
  test('must exist, quoted or not', () => {
    const lines = ['# see release.json and kernel.org', '# for leds.output = "sysf", and led.lines'];
    assert.deepEqual(
      foundIn(lines, 'deploy/made-up.service').map((found) => found.slice(0, 36)),
      ['2: leds.output: expected one of "aut', '2: there is no setting led.lines; di'],
    );
  });
});

suite('TOML in documents', () => {
  test('is read as the program reads it, with the lines of the document', () => {
    assert.deepEqual(foundIn(['- So:', '', '  ```toml', '  [llm]', '  modle = "x"', '  ```']), [
      '5: unknown key "llm.modle"; did you mean "llm.model"?',
    ]);
    assert.match(foundIn(['```toml', '[vad]', 'threshold = 0.3', '```']).join(), /^3: vad\.negative_threshold|^3: vad/);
    assert.match(foundIn(['```toml', '[vad', '```']).join(), /^2: not valid TOML/);
  });

  test('is read where it is switched off, too', () => {
    assert.deepEqual(foundIn(['```toml', '[inspector]', '# hots = ["kitchen"]', '```']), [
      '3: there is no setting inspector.hots; did you mean "inspector.hosts"?',
    ]);
  });

  test('may be a skill', () => {
    const skill = [
      '```toml',
      '[exec.water]',
      'description = "Waters."',
      'command = ["water"]',
      'pattern = ["x"]',
      '```',
    ];
    assert.match(foundIn(skill).join(), /5: unknown key "exec\.water\.pattern"; did you mean "patterns"/);
  });
});

suite('a configuration that is delivered', () => {
  test('shows defaults in the lines that are switched off, or says that they are examples', () => {
    const lines = ['[tts]', '# voice = "flite:slt"', '# sentence_pause_ms = 350', '# threads = 2   # for example'];
    assert.deepEqual(foundIn(lines, 'deploy/made-up.toml'), [
      '2: the default of tts.voice is "flite:rms", not "flite:slt"',
    ]);
  });
});
