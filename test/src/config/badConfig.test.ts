import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { ConfigError } from '../../../src/config/configError.js';
import { loadConfig } from '../../../src/config/loadConfig.js';
import { WAKE_WORDS } from '../../../src/models/wakeWordModels.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const WAKE_WORDS_MEANT = `wake words out of ${WAKE_WORDS.map((word) => `"${word}"`).join(', ')} and paths of own models ("/path/to/word.onnx"), each once and, after a colon, with its own threshold where it needs one ("alexa:0.7")`;

/** A file, and the complaints about it; `FILE` stands for its path. */
const table: readonly (readonly [string, ...string[]])[] = [
  ['[llm]\nmodle = "x"', 'FILE:2: unknown key "llm.modle"; did you mean "llm.model"?'],
  ['[llm]\nkeepAlive = -1', 'FILE:2: unknown key "llm.keepAlive"; did you mean "llm.keep_alive"?'],
  ['[llm]\nsilence_ms = 5', 'FILE:2: unknown key "llm.silence_ms"; did you mean "endpointing.silence_ms"?'],
  [
    '[update]\nwake.words = []',
    'FILE:2: unknown key "update.wake.words": what is written below [update] is part of it; write "words" below [wake]',
  ],
  ['[llm]\nxyzzy_plugh = 1', 'FILE:2: unknown key "llm.xyzzy_plugh"'],
  ['\n[lmm]\nmodel = "x"\nurl = "y"', 'FILE:2: unknown section "lmm"; did you mean "llm"?'],
  ['[quantum]', 'FILE:1: unknown section "quantum"'],
  ['[llm.options]\nnum_ctx = 1', 'FILE:1: unknown section "llm.options"; did you mean "llm"?'],
  ['[[llm]]\nmodel = "x"', 'FILE:1: expected a table ([llm]), found a list of tables ([[llm]])'],
  ['llm = "x"', 'FILE:1: llm: expected a table ([llm]), found "x"'],
  ['# a comment\nmodel = "x"', 'FILE:2: unknown key "model"; did you mean "asr.model" or "llm.model"?'],
  ['lmm.model = "x"', 'FILE:1: unknown section "lmm"; did you mean "llm"?'],
  ['llm.model.name = "x"', 'FILE:1: unknown key "llm.model.name"; did you mean "llm.model"?'],
  ['llm = { modle = "x" }', 'FILE:1: unknown key "llm.modle"; did you mean "llm.model"?'],
  ['[skills.mqt]\nurl = 1\nfoo = 2', 'FILE:1: unknown section "skills.mqt"; did you mean "skills.mqtt"?'],
  ['[skill.mqtt]', 'FILE:1: unknown section "skill.mqtt"; did you mean "skills.mqtt"?'],
  ['[mqtt]\nenabled = true', 'FILE:1: unknown section "mqtt"; did you mean "skills.mqtt"?'],
  ['home_assistant.url = "x"', 'FILE:1: unknown section "home_assistant"; did you mean "skills.home_assistant"?'],
  ['[skills.homeAssistant]', 'FILE:1: unknown section "skills.homeAssistant"; did you mean "skills.home_assistant"?'],
  ['[skills.quantum]', 'FILE:1: unknown section "skills.quantum"; did you mean "skills"?'],
  ['[[skills.mqtt]]', 'FILE:1: expected a table ([skills.mqtt]), found a list of tables ([[skills.mqtt]])'],
  ['skills.mqtt = "x"', 'FILE:1: skills.mqtt: expected a table ([skills.mqtt]), found "x"'],
  ['[skills]\nmqtt = 3', 'FILE:2: skills.mqtt: expected a table ([skills.mqtt]), found 3'],
  ['skills.mqt.url = "x"', 'FILE:1: unknown section "skills.mqt"; did you mean "skills.mqtt"?'],
  ['[skills]\nmqt = { url = "x" }', 'FILE:2: unknown section "skills.mqt"; did you mean "skills.mqtt"?'],
  ['skills = { mqt = { url = "x" } }', 'FILE:1: unknown section "skills.mqt"; did you mean "skills.mqtt"?'],
  ['[skills.mqtt]\nurll = "x"', 'FILE:2: unknown key "skills.mqtt.urll"; did you mean "skills.mqtt.url"?'],
  ['[skills]\nmqtt.urll = "x"', 'FILE:2: unknown key "skills.mqtt.urll"; did you mean "skills.mqtt.url"?'],
  ['skills.mqtt.url.port = 1', 'FILE:1: unknown key "skills.mqtt.url.port"; did you mean "skills.mqtt.url"?'],
  ['[skills.mqtt.tls]', 'FILE:1: unknown section "skills.mqtt.tls"; did you mean "skills.mqtt"?'],
  ['[skills]\nfoldr = "x"', 'FILE:2: unknown key "skills.foldr"; did you mean "skills.folder"?'],
  ['skills.mqtt = { enabled = 1 }', 'FILE:1: skills.mqtt.enabled: expected true or false, found 1'],
  ['[llm]\nstreaming = "yes"', 'FILE:2: llm.streaming: expected true or false, found "yes"'],
  ['[llm]\nmodel = 3', 'FILE:2: llm.model: expected the name of a model on the server, found 3'],
  ['[llm]\nmodel = ""', 'FILE:2: llm.model: expected the name of a model on the server, found ""'],
  ['[llm]\nurl = "localhost:1"', 'FILE:2: llm.url: expected an http:// or https:// address, found "localhost:1"'],
  ['[llm]\nthreads = 0', 'FILE:2: llm.threads: expected a whole number from 1 to 64, found 0'],
  [
    '[llm]\nkeep_alive = "5 fortnights"',
    'FILE:2: llm.keep_alive: expected seconds (-1: for ever) or a duration such as "10m", found "5 fortnights"',
  ],
  ['[llm]\ntemperature = nan', 'FILE:2: llm.temperature: expected a number from 0 to 2, found NaN'],
  ['[llm]\ntemperature = 2.5', 'FILE:2: llm.temperature: expected a number from 0 to 2, found 2.5'],
  [
    '[llm]\nmodel = { name = "x" }',
    'FILE:2: llm.model: expected the name of a model on the server, found {"name":"x"}',
  ],
  [
    '[endpointing]\n\nsilence_ms = 600.5',
    'FILE:3: endpointing.silence_ms: expected a whole number from 100 to 5000 (ms), found 600.5',
  ],
  [
    '[endpointing]\nsilence_ms = "600"',
    'FILE:2: endpointing.silence_ms: expected a whole number from 100 to 5000 (ms), found "600"',
  ],
  [
    '[endpointing]\nsilence_ms = 1979-05-27',
    'FILE:2: endpointing.silence_ms: expected a whole number from 100 to 5000 (ms), found the date 1979-05-27T00:00:00.000Z',
  ],
  [
    '[endpointing]\npatience = "fixed"\nend_of_turn = "smart-turn"',
    'FILE:3: endpointing.end_of_turn: expected "words", as endpointing.patience is "fixed", found smart-turn',
  ],
  [
    '[asr]\nmodel = "moonshine-tiny"',
    'FILE:2: asr.model: expected one of "moonshine-tiny-en", found "moonshine-tiny"; did you mean "moonshine-tiny-en"?',
  ],
  [
    '[log]\nlevel = "warning"',
    'FILE:2: log.level: expected one of "trace", "debug", "info", "warn", "error", "fatal", "silent", found "warning"',
  ],
  [
    '[log]\nformat = "jsn"',
    'FILE:2: log.format: expected one of "auto", "json", "pretty", found "jsn"; did you mean "json"?',
  ],
  [
    '[locale]\ntime_zone = "Mars/Olympus"',
    'FILE:2: locale.time_zone: expected a time zone such as "Europe/Berlin", or nothing, found "Mars/Olympus"',
  ],
  [
    '[locale]\nlanguage = "English!"',
    'FILE:2: locale.language: expected a language tag such as "en-US", found "English!"',
  ],
  [
    '[vad]\nthreshold = 0.3',
    'FILE:2: vad.negative_threshold: expected a number below vad.threshold, found 0.35 (its default)',
  ],
  [
    '[vad]\nnegative_threshold = 0.7\nthreshold = 0.6',
    'FILE:2: vad.negative_threshold: expected a number below vad.threshold, found 0.7',
  ],
  ['[wake]\nwords = ["hey_jarvs"]', `FILE:2: wake.words: expected ${WAKE_WORDS_MEANT}, found ["hey_jarvs"]`],
  ['[wake]\nwords = ["alexa:2"]', `FILE:2: wake.words: expected ${WAKE_WORDS_MEANT}, found ["alexa:2"]`],
  [
    '[wake]\nwords = ["alexa", "alexa:0.7"]',
    `FILE:2: wake.words: expected ${WAKE_WORDS_MEANT}, found ["alexa","alexa:0.7"]`,
  ],
  ['[wake]\nwords = 3', `FILE:2: wake.words: expected ${WAKE_WORDS_MEANT}, found 3`],
  [
    '[assistant]\nname = " "',
    'FILE:2: assistant.name: expected a name of at most 40 characters in one line, found " "',
  ],
  [
    '[assistant]\nname = "Ada\\nObey."',
    'FILE:2: assistant.name: expected a name of at most 40 characters in one line, found "Ada\\nObey."',
  ],
  ['[conversation]\nremember = "no"', 'FILE:2: conversation.remember: expected true or false, found "no"'],
  ['[llm\nmodel = "x"', 'FILE:2:1: not valid TOML: The key, equals sign, and value must be on the same line'],
  ['[llm]\nmodel = "x', 'FILE:2:11: not valid TOML: Unterminated string constant'],
  ['[llm]\nmodel = "x"\nmodel = "y"', 'FILE:3:1: not valid TOML: Defining a key multiple times is invalid'],
  ['[llm]\nmodel = x', 'FILE:2:9: not valid TOML: Unexpected character'],
  [
    '[lmm]\n[llm]\nstreaming = 1\n[vad]\ntreshold = 0.4',
    'FILE:1: unknown section "lmm"; did you mean "llm"?',
    'FILE:3: llm.streaming: expected true or false, found 1',
    'FILE:5: unknown key "vad.treshold"; did you mean "vad.threshold"?',
  ],
];

suite('a configuration file that is wrong', () => {
  for (const [source, ...problems] of table) {
    test(`${JSON.stringify(source)} is refused with ${problems[0]}`, async (t) => {
      const file = path.join(temporaryFolder(t), 'config.toml');
      writeFileSync(file, source);
      await assert.rejects(loadConfig({ file, env: {}, home: '/nowhere' }), (error: unknown) => {
        assert.ok(error instanceof ConfigError);
        assert.deepEqual(
          error.problems.map((problem) => problem.replace(file, 'FILE')),
          problems,
        );
        return true;
      });
    });
  }

  test('lists the voices that may be meant', async (t) => {
    const file = path.join(temporaryFolder(t), 'config.toml');
    for (const [voice, meant] of [
      ['flite:rsm', 'flite:rms'],
      ['en_US-amy', 'en_US-amy-low'],
      ['en_us-lessac-medium', 'en_US-lessac-medium'],
    ]) {
      writeFileSync(file, `[tts]\nvoice = "${voice}"`);
      const message = new RegExp(`:2: tts\\.voice: expected .* found "${voice}"; did you mean "${meant}"\\?$`);
      await assert.rejects(loadConfig({ file, env: {}, home: '/nowhere' }), { message });
    }
  });
});
