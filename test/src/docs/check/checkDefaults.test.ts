import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { foundIn } from '../../../fixtures/madeUpDocument.js';

suite('defaults in sentences', () => {
  const ways = [
    ['`audio.driver` is `auto` (default) or `alsa-utils`', '`audio.driver` is `portaudio` (default) or `auto`'],
    ['`audio.echo` is `auto` (default: what fits) or `aec`', '`audio.echo` is `aec` (default; trusts it) or `auto`'],
    ['Kept (`llm.keep_alive = -1`, the default).', 'Kept (`llm.keep_alive = 60`, the default).'],
    [
      'After ten quiet minutes (`conversation.forget_after_ms`).',
      'After two minutes (`conversation.forget_after_ms`).',
    ],
    ['`button.shutdown_hold`, off by default', '`button.shutdown_hold`, on by default'],
    [
      'It listens (`conversation.follow_up_ms`, default 8 s).',
      'It listens (`conversation.follow_up_ms`, default 9 s).',
    ],
    ['`audio.volume` (default: 80 percent)', '`audio.volume` (default: 70 percent)'],
    ['The default of `llm.model` is `qwen2.5:0.5b`.', 'The default of `llm.model` is `qwen2.5:1.5b`.'],
    ['`log.level` defaults to `info`.', '`log.level` defaults to `debug`.'],
    [
      'It forgets after 10 minutes (`conversation.forget_after_ms`).',
      'It forgets after 5 minutes (`conversation.forget_after_ms`).',
    ],
    ['`conversation.remember = true` (the default)', '`conversation.remember = false` (the default)'],
    ['Off by default. `wake.words = ["alexa"]` listens.', 'On by default. `wake.words = ["alexa"]` listens.'],
    ['`audio.echo` decides. `auto` is the default.', '`audio.echo` decides. `aec` is the default.'],
    ['`llm.threads` (default unset)', '`llm.threads` (default 3)'],
    ['`board = "none"` (the default)', '`board = "whisplay"` (the default)'],
  ] as const;
  for (const [right, wrong] of ways) {
    test(`are compared: ${wrong}`, () => {
      assert.deepEqual(foundIn(right), []);
      const found = foundIn(wrong);
      assert.equal(found.length, 1, found.join('\n'));
      assert.match(found.join(), /^1: the default of [\w.]+ is .*, not /);
    });
  }

  test('must be stated so that they can be compared', () => {
    assert.match(
      foundIn('`audio.volume`: by default, rather loud').join(),
      /^1: cannot tell which default of audio\.volume/,
    );
  });

  test('must name their setting where a value is marked', () => {
    assert.match(foundIn('| model |\n|---|\n| `qwen2.5:0.5b` (default) |').join(), /^3: .* does not name its setting/);
  });

  test('may be a setting', () => {
    assert.deepEqual(foundIn('Where the server is (default: `llm.url`).'), []);
  });

  test('may be those of others', () => {
    const others =
      '`audio.output = "auto"` is the system\'s default. `tts.voice`: `--voice` (default 3). SPI is off by default.';
    assert.deepEqual(foundIn(others), []);
  });
});

suite('defaults in tables', () => {
  const table = (value: string) => ['## `[tts]`', '', '| key | default |', '|---|---|', `| \`voice\` | ${value} |`];

  test('stand in a column of that name, under the heading of a section', () => {
    assert.deepEqual(foundIn(table('`"flite:rms"`')), []);
    assert.deepEqual(foundIn(table('`"flite:slt"`')), ['5: the default of tts.voice is "flite:rms", not "flite:slt"']);
  });

  test('are marked below a head that names the setting', () => {
    const lines = ['| `tts.voice` | what |', '|---|---|', '| `flite:slt` (default) | built in |'];
    assert.deepEqual(foundIn(lines), ['3: the default of tts.voice is "flite:rms", not flite:slt']);
  });

  test('are marked beside a cell that names the setting', () => {
    const lines = ['| setting | what |', '|---|---|', '| `audio.volume` | loudness (default 90) |'];
    assert.deepEqual(foundIn(lines), ['3: the default of audio.volume is 80, not 90']);
  });
});

suite('defaults in comments of TOML', () => {
  test('are of the key on their line, or of the one that they name', () => {
    const named = 'words = ["alexa:0.7"]   # more than wake.threshold (0.5 by default) is harder';
    assert.deepEqual(foundIn(['```toml', '[wake]', named, '```']), []);
    assert.deepEqual(foundIn(['```toml', 'board = "whisplay"   # or "none" (the default)', '```']), []);
    assert.deepEqual(foundIn(['```toml', '[audio]', 'volume = 60   # default 70', '```']), [
      '3: the default of audio.volume is 80, not 70',
    ]);
    assert.deepEqual(foundIn(['```toml', '[audio]', 'volume = 60   # the default', '```']), [
      '3: the default of audio.volume is 80, not 60',
    ]);
  });
});
