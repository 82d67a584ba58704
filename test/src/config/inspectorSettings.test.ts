import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inspectorSettings, listenAddress } from '../../../src/config/inspectorSettings.js';

suite('where the inspector listens', () => {
  test('is an address with a port, of either kind', () => {
    assert.deepEqual(listenAddress('127.0.0.1:7333'), { host: '127.0.0.1', port: 7333 });
    assert.deepEqual(listenAddress('[::1]:80'), { host: '::1', port: 80 });
    assert.deepEqual(listenAddress('localhost:0'), { host: 'localhost', port: 0 });
  });

  test('is nothing else', () => {
    for (const listen of [
      'off',
      '',
      '7333',
      ':7333',
      '127.0.0.1',
      '::1:80',
      '[::1]',
      '[pressel]:80',
      'a:65536',
      'http://a:80',
    ]) {
      assert.equal(listenAddress(listen), undefined, listen);
      assert.equal(inspectorSettings.safeParse({ listen }).success, listen === 'off', listen);
    }
  });

  test('is this computer where nothing is configured', () => {
    assert.deepEqual(inspectorSettings.parse({}), { listen: '127.0.0.1:7333', hosts: [] });
  });

  test('may have further names, in the environment with commas between them', () => {
    assert.deepEqual(inspectorSettings.parse({ hosts: 'kitchen.example, pressel' }).hosts, [
      'kitchen.example',
      'pressel',
    ]);
    for (const host of ['http://kitchen', 'kitchen:80', '']) {
      assert.equal(inspectorSettings.safeParse({ hosts: [host] }).success, false, host);
    }
  });
});
