import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { run } from '../../../../src/cli/program.js';
import { recordedIo } from '../../../fixtures/recordedIo.js';
import { temporaryFolder } from '../../../fixtures/temporaryFolder.js';

async function bargeIn(t: { after(work: () => unknown): void }, ...args: string[]) {
  const folder = temporaryFolder(t);
  const io = recordedIo({ PATH: folder }, folder);
  const code = await run(['bench', 'barge-in', ...args], io);
  return { code, out: io.out(), err: io.err() };
}

suite('pressel bench barge-in', () => {
  const WRONG = [
    [['--runs', '0'], /--runs is a number from 1 to 1000, not "0"/],
    [['--runs', 'many'], /--runs/],
    [['--seed', '-1'], /--seed/],
    [['--echo', 'auto'], /--echo is one of text-guard, aec, half-duplex, not "auto"/],
    [['--echo', 'aec', '--echo', 'aec,none'], /not "none"/],
    [['--echo-db', '6'], /--echo-db is a number of dB from -60 to 0, not "6"/],
    [['--echo-db', '-6,'], /--echo-db .* not ""/],
    [['--echo-db', '-6', '--echo-db', 'loud'], /not "loud"/],
  ] as const;
  for (const [args, message] of WRONG) {
    test(`refuses ${args.join(' ')}`, async (t) => {
      const { code, out, err } = await bargeIn(t, ...args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, message);
    });
  }

  test('says what to install where there is no PulseAudio', async (t) => {
    const { code, out, err } = await bargeIn(t, '--json', '--echo', 'aec,half-duplex', '--echo-db', '-6,-12');
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /needs pulseaudio, parec, pacat.*sudo apt install pulseaudio/s);
  });
});
