import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { checkoutRoot } from '../../../fixtures/shared.js';

const CHART = path.join('src', 'inspector', 'chart');

/** Every source file of the program outside the drawing of the chart. */
const program = ['machines', 'hardware', 'src']
  .flatMap((folder) =>
    readdirSync(path.join(checkoutRoot(), folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      path.join(folder, file),
    ),
  )
  .filter((file) => file.endsWith('.ts') && !file.startsWith(CHART));

test('the appliance loads neither the drawing of the chart nor the library that lays it out', () => {
  assert.ok(program.length > 0);
  for (const file of program) {
    const source = readFileSync(path.join(checkoutRoot(), file), 'utf8');
    assert.doesNotMatch(source, /['"](elkjs[^'"]*|[^'"]*\/chart\/[^'"]*\.js)['"]/, file);
  }
});
