import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ownSkillsCheck } from '../../../../src/doctor/checks/ownSkills.js';
import type { OwnSkills } from '../../../../src/skills/own/openOwnSkills.js';
import { timeSkill } from '../../../../src/skills/timeSkill.js';

const { signal } = new AbortController();
const FOLDER = '/home/pi/.config/pressel/skills.d';

/** What the check finds, and how often it has closed what it had opened. */
async function found(own: Partial<OwnSkills>) {
  let closed = 0;
  const whole: OwnSkills = {
    skills: [],
    tools: [],
    servers: 0,
    problems: [],
    settled: Promise.resolve(),
    close: async () => {
      closed += 1;
    },
    ...own,
  };
  const { verdict, reason, remedy, details } = await ownSkillsCheck(FOLDER, async () => whole).run(signal);
  return { verdict, reason, remedy, details, closed };
}

suite("the check of the owner's skills", () => {
  test('is well where there are none', async () => {
    const { verdict, reason, closed } = await found({});
    assert.deepEqual([verdict, reason, closed], ['ok', `none in ${FOLDER}`, 1]);
  });

  test('counts skills once, and servers', async () => {
    const { verdict, reason } = await found({ skills: [timeSkill], tools: [timeSkill], servers: 2 });
    assert.deepEqual([verdict, reason], ['ok', `1 skill and 2 servers of tools (not started here) in ${FOLDER}`]);
  });

  test('tells all that does not work, with what mends each', async () => {
    const problems = [
      { where: `${FOLDER}/a.mjs:3`, what: 'is no valid module', remedy: 'Correct it.', isSkipped: true },
      { where: FOLDER, what: 'cannot be read', remedy: 'Give the right.', isSkipped: false },
    ];
    const { verdict, reason, remedy, details, closed } = await found({ problems });
    assert.equal(verdict, 'degraded');
    assert.equal(
      reason,
      `none in ${FOLDER}; a.mjs:3: is no valid module (skipped). Correct it. ${FOLDER}: cannot be read. Give the right.`,
    );
    assert.equal(remedy, 'mend what is said there, then: pressel doctor');
    assert.deepEqual([details, closed], [{ problems }, 1]);
  });
});
