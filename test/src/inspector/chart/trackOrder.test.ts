import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { fewestCrossings, type Stub } from '../../../../src/inspector/chart/trackOrder.js';

suite('the order of the lanes of a street', () => {
  test('puts a lane that is entered from above only over one that is entered from below only', () => {
    const stubs: Stub[] = [
      { lane: 0, x: 0, from: 'below' },
      { lane: 0, x: 20, from: 'below' },
      { lane: 1, x: 10, from: 'above' },
      { lane: 1, x: 30, from: 'above' },
    ];
    assert.deepEqual(fewestCrossings(2, stubs), [1, 0]);
  });

  test('nests lanes that are entered from the same side', () => {
    const outer: Stub[] = [0, 30].map((x) => ({ lane: 0, x, from: 'above' }));
    const inner: Stub[] = [10, 20].map((x) => ({ lane: 1, x, from: 'above' }));
    assert.deepEqual(fewestCrossings(2, [...outer, ...inner]), [1, 0]);
  });

  test('keeps every lane', () => {
    const stub = fc.record({
      lane: fc.nat(5),
      x: fc.nat(100),
      from: fc.constantFrom('above' as const, 'below' as const),
    });
    fc.assert(
      fc.property(fc.array(stub), (stubs) => {
        assert.deepEqual(fewestCrossings(6, stubs).toSorted(), [0, 1, 2, 3, 4, 5]);
      }),
    );
  });
});
