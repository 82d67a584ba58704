import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { foundIn } from '../../../fixtures/madeUpDocument.js';

/** What is found in a source of these lines, in which "@{" begins what a template fills in. */
function said(...lines: readonly string[]): string[] {
  const source = lines.map((line) => line.replaceAll('@{', '$' + '{'));
  return foundIn(source, 'src/doctor/checks/madeUp.ts');
}

suite('what the program says', () => {
  test('may name what exists, as remedies do', () => {
    const right = [
      `const CHOOSE = 'pressel devices, and set audio.input and audio.output to names that it shows';`,
      `const LOOK = 'journalctl -u pressel --since -1d -e; then: sudo systemctl start pressel && pressel doctor';`,
      'const fetch = (ids: string[]) => ({ remedy: `pressel models fetch @{ids.join(" ")}; or: sudo deploy/install.sh` });',
      'const again = (flags?: string) => `To go on: pressel setup@{flags ?? ""} (your answers are kept).`;',
      'const set = (url: string) => `correct llm.url = "@{url}", or set audio.echo = "auto" or "aec".`;',
      `const heard = 'if you heard three chirps: pressel doctor --heard; if not, turn the speaker up';`,
    ];
    assert.deepEqual(said(...right), []);
  });

  test('names no command that does not exist, wherever in a text it stands', () => {
    assert.match(said(`const x = 'pressel docter, once more';`).join(), /^1: "pressel docter": unknown command/);
    assert.match(
      said('', `const x = { remedy: 'unmute it, then: sudo pressel docter' };`).join(),
      /^2: "pressel docter"/,
    );
    assert.match(said('const x = (n: number) => `stop @{n} && pressel modles list`;').join(), /"pressel modles list"/);
    assert.match(
      said('const x = (n: number) => `stop@{n > 0 ? `: pressel stop @{n}` : ""}`;').join(),
      /"pressel stop"/,
    );
    assert.match(said(`const x = 'its disk may be damaged ("pressel docter" tells more)';`).join(), /"pressel docter"/);
  });

  test('names no flag, script or file that does not exist', () => {
    assert.match(
      said(`const x = 'if you heard it: pressel doctor --herd; if not, no';`).join(),
      /unknown option '--herd'/,
    );
    assert.match(said('const x = `pressel doctor --grup @{group}; if it stays so`;').join(), /unknown option '--grup'/);
    assert.match(said(`const x = 'in a checkout: npm run biuld';`).join(), /no npm script "biuld"/);
    assert.match(said(`const x = 'not installed: sudo deploy/instal.sh';`).join(), /no file deploy\/instal\.sh/);
  });

  test('names no setting that does not exist, and no value that the reader refuses', () => {
    assert.match(said(`const x = 'or set audio.inputs to another';`).join(), /no setting audio\.inputs; did you mean/);
    assert.match(said('const x = `correct llm.uri = "@{url}"`;').join(), /no setting llm\.uri/);
    assert.match(said(`const x = 'set audio.echo = "loud"';`).join(), /audio\.echo/);
    assert.match(said(`const x = 'add it under "[skills.mqt]"';`).join(), /no section \[skills\.mqt\]/);
  });

  test('is what stands in strings: names of the source itself are not looked at', () => {
    assert.deepEqual(said('// pressel docter', 'export const level = audio.inputs + pressel.docter;'), []);
  });
});
