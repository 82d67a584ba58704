import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { SimulatedClock } from 'xstate';
import { showProgress } from '../../../src/cli/progress.js';
import { recorder } from '../../fixtures/recordedIo.js';

const halfway = { title: 'voice-a', step: 'a.onnx from example.org', doneBytes: 5_000_000, totalBytes: 10_000_000 };

suite('progress', () => {
  for (const terminal of [true, false]) {
    test(`is not shown for work of less than a second (${terminal ? 'terminal' : 'file'})`, () => {
      const [clock, stream] = [new SimulatedClock(), recorder(terminal)];
      const display = showProgress(stream, { clock });
      clock.increment(900);
      display.update(halfway);
      display.close();
      clock.increment(1000);
      assert.equal(stream.text, '');
    });
  }

  test('is one plain line for each title where there is no terminal', () => {
    const [clock, stream] = [new SimulatedClock(), recorder()];
    const display = showProgress(stream, { clock });
    display.update(halfway);
    clock.increment(1000);
    display.update({ ...halfway, doneBytes: 6_000_000 });
    display.update({ ...halfway, title: 'voice-b', step: 'package from npm', totalBytes: null });
    display.close();
    assert.equal(
      stream.text,
      'fetching voice-a: a.onnx from example.org (10.0 MB)\nfetching voice-b: package from npm\n',
    );
  });

  test('is a bar on a terminal, which is removed at the end', () => {
    const [clock, stream] = [new SimulatedClock(), recorder(true)];
    const display = showProgress(stream, { clock });
    display.update(halfway);
    clock.increment(1000);
    assert.match(stream.text, /voice-a {2}\[=+-+\] {2}5\.0 MB of 10\.0 MB {2}a\.onnx from example\.org/);
    display.close();
    assert.ok(stream.text.endsWith('\u001b[2K'), 'the line is cleared');
  });

  test('says on a terminal that it does not know the length', () => {
    const [clock, stream] = [new SimulatedClock(), recorder(true)];
    const display = showProgress(stream, { clock });
    display.update({ ...halfway, step: 'package from npm', doneBytes: 0, totalBytes: null });
    clock.increment(1000);
    display.close();
    assert.match(stream.text, /voice-a {2}package from npm \.\.\./);
    assert.doesNotMatch(stream.text, /MB/);
  });

  test('is never shown when quiet', () => {
    const [clock, stream] = [new SimulatedClock(), recorder(true)];
    const display = showProgress(stream, { clock, quiet: true });
    clock.increment(2000);
    display.update(halfway);
    display.close();
    assert.equal(stream.text, '');
  });
});
