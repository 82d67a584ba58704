import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { WallTime } from '../../../src/inspector/live/wallTime.js';
import { madeAnswer } from '../../../src/inspector/madeAnswers.js';
import { readEventLog } from '../../../src/observability/eventLog.js';
import { replay } from '../../../src/observability/replay.js';
import type { CleanUp } from '../../fixtures/cleanUp.js';
import { readyAppliance } from '../../fixtures/simulatedAppliance.js';

const WALL_MS = 1_800_000_000_000;

/** An appliance after two turns, and what is answered to a path. */
async function answering(t: CleanUp) {
  const { appliance, clock, passes } = await readyAppliance(t);
  appliance.send({ type: 'ask', question: 'Who was Ada?' });
  await passes(13_000);
  appliance.send({ type: 'ask', question: 'And then?' });
  await passes(13_000);
  const time = new WallTime(clock, () => WALL_MS + clock.now());
  const metrics = { text: async () => 'turns 2\n', contentType: 'text/plain; version=0.0.4' };
  const get = async (path: string) =>
    madeAnswer(new URL(path, 'http://host'), { recorder: appliance.recorder, metrics, time });
  return { get, appliance };
}

suite('the download of a turn', () => {
  test('is what pressel replay leads the statechart the same way with', async (t) => {
    const { get, appliance } = await answering(t);
    for (const { recordedAs } of appliance.turns) {
      for (const words of ['', '?words=1']) {
        const answer = await get(`/turns/${recordedAs}.jsonl${words}`);
        assert.equal(answer?.status, 200);
        assert.equal(
          answer.headers?.['content-disposition'],
          `attachment; filename="pressel-turn-${recordedAs}.jsonl"`,
        );
        const log = readEventLog(String(answer.body));
        assert.ok(log.lines.length >= 2);
        assert.ok(Math.abs(Date.parse(log.header.at) - WALL_MS) < 60_000);
        assert.equal(replay(log), undefined);
      }
    }
  });

  test('holds what was said only when that is asked for', async (t) => {
    const { get } = await answering(t);
    assert.match(String((await get('/turns/1-1.jsonl?words=1'))?.body), /Who was Ada/);
    for (const query of ['', '?words', '?words=0', '?words=true']) {
      assert.doesNotMatch(String((await get(`/turns/1-1.jsonl${query}`))?.body), /Who was Ada/);
    }
  });

  test('is not there for a turn that nobody remembers, nor for what is none', async (t) => {
    const { get } = await answering(t);
    const others = ['1-9', '2-1', '', '..%2f1-1', '1-1.jsonl/x', 'a'];
    for (const name of others) assert.equal(await get(`/turns/${name}.jsonl`), undefined, name);
    assert.equal(await get('/turns/1-1'), undefined);
  });
});

test('the metrics are given as they are', async (t) => {
  const { get } = await answering(t);
  assert.deepEqual(await get('/metrics'), { status: 200, type: 'text/plain; version=0.0.4', body: 'turns 2\n' });
  assert.equal(await get('/metrics/'), undefined);
});
