import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SimulatedClock } from 'xstate';
import type { Check, CheckedThing, Finding, Verdict } from '../../../src/doctor/check.js';
import { checkLines } from '../../../src/doctor/checkLines.js';
import { examine } from '../../../src/doctor/examine.js';

const { signal } = new AbortController();

function check(name: string, run: () => Promise<Finding>): Check {
  return { group: 'things', name, run };
}

const finding = (verdict: Verdict) => check(verdict, async () => ({ verdict, reason: `it is ${verdict}` }));

describe('an examination', () => {
  it('is as bad as the worst that it finds, whatever was skipped', async () => {
    const cases: readonly (readonly [Verdict[], string])[] = [
      [[], 'ok'],
      [['ok', 'skipped'], 'ok'],
      [['degraded', 'ok', 'skipped'], 'degraded'],
      [['degraded', 'broken', 'ok'], 'broken'],
    ];
    for (const [verdicts, health] of cases) {
      assert.equal((await examine(verdicts.map(finding), () => {}, signal)).verdict, health);
    }
  });

  it('goes on after a check that fails, one behind the other', async () => {
    const told: string[] = [];
    const failing = check('fails', () => Promise.reject(new Error('the disk is gone')));
    const { checks } = await examine([failing, finding('ok')], ({ name }) => told.push(name), signal);
    assert.deepEqual(told, ['fails', 'ok']);
    assert.deepEqual(checks[0], { group: 'things', name: 'fails', verdict: 'broken', reason: 'the disk is gone' });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped');
    const stopping = check('stops', async () => {
      stop.abort(reason);
      throw new Error('something else');
    });
    await assert.rejects(
      examine([stopping], () => {}, stop.signal),
      reason,
    );
    await assert.rejects(
      examine([finding('ok')], () => {}, stop.signal),
      reason,
    );
  });

  it('looks at neighbours of a group at once and tells them in their order; one that is alone has nobody beside it', async () => {
    const log: string[] = [];
    const lasting = (name: string, until: Promise<void>, rest: Partial<Check> = {}): Check => ({
      group: 'things',
      name,
      ...rest,
      run: async () => {
        log.push(`${name} begins`);
        await until;
        log.push(`${name} ends`);
        return { verdict: 'ok', reason: '' };
      },
    });
    const later = nextTurn();
    const soon = Promise.resolve();
    const checks = [
      lasting('slow', later),
      lasting('quick', soon),
      lasting('alone', soon, { alone: true }),
      lasting('elsewhere', soon, { group: 'others' }),
    ];
    const told: string[] = [];
    await examine(checks, ({ name }) => told.push(name), signal);
    assert.deepEqual(log, [
      'slow begins',
      'quick begins',
      'quick ends',
      'slow ends',
      'alone begins',
      'alone ends',
      'elsewhere begins',
      'elsewhere ends',
    ]);
    assert.deepEqual(told, ['slow', 'quick', 'alone', 'elsewhere']);
  });

  it('waits for nobody longer than the check says, whether it listens or not', async () => {
    const clock = new SimulatedClock();
    const ended: string[] = [];
    const deaf: Check = { group: 'things', name: 'deaf', patienceMs: 5_000, run: () => new Promise(() => {}) };
    const polite: Check = {
      ...deaf,
      name: 'polite',
      run: (over) =>
        new Promise((_, reject) => {
          over.addEventListener('abort', () => {
            ended.push('polite');
            reject(over.reason);
          });
        }),
    };
    const examined = examine([deaf, polite], () => {}, signal, clock);
    clock.increment(5_000);
    const { checks, verdict } = await examined;
    assert.deepEqual([verdict, ended], ['degraded', ['polite']]);
    for (const { reason, remedy } of checks) {
      assert.equal(reason, 'it was not done within 5 s');
      assert.match(remedy ?? '', /pressel doctor --group things/);
    }
  });

  it('is shown by groups, a line each, and what mends it below', () => {
    const first: CheckedThing = { group: 'audio', name: 'echo', verdict: 'ok', reason: 'soft' };
    const second: CheckedThing = {
      ...first,
      name: 'microphone',
      verdict: 'broken',
      reason: 'dead',
      remedy: 'alsamixer',
    };
    const sheet = { columns: undefined, isColoured: false };
    assert.equal(checkLines(first, undefined, sheet), 'audio\n  ok        echo: soft\n');
    assert.equal(checkLines(second, first, sheet), '  BROKEN    microphone: dead\n            -> alsamixer\n');
    assert.equal(checkLines({ ...second, name: 'speaker' }, second, sheet), '  BROKEN    speaker: dead\n', 'told once');
  });
});
