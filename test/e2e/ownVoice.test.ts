import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { Closing } from '../../src/cli/closing.js';
import { ensureConfiguredModels } from '../../src/cli/ensureModels.js';
import { openAppliance } from '../../src/cli/openAppliance.js';
import { loadConfig } from '../../src/config/loadConfig.js';
import { modelFolder } from '../../src/models/modelFolder.js';
import { openLog } from '../../src/observability/log.js';
import type { TurnRecord } from '../../src/turn/turnRecord.js';
import { skipWithoutModel } from '../fixtures/models.js';
import { recordedIo } from '../fixtures/recordedIo.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { Watchers } from '../fixtures/watchers.js';

const HANG_MS = 20_000;

/** The appliance with devices that are silent, and no chat model. */
async function startAppliance(t: TestContext, home: string) {
  const env = { PRESSEL_MODELS: modelFolder(process.env, homedir()) };
  const flags = { 'audio.driver': 'null', 'audio.earcons': false, 'llm.url': 'http://127.0.0.1:9' };
  const { config } = await loadConfig({ file: undefined, flags, env, home });
  const io = recordedIo(env, home);
  const closing = new Closing();
  const records: TurnRecord[] = [];
  const watchers = new Watchers(HANG_MS);
  let isReady = false;
  const appliance = await openAppliance({
    io,
    config,
    store: await ensureConfiguredModels(io, config, { quiet: true }),
    log: openLog(config, io.stderr),
    screen: undefined,
    closing,
    onReady: () => {
      isReady = true;
      watchers.changed();
    },
    onRecord: (record) => {
      records.push(record);
      watchers.changed();
    },
    onShutdown: () => {},
  });
  const stop = async () => {
    await appliance.stop();
    assert.ok(await closing.close());
  };
  t.after(stop);
  await watchers.until(
    () => isReady || undefined,
    () => 'it is not ready',
  );
  /** What it said. */
  const ask = async (question: string) => {
    const said = () => records.find(({ transcript }) => transcript === question);
    appliance.send({ type: 'ask', question });
    const { chunks } = await watchers.until(said, () => `it did not answer "${question}"`);
    return chunks.join(' ');
  };
  return { ask, stop };
}

describe('volume and pace of the appliance', { skip: skipWithoutModel('moonshine-tiny-en', 'silero-vad-v6') }, () => {
  it('are set by voice, with the last reply said again, and kept for the next start', async (t) => {
    const home = temporaryFolder(t);
    const first = await startAppliance(t, home);
    const date = await first.ask('What day is it?');
    assert.equal(await first.ask('Much slower.'), date);
    assert.equal(await first.ask('Volume forty.'), 'Volume forty percent.');
    assert.equal(await first.ask('Never mind.'), '');
    await first.stop();

    const file = path.join(home, '.local', 'state', 'pressel', 'voice.json');
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), {
      volume: { percent: 40, configured: 80 },
      rate: { factor: 0.76, configured: null },
    });
    const second = await startAppliance(t, home);
    assert.equal(await second.ask("What's the volume?"), 'Volume forty percent.');
    assert.equal(await second.ask('Normal speed.'), date);
    await second.stop();
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { volume: { percent: 40, configured: 80 } });
  });
});
