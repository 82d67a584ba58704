import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { BOARD_NAMES, BOARD_PROFILES } from '../../../src/boards/boardProfiles.js';
import { configCommand } from '../../../src/cli/commands/config.js';
import { DEFAULT_CONFIG } from '../../../src/config/config.js';
import { loadConfig } from '../../../src/config/loadConfig.js';
import { recordedIo } from '../../fixtures/recordedIo.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

function places(t: TestContext, source = '') {
  const home = temporaryFolder(t);
  const file = path.join(home, 'c.toml');
  writeFileSync(file, source);
  return { home, file, env: {} };
}

const EXPECTED = 'expected one of "none", "respeaker-2mic", "button-and-led", "whisplay"';

suite('a board', () => {
  for (const name of BOARD_NAMES) {
    test(`${name} has settings that are valid, and each says that it comes from the board`, async (t) => {
      const { raw, origins, board } = await loadConfig(places(t, `board = "${name}"`));
      assert.deepEqual(board, { name, origin: 'file:1' });
      const sections: Readonly<Record<string, Readonly<Record<string, unknown>>>> = raw;
      for (const [section, values] of Object.entries(BOARD_PROFILES[name].settings)) {
        for (const [key, value] of Object.entries(values)) {
          assert.deepEqual(sections[section]?.[key], value);
          assert.equal(origins.get(`${section}.${key}`), `board ${name}`);
        }
      }
    });
  }

  test('is none unless it is given', async (t) => {
    const { config, board } = await loadConfig(places(t));
    assert.deepEqual(board, { name: 'none', origin: 'default' });
    assert.deepEqual(config, DEFAULT_CONFIG);
  });

  test('counts less than the file, the environment and the flags', async (t) => {
    const { config, origins } = await loadConfig({
      ...places(t, 'board = "respeaker-2mic"\n[leds]\npixels = 12'),
      env: { PRESSEL_LEDS_SPI_DEVICE: '/dev/spidev0.1' },
      flags: { 'audio.output': 'flagged' },
    });
    assert.deepEqual(
      [config.leds.output, config.leds.pixels, config.leds.spiDevice, config.audio.output],
      ['apa102', 12, '/dev/spidev0.1', 'flagged'],
    );
    assert.equal(origins.get('leds.output'), 'board respeaker-2mic');
    assert.equal(origins.get('leds.pixels'), 'file:3');
    assert.equal(origins.get('leds.brightness'), 'default');
  });

  test('in the environment wins over the one in the file', async (t) => {
    const { board, config } = await loadConfig({
      ...places(t, 'board = "respeaker-2mic"'),
      env: { PRESSEL_BOARD: 'whisplay' },
    });
    assert.deepEqual(board, { name: 'whisplay', origin: 'env PRESSEL_BOARD' });
    assert.equal(config.leds.output, 'rgb');
    assert.equal(config.audio.output, 'plughw:CARD=wm8960soundcard');
  });

  const bad: readonly (readonly [string, string])[] = [
    ['board = "respeaker2mic"', `FILE:1: board: ${EXPECTED}, found "respeaker2mic"; did you mean "respeaker-2mic"?`],
    ['board = "constructor"', `FILE:1: board: ${EXPECTED}, found "constructor"`],
    ['\nboard = 3', `FILE:2: board: ${EXPECTED}, found 3`],
    ['bord = "whisplay"', 'FILE:1: unknown key "bord"; did you mean "board"?'],
    [
      '[board]\nname = "whisplay"',
      'FILE:1: board: expected a name (board = "respeaker-2mic") above all tables, found a table',
    ],
    [
      'board.name = "whisplay"',
      'FILE:1: board: expected a name (board = "respeaker-2mic") above all tables, found a table',
    ],
    ['[leds]\nboard = "whisplay"', 'FILE:2: unknown key "leds.board"'],
  ];
  for (const [source, message] of bad) {
    test(`${JSON.stringify(source)} is refused`, async (t) => {
      const given = places(t, source);
      await assert.rejects(loadConfig(given), { message: message.replace('FILE', given.file) });
    });
  }

  test('in the environment is complained about by the name of the variable', async (t) => {
    await assert.rejects(loadConfig({ ...places(t), env: { PRESSEL_BOARD: 'wisplay' } }), {
      message: `PRESSEL_BOARD: board: ${EXPECTED}, found "wisplay"; did you mean "whisplay"?`,
    });
    await assert.rejects(loadConfig({ ...places(t), env: { PRESSEL_BORD: 'whisplay' } }), {
      message: 'PRESSEL_BORD: there is no such setting; did you mean "PRESSEL_BOARD"?',
    });
  });

  test('is shown by "pressel config", which can be read again', async (t) => {
    const { home, file } = places(t, 'board = "respeaker-2mic"');
    const io = recordedIo({}, home);
    await configCommand(io).parseAsync(['--config', file], { from: 'user' });
    assert.match(io.out(), /^board = "respeaker-2mic" +# file:1$/m);
    assert.match(io.out(), /^leds\.output = "apa102" +# board respeaker-2mic$/m);
    writeFileSync(file, io.out());
    const { config, board } = await loadConfig({ home, file, env: {} });
    assert.equal(board.name, 'respeaker-2mic');
    assert.equal(config.leds.pixels, 3);
    const json = recordedIo({}, home);
    await configCommand(json).parseAsync(['--config', file, '--json'], { from: 'user' });
    assert.deepEqual(JSON.parse(json.out()).board, { value: 'respeaker-2mic', origin: 'file:2' });
  });
});
