import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { recommendedDialogue } from '../../../src/setup/recommendedDialogue.js';
import { inspectorStep } from '../../../src/setup/steps/inspectorStep.js';
import { type Answer, ScriptedDialogue } from './scriptedDialogue.js';
import { settingsIn } from './scriptedSettings.js';

import { contextOf } from './settingUp.js';

suite('the inspector in setup', () => {
  async function inspected(
    t: TestContext,
    listen: string,
    answers: Readonly<Record<string, readonly Answer[]>>,
    hasToken = false,
  ) {
    const { settings } = await settingsIn(t);
    const kept: unknown[] = [];
    const dialogue = new ScriptedDialogue(answers);
    const newLinks = async () => ({ links: ['http://pi.local:7333/?token=abc'], code: ['█▀█'] });
    const step = inspectorStep({ listen: () => listen, hasToken: async () => hasToken, newLinks });
    const keep = async (changes: object) => {
      kept.push(changes);
      return [];
    };
    const report = await step.run(contextOf(dialogue, { current: settings.current, keep }));
    return { report, kept, isShown: dialogue.heard(/token=abc/), said: dialogue.said };
  }

  test('stays on this computer unless somebody opens it, and then has a token that is shown', async (t) => {
    const here = await inspected(t, '127.0.0.1:7333', {});
    assert.deepEqual([here.kept, here.isShown], [[{ 'inspector.listen': '127.0.0.1:7333' }], false]);
    const open = await inspected(t, '127.0.0.1:7333', { 'Who may': ['Every browser'] });
    assert.deepEqual([open.kept, open.isShown], [[{ 'inspector.listen': '0.0.0.0:7333' }], true]);
    const nobody = await inspected(t, '127.0.0.1:7333', { 'Who may': ['Nobody'] });
    assert.deepEqual([nobody.kept, nobody.isShown], [[{ 'inspector.listen': 'off' }], false]);
  });

  test('shows the code and waits before the link, as a small terminal has no room for both', async (t) => {
    const { said } = await inspected(t, '127.0.0.1:7333', { 'Who may': ['Every browser'] });
    const order = [/█▀█/, /Press Enter/, /token=abc/, /never again.*--new-token/].map((part) =>
      said.findIndex((line) => part.test(line)),
    );
    assert.ok(
      order.every((place, index) => place > (order[index - 1] ?? -1)),
      String(order),
    );
  });

  test('makes no token for a script, which could not show it to anybody', async (t) => {
    const { settings } = await settingsIn(t, { PRESSEL_INSPECTOR_LISTEN: '0.0.0.0:7333' });
    const step = inspectorStep({
      listen: () => '0.0.0.0:7333',
      hasToken: async () => false,
      newLinks: () => assert.fail('a token was made'),
    });
    const report = await step.run(contextOf(recommendedDialogue(undefined), settings));
    assert.match(report.left?.join() ?? '', /pressel inspector --new-token/);
  });

  test('keeps the token that is in use unless a new one is wanted', async (t) => {
    assert.equal((await inspected(t, '0.0.0.0:7333', {}, true)).isShown, false);
    assert.equal((await inspected(t, '0.0.0.0:7333', { 'There is a token': [true] }, true)).isShown, true);
  });
});
