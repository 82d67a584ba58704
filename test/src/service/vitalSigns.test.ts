import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import {
  type DeviceSigns,
  SILENT_LIMIT_MS,
  STUCK_LIMIT_MS,
  type VitalSigns,
  whyDead,
} from '../../../src/service/vitalSigns.js';

const NOW_MS = 1_000_000;
/** It works, and was opened long ago. */
const works: DeviceSigns = { answeredAtMs: NOW_MS - 30, triedAtMs: 0 };

function dead(signs: Partial<VitalSigns>): string | undefined {
  return whyDead({ nowMs: NOW_MS, microphone: works, speaker: works, ...signs });
}

suite('whether the audio is alive', () => {
  test('it is while both devices answer, however long ago the statechart had to do with them', () => {
    assert.equal(dead({}), undefined);
  });

  for (const device of ['microphone', 'speaker'] as const) {
    test(`it is not when the ${device} claims to be open and says nothing for 10 s`, () => {
      const silentFor = (ms: number) => dead({ [device]: { answeredAtMs: NOW_MS - ms, triedAtMs: 0 } });
      assert.equal(silentFor(SILENT_LIMIT_MS), undefined);
      assert.match(silentFor(SILENT_LIMIT_MS + 1) ?? '', new RegExp(`${device} is open, but nothing`));
    });

    test(`it is while the ${device} is missing and looked for, however long it is missing`, () => {
      assert.equal(dead({ [device]: { answeredAtMs: undefined, triedAtMs: NOW_MS - 13_000 } }), undefined);
    });

    test(`it is not when nobody looks for the missing ${device}`, () => {
      const triedAgo = (ms: number) => dead({ [device]: { answeredAtMs: undefined, triedAtMs: NOW_MS - ms } });
      assert.equal(triedAgo(STUCK_LIMIT_MS), undefined);
      assert.match(triedAgo(STUCK_LIMIT_MS + 1) ?? '', new RegExp(`Nobody has looked for the lost ${device}`));
    });
  }

  test('a speaker that cannot answer is taken at its word', () => {
    assert.equal(dead({ speaker: { answeredAtMs: null, triedAtMs: 0 } }), undefined);
  });

  test('no device at all is never a reason by itself', () => {
    const missing = fc.record({
      answeredAtMs: fc.constantFrom(undefined, null),
      triedAtMs: fc.integer({ min: NOW_MS - STUCK_LIMIT_MS, max: NOW_MS }),
    });
    fc.assert(fc.property(missing, missing, (microphone, speaker) => dead({ microphone, speaker }) === undefined));
  });
});
