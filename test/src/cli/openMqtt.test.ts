import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { Closing } from '../../../src/cli/closing.js';
import { openMqtt } from '../../../src/cli/openMqtt.js';
import { DEFAULT_CONFIG } from '../../../src/config/config.js';
import type { Log } from '../../../src/observability/log.js';
import type { CleanUp } from '../../fixtures/cleanUp.js';
import { RecordedLog } from '../../fixtures/recordedLog.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { WatchedClock } from '../../fixtures/watchedClock.js';

/** Opens it with certificates of `content` in a file; undefined: there is no such file. */
async function openedWith(t: CleanUp, content: string | undefined) {
  const state = temporaryFolder(t);
  const caFile = path.join(state, 'ca.pem');
  if (content !== undefined) writeFileSync(caFile, content);
  const log = new RecordedLog();
  const closing = new Closing();
  const clock = new WatchedClock();
  const controls = { send: () => {}, volume: { percent: 40, isMuted: false }, hasButton: false };
  await openMqtt(
    { ...DEFAULT_CONFIG, mqtt: { ...DEFAULT_CONFIG.mqtt, enabled: true, url: 'mqtts://127.0.0.1:1', caFile } },
    { env: {}, state, controls, clock, log: log as unknown as Log, closing },
  );
  await closing.close();
  return { caFile, log };
}

suite('The certificates of the broker', () => {
  for (const content of ['', 'swordfish', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'])
    test(`are not in a file with ${JSON.stringify(content.slice(0, 20))}, which is said`, async (t) => {
      const { caFile, log } = await openedWith(t, content);
      assert.deepEqual(log.complaints, [
        `error: ${caFile} holds no certificate: skills.mqtt.ca_file names the certificates (PEM) that the broker is trusted by`,
      ]);
    });

  test('are missed where there is no such file', async (t) => {
    const { log } = await openedWith(t, undefined);
    assert.match(log.complaints.join(), /cannot be read \(ENOENT\): skills\.mqtt\.ca_file/);
  });
});
