import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { checkoutRoot } from '../fixtures/shared.js';

type Rule = (action: { id: string }, subject: { user: string }) => string | undefined;

/** What polkit is told of an action of logind that somebody wants. */
function answer(action: string, user: string): string | undefined {
  const rules: Rule[] = [];
  const polkit = { Result: { YES: 'yes' }, addRule: (rule: Rule) => rules.push(rule) };
  runInNewContext(readFileSync(path.join(checkoutRoot(), 'deploy', 'pressel.polkit.rules'), 'utf8'), { polkit });
  return rules[0]?.({ id: `org.freedesktop.login1.${action}` }, { user });
}

describe('the rule for polkit', () => {
  it('lets the service shut the computer down, also while somebody is logged in', () => {
    assert.equal(answer('power-off', 'pressel'), 'yes');
    assert.equal(answer('power-off-multiple-sessions', 'pressel'), 'yes');
  });

  it('lets it do nothing else, and leaves all others to other rules', () => {
    assert.equal(answer('power-off-ignore-inhibit', 'pressel'), undefined);
    assert.equal(answer('reboot', 'pressel'), undefined);
    assert.equal(answer('power-off', 'nobody'), undefined);
  });
});
