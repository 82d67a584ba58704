import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_CONFIG } from '../../../src/config/config.js';
import { homeAssistantSettings } from '../../../src/config/homeAssistantSettings.js';
import { mqttSettings } from '../../../src/config/mqttSettings.js';

describe('The settings of the house', () => {
  it('have nothing published and nobody asked unless the owner says so', () => {
    const { mqtt, homeAssistant } = DEFAULT_CONFIG;
    assert.equal(mqtt.enabled, false);
    assert.equal(mqtt.publishReplies, false);
    assert.equal(mqtt.publishTranscripts, false);
    assert.equal(homeAssistant.url, '');
  });

  for (const url of ['mqtt://broker:1883', 'mqtts://broker.local', 'ws://[::1]:9001/mqtt'])
    it(`take ${url} for a broker`, () => assert.equal(mqttSettings.parse({ url }).url, url));

  for (const url of ['', 'broker', 'http://broker', 'mqtt://', 'mqtt://user:secret@broker'])
    it(`do not take "${url}" for one`, () => assert.equal(mqttSettings.safeParse({ url }).success, false));

  for (const prefix of ['', '/', 'a/+/b', '#', 'a b', 'a/', '$SYS', 'x'.repeat(101)])
    it(`do not take "${prefix.slice(0, 9)}" for a topic`, () =>
      assert.equal(mqttSettings.safeParse({ topic_prefix: prefix }).success, false));

  for (const [url, isFine] of [
    ['http://homeassistant.local:8123', true],
    ['https://home.example/ha/', true],
    ['homeassistant.local', false],
    ['http://me:secret@home', false],
  ] as const)
    it(`${isFine ? 'take' : 'do not take'} ${url} for Home Assistant`, () =>
      assert.equal(homeAssistantSettings.safeParse({ url }).success, isFine));
});
