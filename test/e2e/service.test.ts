import assert from 'node:assert/strict';
import path from 'node:path';
import { suite, test } from 'node:test';
import { ApplianceProcess } from '../fixtures/applianceProcess.js';
import { skipWithoutModel } from '../fixtures/models.js';
import { serviceManagerAt, skipWithoutServiceManager } from '../fixtures/serviceManager.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const skip = skipWithoutServiceManager || skipWithoutModel('moonshine-tiny-en', 'silero-vad-v6');

/** Neither sound nor a model server. */
const NOTHING = {
  PRESSEL_AUDIO_INPUT: 'none such',
  PRESSEL_AUDIO_OUTPUT: 'none such',
  PRESSEL_LLM_URL: 'http://127.0.0.1:1',
};

suite('the appliance under a service manager', { skip }, () => {
  // The one test of the whole program with a real socket: some seconds, most of them for its models.
  test('is ready although all is missing that can be, says what, stays alive, and ends well', async (t) => {
    const address = `@${path.join(temporaryFolder(t), 'notify')}`;
    const manager = await serviceManagerAt(t, address);
    const env = { ...NOTHING, NOTIFY_SOCKET: address, WATCHDOG_USEC: '2000000' };
    const appliance = await ApplianceProcess.start(t, { env });
    const told: string[] = [];
    const until = async (text: RegExp) => {
      while (!text.test(told.at(-1) ?? '')) told.push(await manager.next());
    };
    await until(/^READY=1\n/);
    assert.match(told[0] ?? '', /^WATCHDOG=1/);
    await until(/STATUS=Ready to be asked\. No microphone: .*No speaker: .*No language model: /);
    await until(/WATCHDOG=1/);
    assert.ok(told.some((message) => message.startsWith('EXTEND_TIMEOUT_USEC=')));
    const ended = appliance.stop();
    await until(/^STOPPING=1\n/);
    assert.equal((await ended).code, 0);
  });
});
