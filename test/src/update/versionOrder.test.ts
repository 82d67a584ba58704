import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareVersions, isVersion } from '../../../src/update/versionOrder.js';

test('versions come in the order of Semantic Versioning', () => {
  // The order of clause 11, and numbers that are not ordered as text.
  const inOrder = [
    '0.9.0',
    '0.10.0',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.1',
  ];
  for (const [place, version] of inOrder.entries()) {
    assert.equal(compareVersions(version, version), 0);
    for (const later of inOrder.slice(place + 1)) {
      assert.ok(compareVersions(version, later) < 0, `${version} before ${later}`);
      assert.ok(compareVersions(later, version) > 0, `${later} after ${version}`);
    }
  }
});

test('a version can never be a path', () => {
  for (const text of ['', '..', '1.0', '1.0.0/..', '../1.0.0', '1.0.0-../x', 'v1.0.0', '1.0.0\n', '1.0.0.unpacking']) {
    assert.ok(!isVersion(text), text);
  }
});
