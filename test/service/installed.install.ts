import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import { parseArgs } from 'node:util';
import { bootFresh, freshMissing, prepareGiven, type Way } from './freshMachine.js';

// Ten minutes each, so `npm run test:install`, not `npm test`. One of them: `npm run test:install -- trixie package`.
// With `--given FOLDER` what is installed is made once, and kept there for the next time.
const { values: option, positionals: wanted } = parseArgs({
  options: { given: { type: 'string' } },
  allowPositionals: true,
});
const isWanted = (names: readonly string[]) => (name: string) =>
  wanted.includes(name) || !names.some((other) => wanted.includes(other));

const DEBIANS = ['trixie', 'bookworm'] as const;
const WAYS = ['package', 'script', 'setup'] as const;

const WHAT_HAPPENS: Readonly<Record<Way, string>> = {
  package: 'the Debian package',
  script: 'install.sh, and updates',
  setup: 'setup, beside the service',
};

/** What the virtual machine has not, and the doctor says of it: a network, so time from it and a model server; a processor. */
const NOT_HERE: Readonly<Record<string, RegExp>> = {
  'system clock': /the network has not set it/,
  'models speed': /times as slow as/,
  'ollama model': /No model server can be reached/,
};

for (const debian of DEBIANS.filter(isWanted(DEBIANS))) {
  const skip = freshMissing(debian);
  suite(`a fresh Debian ${debian}, booted with systemd`, { skip }, () => {
    let given = '';
    before(() => {
      given = option.given ?? mkdtempSync('/var/tmp/pressel-given-');
      if (!existsSync(`${given}/models`)) prepareGiven(given);
    });
    after(() => {
      if (option.given === undefined) rmSync(given, { recursive: true, force: true });
    });

    for (const way of WAYS.filter(isWanted(WAYS))) {
      test(WHAT_HAPPENS[way], async (t) => {
        const guest = bootFresh(debian, way, given);
        for (const { what, holds, more } of guest.checks) {
          await t.test(what, (inner) => {
            inner.diagnostic(more.trimEnd());
            assert.ok(holds, more);
          });
        }
        assert.ok(guest.isComplete, `It did not come to its end:\n${guest.read('journal').slice(-3_000)}`);
        if (way === 'setup') return; // the doctor knows the sound card of the others alone
        for (const state of ['running', 'stopped'] as const) {
          await t.test(`the doctor in the ${state} service's place finds nothing wrong but what is not there`, () => {
            assert.deepEqual(unexpected(guest.read(`doctor.${state}.json`)), []);
          });
        }
      });
    }
  });
}

/** What a report of the doctor says beyond what is known to be missing. */
function unexpected(report: string): string[] {
  const { checks } = JSON.parse(report) as {
    checks: { group: string; name: string; verdict: string; reason: string }[];
  };
  return checks
    .filter(({ verdict }) => verdict !== 'ok' && verdict !== 'skipped')
    .map(({ group, name, verdict, reason }) => ({
      known: NOT_HERE[`${group} ${name}`],
      name,
      group,
      verdict,
      reason,
    }))
    .filter(({ known, reason }) => !known?.test(reason))
    .map(({ group, name, verdict, reason }) => `${group} ${name} (${verdict}): ${reason}`);
}
