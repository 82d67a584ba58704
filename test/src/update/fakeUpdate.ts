import type { TestContext } from 'node:test';
import { update } from '../../../src/update/update.js';
import { fakeInstallation, releaseFolder } from '../../fixtures/fakeInstallation.js';

/** The links of an installation of 0.2.0, before and after the update to 0.3.0. */
export const UNTOUCHED = { current: '0.2.0', previous: '0.1.0', unproven: null };
export const UPDATED = { current: '0.3.0', previous: '0.2.0', unproven: null };

/** An installation, and a release in a folder that it can be updated to. */
export async function setUp(
  test: TestContext,
  ...contents: Parameters<typeof releaseFolder> extends [unknown, string, ...infer Rest] ? Rest : never
) {
  const fake = await fakeInstallation(test);
  const { folder, file, release } = await releaseFolder(test, '0.3.0', ...contents);
  const place = { kind: 'folder', folder } as const;
  return {
    ...fake,
    file,
    run: (options = {}) => update(fake.installation, place, release, { ...fake.options, ...options }),
  };
}
