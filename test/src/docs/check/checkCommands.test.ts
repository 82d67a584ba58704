import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { foundIn } from '../../../fixtures/madeUpDocument.js';

function block(...lines: readonly string[]): string[] {
  return foundIn(['```sh', ...lines, '```']);
}

suite('commands in documents', () => {
  test('that exist are right, with whatever stands before them', () => {
    const right = [
      'pressel doctor --group audio   # some of the checks; --no-sound leaves the chirps out',
      'npx pressel ask "what time is it" --out reply.wav && sudo pressel setup',
      'sudo -u pressel pressel inspector --new-token --folder /var/lib/pressel',
      'PRESSEL_LLM_URL=http://other:11434 /opt/pressel/current/deploy/pressel run | tee log',
      'npm start -- --voice flite:slt \\',
      '  --llm-model qwen2.5:1.5b',
      'npm ci && npm test > log  # or: npx pressel run',
      'sudo deploy/install.sh --dry-run',
    ];
    assert.deepEqual(block(...right), []);
  });

  test('are not found where "pressel" is a user, a service or a package', () => {
    assert.deepEqual(
      block('sudo chown pressel x', 'systemctl status pressel', 'apt install ./pressel_1_arm64.deb'),
      [],
    );
  });

  test('must be one of the program', () => {
    assert.deepEqual(block('', 'npx pressel docter'), [
      '3: "pressel docter": unknown command \'docter\' (Did you mean doctor?)',
    ]);
    assert.match(block('pressel models fech').join(), /^2: "pressel models fech": unknown command 'fech'/);
    assert.deepEqual(foundIn('Then `pressel machines` prints it.').length, 1);
  });

  test('must know their flags', () => {
    assert.deepEqual(block('pressel ask "x" --vioce flite:slt'), [
      '2: "pressel ask x --vioce flite:slt": unknown option \'--vioce\' (Did you mean --voice?)',
    ]);
    assert.equal(block('npm start -- --purge').length, 1);
    assert.equal(block('node dist/src/cli/main.js run --wav x').length, 1);
    assert.equal(block('pressel run --inspect other').length, 1, 'a choice that is none');
  });

  test('must have as many arguments as the program takes', () => {
    assert.match(block('pressel transcribe').join(), /missing required argument/);
    assert.match(block('pressel doctor audio').join(), /too many arguments/);
    assert.match(block('pressel models').join(), /needs a command within it/);
  });

  test('may be named in a sentence without their arguments', () => {
    assert.deepEqual(
      foundIn('`pressel replay` needs a file, `pressel models` a command, `pressel ask --wav` a recording.'),
      [],
    );
  });

  test('in a console stand behind a prompt; what it prints is no command', () => {
    assert.deepEqual(foundIn(['```console', '$ pressel foo', 'pressel bar', '```']).length, 1);
  });

  test('of npm must be scripts that exist', () => {
    assert.deepEqual(block('npm run tset:models'), [
      '2: there is no npm script "tset:models"; did you mean "test:models"?',
    ]);
    assert.deepEqual(foundIn('`npm run bench:gate -- --updat`'), [
      '1: npm script "bench:gate" knows no --updat; did you mean "--update"?',
    ]);
  });

  test('of the tree must know their flags', () => {
    assert.match(block('sudo deploy/install.sh --uninstal').join(), /knows no --uninstal; did you mean "--uninstall"/);
  });
});

suite('a flag that is named alone', () => {
  test('must be one of any command or script', () => {
    assert.deepEqual(foundIn('Everything prints JSON with `--json`; `--purge` removes all.'), []);
    assert.deepEqual(foundIn('Everything prints JSON with `--jsn`.'), [
      '1: no command has a flag --jsn; did you mean "--json"?',
    ]);
  });

  test('may be that of another program which the document shows', () => {
    assert.deepEqual(foundIn('`journalctl --unit pressel`: without `--unit`, all.'), []);
  });

  test('is looked for in comments of its own command, too', () => {
    assert.deepEqual(block('journalctl -u pressel # --since -1h for the last hour'), []);
    assert.deepEqual(block('pressel doctor # --no-sond leaves the chirps out'), [
      '2: no command has a flag --no-sond; did you mean "--no-sound"?',
    ]);
  });
});

suite('other texts than Markdown', () => {
  test('quote commands in their comments', () => {
    const lines = ['[Service]', '# "pressel modles list" shows them. To go back: sudo pressel update --rolback'];
    assert.deepEqual(
      foundIn(lines, 'deploy/made-up.service').map((found) => found.slice(0, 25)),
      ['2: "pressel modles list":', '2: "pressel update --rolb'],
    );
  });

  test('of systemd start commands', () => {
    assert.equal(foundIn('ExecStart=-/opt/pressel/current/deploy/pressel rnu', 'deploy/made-up.service').length, 1);
  });
});
