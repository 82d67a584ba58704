import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';

describe('the priority of the appliance', () => {
  it('is raised where that is permitted, and is no reason to fail where it is not', () => {
    const module = new URL('../../../src/appliance/raisePriority.js', import.meta.url).href;
    const program = `
      import os from 'node:os';
      import { raisePriority, RAISED_NICENESS } from ${JSON.stringify(module)};
      const raised = raisePriority();
      console.log(JSON.stringify({ raised, preferred: os.getPriority() <= RAISED_NICENESS, again: raisePriority() }));`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
    const { raised, preferred, again } = JSON.parse(said);
    assert.equal(raised, preferred);
    assert.equal(again, raised);
  });
});
